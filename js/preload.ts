/**
 * What has to happen before mlx.node and its libraries are loaded (Linux).
 *
 * OpenBLAS gets its settings. The libraries that a platform package needs and no npm package holds are loaded:
 * NVIDIA's, hundreds of megabytes. They come with wheels from PyPI (`pip install nvidia-cudnn-cu13 …`), into any
 * folder: the one that `NODE_MLX_LIBRARIES` names, or the active Python environment. Where neither holds them, they
 * are the system's, which the dynamic linker finds by itself.
 */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Platform } from './platform';

interface PreloadAddon {
  preload(path: string): void;
  set_default(variable: string, value: string): void;
}

/**
 * OpenBLAS counts the processors of the machine, not those that a container may use. Its threads wait by trying
 * again and again, for 2^26 cycles unless told otherwise, which on busy processors takes the time from the thread
 * that they wait for: there a factorisation of a 512×512 matrix took seconds instead of a tenth.
 */
const OPENBLAS = { OPENBLAS_NUM_THREADS: String(availableParallelism()), OPENBLAS_THREAD_TIMEOUT: '4' };

/** Throws what the dynamic linker says about a library that it refuses. */
export function prepare(platform: Platform): void {
  if (!platform.choosesBlas) return;
  const addon = require(`${platform.package}/preload.node`) as PreloadAddon;
  for (const [variable, value] of Object.entries(OPENBLAS)) addon.set_default(variable, value);
  const folder = folderOfLibraries(platform);
  if (folder === undefined) return;
  for (const library of platform.runtime) {
    const path = join(folder, library);
    if (existsSync(path)) addon.preload(path);
  }
  // MLX compiles kernels at run time, with headers that lie beside the first of the libraries.
  addon.set_default('CUDA_HOME', dirname(dirname(join(folder, platform.runtime[0]!))));
}

/** The folder in which the wheels are; undefined where the system has to have the libraries. */
function folderOfLibraries({ runtime }: Platform): string | undefined {
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
