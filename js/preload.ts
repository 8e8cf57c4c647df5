/**
 * Loads the libraries that a platform package needs and no npm package holds: NVIDIA's, hundreds of megabytes.
 *
 * They come with wheels from PyPI (`pip install nvidia-cudnn-cu13 …`), into any folder: the one that
 * `NODE_MLX_LIBRARIES` names, or the active Python environment. Where neither holds them, they are the system's,
 * which the dynamic linker finds by itself.
 */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Platform } from './platform';

/** Loads what is found; throws what the dynamic linker says about a library that it refuses. */
export function preloadLibraries(platform: Platform): void {
  const folder = folderOfLibraries(platform);
  if (folder === undefined) return;
  const preload = require(`${platform.package}/preload.node`) as (path: string) => void;
  for (const library of platform.runtime) {
    const path = join(folder, library);
    if (existsSync(path)) preload(path);
  }
  // MLX compiles kernels at run time, with headers that lie beside the first of the libraries.
  process.env.CUDA_HOME ??= dirname(dirname(join(folder, platform.runtime[0]!)));
}

/** The folder in which the wheels are; undefined where the system has to have the libraries. */
export function folderOfLibraries({ runtime }: Platform): string | undefined {
  return folders().find((folder) => runtime.some((library) => existsSync(join(folder, library))));
}

function folders(): string[] {
  const { NODE_MLX_LIBRARIES, VIRTUAL_ENV, CONDA_PREFIX } = process.env;
  if (NODE_MLX_LIBRARIES) return [NODE_MLX_LIBRARIES];
  return [VIRTUAL_ENV, CONDA_PREFIX].flatMap((environment) => (environment ? sitePackages(environment) : []));
}

function sitePackages(environment: string): string[] {
  const lib = join(environment, 'lib');
  if (!existsSync(lib)) return [];
  return readdirSync(lib)
    .filter((name) => name.startsWith('python3'))
    .map((name) => join(lib, name, 'site-packages'));
}
