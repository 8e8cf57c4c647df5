/**
 * Finds and loads mlx.node, the native half of the package.
 *
 * It ships in one npm package per platform (`@node-mlx/linux-x64`, …), of which npm installs the matching
 * one as an optional dependency. `NODE_MLX_ADDON=/path/to/mlx.node` loads that file instead. On Linux
 * `MLX_BLAS=reference` loads MLX with its own BLAS in the place of OpenBLAS: slower, but the bits of Python.
 * When nothing can be loaded, the error (code ERR_MLX_PLATFORM) says what was tried and what to do about it.
 */
import { resolve } from 'node:path';
import {
  choosePlatform,
  folderOf,
  machine,
  type Platform,
  platforms,
  platformsHere,
  version,
} from './platform';
import { prepare } from './preload';

/** A failed load, and everything the advice depends on. */
interface Attempt {
  /** What was loaded: a package name or the path in NODE_MLX_ADDON. */
  target: string;
  platform: Platform | undefined;
  fromVariable: boolean;
  musl: boolean;
  /** The target does not exist, as opposed to: it exists, but the system refused to load it. */
  missing: boolean;
  /** What the system says. */
  reason: string;
  /** The version of the package, where it is another than ours. */
  otherVersion: string | undefined;
}

const BLAS = ['openblas', 'reference'];
const isPackage = ({ fromVariable }: Attempt) => !fromVariable;
const isUnsupported = (a: Attempt) => isPackage(a) && a.platform === undefined;
const isMissing = (a: Attempt) => isPackage(a) && a.platform !== undefined && a.missing;
const isRefused = (a: Attempt) => !a.missing && a.otherVersion === undefined;
const isAccelerated = (a: Attempt) => isRefused(a) && (a.platform?.runtime.length ?? 0) > 0;
const lacksDriver = (a: Attempt) => isAccelerated(a) && a.reason.startsWith('libcuda.so');

/** Advice for the end of the message: the sentences whose condition holds, in this order. */
const SOLUTIONS: [when: (attempt: Attempt) => boolean, say: (attempt: Attempt) => string][] = [
  [
    (a) => a.fromVariable,
    () => 'Set NODE_MLX_ADDON to the mlx.node of a build for this platform, or unset it to use the package.',
  ],
  [
    (a) => isUnsupported(a) && process.env.NODE_MLX_PLATFORM !== undefined,
    () => `NODE_MLX_PLATFORM must be one of ${platforms.map(({ name }) => name).join(', ')}.`,
  ],
  [
    (a) => isUnsupported(a) && process.env.NODE_MLX_PLATFORM === undefined,
    () => `There is no package for ${machine} yet. Supported: ${supported()}.`,
  ],
  [
    (a) => a.musl,
    () =>
      'This system uses musl (Alpine Linux); the packages need glibc. Use a Debian or Ubuntu based image.',
  ],
  [
    (a) => isMissing(a) && !a.musl && a.platform?.device === null,
    () =>
      'Reinstall with optional dependencies: npm install --include=optional (and look for omit=optional or ' +
      'optional=false in .npmrc).',
  ],
  [
    (a) => isMissing(a) && !a.musl,
    (a) => `Install it by name: npm install ${a.platform?.package}${a.platform?.device ? `@${version}` : ''}`,
  ],
  [
    isMissing,
    () =>
      'If node_modules was made on another system (a container volume, a copied folder), delete it and ' +
      'install again here.',
  ],
  [
    isMissing,
    () =>
      'If a bundler put mlx into one file, declare mlx as external, so that it is loaded from node_modules.',
  ],
  [
    (a) => isMissing(a) && idlePackage() !== undefined,
    () => `${idlePackage()} is installed, but there is no device for it: look whether the driver is there.`,
  ],
  [
    (a) => a.otherVersion !== undefined,
    (a) => `Install the version that belongs to this package: npm install ${a.target}@${version}`,
  ],
  [lacksDriver, () => 'Install the driver of the GPU, or a newer one: the library is part of it.'],
  [
    (a) => isAccelerated(a) && !lacksDriver(a),
    (a) =>
      'Install the libraries it needs into the active Python environment, or anywhere and set ' +
      `NODE_MLX_LIBRARIES to that folder: pip install ${a.platform?.runtimeWheels.map((w) => `"${w}"`).join(' ')}`,
  ],
  [
    isAccelerated,
    (a) =>
      `To use the CPU for now: NODE_MLX_PLATFORM=${platformsHere().find((p) => !p.device)?.name ?? a.target}`,
  ],
  [
    (a) => isRefused(a) && !a.musl && process.platform === 'linux',
    () => 'The libraries need glibc 2.35 and GCC 12’s libstdc++ or newer: Debian 12, Ubuntu 22.04 or later.',
  ],
  [
    (a) => isRefused(a) && process.platform === 'darwin',
    () => 'The libraries need macOS 14 or newer, and a Node for arm64 (not one that runs under Rosetta).',
  ],
  [isUnsupported, () => 'Build it from source and set NODE_MLX_ADDON to the resulting mlx.node.'],
];

