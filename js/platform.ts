/**
 * Which platform package serves this machine.
 *
 * npm installs the package for the processor and the system. A package for an accelerator
 * (`@node-mlx/linux-x64-cuda13`) is installed by name and comes first where its device is there.
 * `NODE_MLX_PLATFORM=linux-x64` chooses by name instead.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import table from '#pack/platforms.json' with { type: 'json' };

export interface Platform {
  name: string;
  package: string;
  /** What Node calls the machine: `process.platform` and `process.arch`. */
  machine: string;
  /** The accelerator that the package is for. */
  device: string | null;
  /** Whether it holds OpenBLAS beside MLX's own BLAS. */
  choosesBlas: boolean;
  /** Libraries that no package holds, as they lie in the wheels that bring them. */
  runtime: string[];
  runtimeWheels: string[];
}

/** Version of this package, and of every platform package that fits it. */
export const version: string = table.version;
export const platforms: readonly Platform[] = table.platforms;
export const machine = `${process.platform}-${process.arch}`;

/** Files that a driver makes; one of them is enough. The second is of Windows' Linux. */
const DEVICE_FILES: Record<string, string[]> = { cuda: ['/dev/nvidiactl', '/dev/dxg'] };

/** Whether there is a driver for a device. Where Node's permissions hide that, the installed package decides. */
export function deviceIsThere(device: string): boolean {
  try {
    return (DEVICE_FILES[device] ?? []).some(existsSync);
  } catch {
    return true;
  }
}

/** The folder of an installed package; undefined where there is none. */
export function folderOf(name: string): string | undefined {
  try {
    return dirname(require.resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

/** The platforms of this machine, those for an accelerator first. */
export function platformsHere(): Platform[] {
  const here = platforms.filter((platform) => platform.machine === machine);
  return here.sort((a, b) => Number(b.device !== null) - Number(a.device !== null));
}

/** The platform to load; undefined where this machine has none. */
export function choosePlatform(): Platform | undefined {
  const wanted = process.env.NODE_MLX_PLATFORM;
  if (wanted) return platforms.find(({ name }) => name === wanted);
  return platformsHere().find(
    ({ device, package: name }) => device === null || (folderOf(name) !== undefined && deviceIsThere(device)),
  );
}
