// `mlx/next`: a Next.js configuration that knows how to build and deploy what uses MLX.
//
// The addon and its libraries are files that Node loads at run time: no bundler may touch them, and those that
// trace files for deployment (`output: 'standalone'`, serverless) cannot see them. Nothing native is loaded here.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { platforms } from '../platform';

/** The parts of Next's configuration that matter here. */
export interface NextConfig {
  serverExternalPackages?: string[];
  outputFileTracingIncludes?: Record<string, string[]>;
  transpilePackages?: string[];
}

type ConfigFunction = (phase: string, context: any) => any;

const PACKAGES = ['mlx', '@node-mlx/mlx', ...platforms.map((platform) => platform.package)];

/** Where Node looks for packages, seen from this one. Links stay: the deployed copy has them resolved. */
function searchFolders(): string[] {
  return createRequire(__filename).resolve.paths('@node-mlx/any') ?? [];
}

/** Globs of the installed platform packages, relative to the project. */
function nativeFiles(): string[] {
  return platforms.flatMap(({ package: name }) => {
    const folder = searchFolders()
      .map((path) => join(path, name))
      .find((path) => existsSync(join(path, 'package.json')));
    if (folder === undefined) return [];
    const path = relative(process.cwd(), folder).split(sep).join('/');
    return [`${path.startsWith('.') ? path : `./${path}`}/**/*`];
  });
}

function extend(config: NextConfig): NextConfig {
  const { transpilePackages = [] } = config;
  const transpiled = transpilePackages.filter((name) => PACKAGES.includes(name));
  if (transpiled.length > 0) {
    throw new TypeError(
      `withMLX(): take ${transpiled.join(' and ')} out of transpilePackages: it stays outside.`,
    );
  }
  const includes = config.outputFileTracingIncludes ?? {};
  return {
    ...config,
    serverExternalPackages: [...new Set([...(config.serverExternalPackages ?? []), ...PACKAGES])],
    outputFileTracingIncludes: { ...includes, '/**': [...(includes['/**'] ?? []), ...nativeFiles()] },
  };
}

/** A Next.js configuration for a site that uses MLX; takes and gives an object or a function. */
export function withMLX<F extends ConfigFunction>(config: F): F;
export function withMLX<T extends object>(config: T): T;
export function withMLX(): NextConfig;
export function withMLX(config: object | ConfigFunction = {}): object {
  if (typeof config !== 'function') return extend(config);
  const make = config as ConfigFunction;
  return async (phase: string, context: unknown) => extend(await make(phase, context));
}

export default withMLX;