/** Loads the addon; throws an Error with code ERR_MLX_PLATFORM when that is not possible. */
export function loadNative(): unknown {
  const override = process.env.NODE_MLX_ADDON;
  const platform = override ? undefined : choosePlatform();
  const target = override
    ? resolve(override)
    : (platform?.package ?? `@node-mlx/${process.env.NODE_MLX_PLATFORM || machine}`);
  const file =
    platform?.choosesBlas && chosenBlas() === 'reference' ? `${target}/mlx-reference.node` : target;
  const otherVersion = override ? undefined : unfittingVersion(target);
  try {
    if (otherVersion) throw new Error(`Its version is ${otherVersion}, that of mlx is ${version}.`);
    if (platform && folderOf(target)) prepare(platform);
    return require(file);
  } catch (error) {
    const missing = override ? isNotFound(error, target) : folderOf(target) === undefined;
    const fromVariable = !!override;
    const reason = firstLine(error);
    throw platformError(
      { target, platform, fromVariable, musl: usesMusl(), missing, reason, otherVersion },
      error,
    );
  }
}

/** The version of an installed package, where it is another than ours: the two halves would not fit. */
function unfittingVersion(name: string): string | undefined {
  if (folderOf(name) === undefined) return undefined;
  const found = (require(`${name}/package.json`) as { version: string }).version;
  return found === version ? undefined : found;
}

function chosenBlas(): string {
  const chosen = process.env.MLX_BLAS || BLAS[0]!;
  if (!BLAS.includes(chosen)) throw new Error(`MLX_BLAS must be ${BLAS.join(' or ')}, not ${chosen}.`);
  return chosen;
}

/** The machines that have a package. */
const supported = () => [...new Set(platforms.map((platform) => platform.machine))].join(', ');

/** A package for an accelerator that is installed, but was not chosen. */
const idlePackage = () =>
  platformsHere().find(({ device, package: name }) => device && folderOf(name))?.package;

function platformError(attempt: Attempt, cause: unknown): Error {
  const solutions = SOLUTIONS.filter(([when]) => when(attempt)).map(([, say]) => `  - ${say(attempt)}`);
  const system = attempt.musl ? `${machine} (musl)` : machine;
  const message = [
    `mlx could not load its native part on ${system}, Node ${process.version}.`,
    'Tried:',
    `  - ${attempt.target}${attempt.fromVariable ? ' (from NODE_MLX_ADDON)' : ''}: ${attempt.reason}`,
    'Possible solutions:',
    ...solutions,
  ].join('\n');
  return Object.assign(new Error(message, { cause }), { code: 'ERR_MLX_PLATFORM' });
}

/** The first line: Node appends the require stack below it. */
function firstLine(cause: unknown): string {
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
