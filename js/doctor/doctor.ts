// `node-mlx doctor`: what this installation consists of, what is wrong with it and what to do.
//
// Exit status: 0 where a computation ran on the device that the packages are for, 1 otherwise.
import { join } from 'node:path';
import { UsageError } from '../launch/usage';
import { choosePlatform, deviceIsThere, folderOf, machine, platformsHere, version } from '../platform';

export const USAGE = `usage: node-mlx doctor

Prints what this installation consists of, what is wrong with it and what to do.
`;

/** What is printed: rows of a table, then problems. */
interface Findings {
  rows: [name: string, value: string][];
  problems: string[];
  /** What works, but could work better. */
  hints: string[];
}

interface Report {
  header: { glibcVersionRuntime?: string };
  sharedObjects: string[];
}

const report = (): Report => process.report.getReport() as unknown as Report;

export async function doctor(args: string[]): Promise<number> {
  if (args.some((arg) => arg === '--help' || arg === '-h')) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (args.length > 0) throw new UsageError(`doctor takes no arguments, but got '${args[0]}'`);
  const findings: Findings = { rows: [], problems: [], hints: [] };
  examineSystem(findings);
  examineMlx(findings);
  examineDevices(findings);
  print(findings);
  return findings.problems.length > 0 ? 1 : 0;
}

function examineSystem({ rows }: Findings): void {
  const glibc = report().header.glibcVersionRuntime;
  const library = process.platform === 'linux' ? `, ${glibc ? `glibc ${glibc}` : 'no glibc (musl?)'}` : '';
  const runtime = process.versions.bun ? `Bun ${process.versions.bun}` : `Node ${process.version}`;
  rows.push(['system', `${machine}${library}`], ['runtime', runtime], ['mlx', `@node-mlx/mlx ${version}`]);
  const platform = choosePlatform();
  const folder = platform && folderOf(platform.package);
  if (folder) rows.push(['package', `${platform.package} in ${folder}`]);
}

/** Loads mlx and computes with it. */
function examineMlx({ rows, problems }: Findings): void {
  try {
    const { core: mx } = require('../index.cjs') as typeof import('../index');
    const loaded = report().sharedObjects;
    const find = (pattern: RegExp) => loaded.find((path) => pattern.test(path)) ?? 'not found';
    const device = mx.default_device();
    const { device_name } = mx.device_info() as { device_name?: string };
    rows.push(['MLX', `${mx.__version__}, ${find(/libmlx\.(so|dylib)$/)}`]);
    rows.push(['BLAS', describeBlas(loaded)]);
    rows.push(['device', `${device}${device_name ? ` ${device_name}` : ''}`]);
    const sum = mx.sum(mx.matmul(mx.ones([8, 8]), mx.ones([8, 8]))).item();
    if (sum !== 512) problems.push(`A product of matrices gave ${sum} instead of 512.`);
  } catch (error) {
    problems.push((error as Error).message);
  }
}

function describeBlas(loaded: string[]): string {
  if (process.platform === 'darwin') return 'Accelerate';
  const path = loaded.find((name) => /libblas[-.]/.test(name));
  if (path === undefined) return 'not found';
  const name = path.includes(join('lib', 'openblas')) ? 'OpenBLAS' : 'reference BLAS, as in Python';
  return `${name}, ${path}`;
}

/** Accelerators without their package, and packages without their accelerator. */
function examineDevices({ problems, hints }: Findings): void {
  for (const { device, package: name } of platformsHere()) {
    if (device === null) continue;
    const installed = folderOf(name) !== undefined;
    if (installed && !deviceIsThere(device)) {
      problems.push(
        `${name} is installed, but there is no driver for ${device}. Install the driver, or remove it.`,
      );
    }
    if (!installed && deviceIsThere(device)) {
      hints.push(`There is a device for ${device}. To use it: npm install ${name}@${version}`);
    }
  }
}

function print({ rows, problems, hints }: Findings): void {
  const lines = rows.map(([name, value]) => `${name.padEnd(9)}${value}`);
  const remarks = [...problems.map((text) => `problem: ${text}`), ...hints.map((text) => `hint: ${text}`)];
  const end = problems.length > 0 ? [] : ['Everything works.'];
  process.stdout.write([...lines, '', ...remarks, ...end, ''].join('\n'));
}
