/**
 * Finds and loads mlx.node, the native half of the package.
 *
 * It ships in one npm package per platform (`@node-mlx/linux-x64`, …), of which npm installs the matching
 * one as an optional dependency. `NODE_MLX_ADDON=/path/to/mlx.node` loads that file instead. When nothing
 * can be loaded, the error (code ERR_MLX_PLATFORM) says what was tried and what to do about it.
 */
import { resolve } from 'node:path';
import platforms from '#pack/platforms.json' with { type: 'json' };

/** A failed load, and everything the advice depends on. */
interface Attempt {
  /** What was loaded: a package name or the path in NODE_MLX_ADDON. */
  target: string;
  origin: 'package' | 'NODE_MLX_ADDON';
  platform: string;
  supported: boolean;
  musl: boolean;
  /** The target does not exist, as opposed to: it exists, but the system refused to load it. */
  missing: boolean;
}

/** Advice for the end of the message: the sentences whose condition holds, in this order. */
const SOLUTIONS: [when: (attempt: Attempt) => boolean, say: (attempt: Attempt) => string][] = [
  [
    (a) => a.origin === 'NODE_MLX_ADDON',
    () => 'Set NODE_MLX_ADDON to the mlx.node of a build for this platform, or unset it to use the package.',
  ],
  [
    (a) => a.origin === 'package' && !a.supported,
    (a) => `There is no package for ${a.platform} yet. Supported: ${Object.keys(platforms).join(', ')}.`,
  ],
  [
    (a) => a.musl,
    () =>
      'This system uses musl (Alpine Linux); the packages need glibc. Use a Debian or Ubuntu based image.',
  ],
  [
    (a) => a.origin === 'package' && a.supported && a.missing && !a.musl,
    () =>
      'Reinstall with optional dependencies: npm install --include=optional (and look for omit=optional or ' +
      'optional=false in .npmrc).',
  ],
  [
    (a) => a.origin === 'package' && a.supported && a.missing && !a.musl,
    (a) => `Install it by name: npm install ${a.target}`,
  ],
  [
    (a) => a.origin === 'package' && a.supported && a.missing,
    () =>
      'If node_modules was made on another system (a container volume, a copied folder), delete it and ' +
      'install again here.',
  ],
  [
    (a) => a.origin === 'package' && a.supported && a.missing,
    () =>
      'If a bundler put mlx into one file, declare mlx as external, so that it is loaded from node_modules.',
  ],
  [
    (a) => !a.missing && !a.musl && process.platform === 'linux',
    () => 'The libraries need glibc 2.35 and GCC 12’s libstdc++ or newer: Debian 12, Ubuntu 22.04 or later.',
  ],
  [
    (a) => a.origin === 'package' && !a.supported,
    () => 'Build it from source and set NODE_MLX_ADDON to the resulting mlx.node.',
  ],
];

/** Loads the addon; throws an Error with code ERR_MLX_PLATFORM when that is not possible. */
export function loadNative(): unknown {
  const override = process.env.NODE_MLX_ADDON;
  const platform = `${process.platform}-${process.arch}`;
  const packages: Record<string, { package: string } | undefined> = platforms;
  const target = override ? resolve(override) : (packages[platform]?.package ?? `@node-mlx/${platform}`);
  try {
    return require(target);
  } catch (error) {
    throw platformError(
      {
        target,
        platform,
        origin: override ? 'NODE_MLX_ADDON' : 'package',
        supported: platform in platforms,
        musl: usesMusl(),
        missing: isNotFound(error, target),
      },
      error,
    );
  }
}

function platformError(attempt: Attempt, cause: unknown): Error {
  const solutions = SOLUTIONS.filter(([when]) => when(attempt)).map(([, say]) => `  - ${say(attempt)}`);
  const system = attempt.musl ? `${attempt.platform} (musl)` : attempt.platform;
  const message = [
    `mlx could not load its native part on ${system}, Node ${process.version}.`,
    'Tried:',
    `  - ${attempt.target}${attempt.origin === 'package' ? '' : ` (from ${attempt.origin})`}: ${reason(cause)}`,
    'Possible solutions:',
    ...solutions,
  ].join('\n');
  return Object.assign(new Error(message, { cause }), { code: 'ERR_MLX_PLATFORM' });
}

/** The first line: Node appends the require stack below it. */
function reason(cause: unknown): string {
  return String(cause instanceof Error ? cause.message : cause).split('\n', 1)[0] ?? '';
}

/** True only when the target itself is missing, not something that the target requires. */
function isNotFound(error: unknown, target: string): boolean {
  return (
    error instanceof Error &&
    (error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND' &&
    error.message.includes(`'${target}'`)
  );
}

/** Node reports the C library's version only for glibc. Slow, hence called for an error message alone. */
function usesMusl(): boolean {
  if (process.platform !== 'linux' || !process.report) return false;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return !report.header?.glibcVersionRuntime;
}
