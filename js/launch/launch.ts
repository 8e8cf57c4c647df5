// The verb `launch`: from the command line to running ranks.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BACKENDS, PLACE_VARIABLES, type Rank, type Start } from './backends';
import { type Host, readHosts } from './hosts';
import { readOptions, USAGE } from './options';
import { supervise } from './supervise';
import { UsageError } from './usage';

/** Starts the ranks and waits for them. Returns the exit status. Throws a UsageError. */
export async function launch(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { hosts, ...given } = readHosts(options);
  const name = options.backend ?? given.backend ?? 'ring';
  if (!Object.hasOwn(BACKENDS, name)) {
    throw new UsageError(`unknown backend '${name}': it is one of ${Object.keys(BACKENDS).join(', ')}`);
  }
  const script = options.program[0]!;
  if (hosts.some(({ local }) => local) && !existsSync(script))
    throw new UsageError(`there is no file ${script}`);

  for (const name of Object.keys(process.env)) if (PLACE_VARIABLES.test(name)) delete process.env[name];
  const starts = await BACKENDS[name]!({
    ranks: ranksOn(hosts, options.ranks),
    port: options.port,
    environment: { ...given.environment, ...options.environment },
    program: options.program,
  });
  const folder = mkdtempSync(join(tmpdir(), 'node-mlx-launch-'));
  try {
    return await supervise(
      starts.map((start) => withFiles(start, folder)),
      { report, verbose: options.verbose },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(message: string): void {
  process.stderr.write(`node-mlx launch: ${message}\n`);
}

/** Ranks in the order of the hosts. A host named twice goes on counting its places. */
function ranksOn(hosts: Host[], each: number): Rank[] {
  const places = new Map<string, number>();
  return hosts
    .flatMap((host) => Array<Host>(each).fill(host))
    .map((host, rank) => {
      const place = places.get(host.name) ?? 0;
      places.set(host.name, place + 1);
      return { rank, host, place };
    });
}

/** Writes the files of a process of this machine; on other hosts their shells do. */
function withFiles(start: Start, folder: string): Start {
  if (!start.host.local) return start;
  const environment = { ...start.environment };
  for (const [name, text] of Object.entries(start.files)) {
    environment[name] = join(folder, name);
    writeFileSync(environment[name], text);
  }
  return { ...start, environment };
}
