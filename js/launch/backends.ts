// What each backend needs: which processes to start, and the variables by which its ranks find each other.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Host, LOOPBACK } from './hosts';
import { freePorts } from './ports';
import { UsageError } from './usage';

/** A rank before its backend is known. */
export interface Rank {
  rank: number;
  host: Host;
  /** Its number among the ranks of its host. */
  place: number;
}

/** A process to start. */
export interface Start {
  /** What stands in brackets before each line of its output. */
  label?: string;
  /** What marks the output of a rank where it comes from several, see `forwardTagged`. */
  tag?: RegExp;
  /** What messages call it. */
  name: string;
  host: Host;
  command: string[];
  environment: Record<string, string>;
  /** Variables that hold the path of a file with the given text. */
  files: Record<string, string>;
}

export interface Plan {
  ranks: Rank[];
  port: number;
  environment: Record<string, string>;
  program: string[];
}

/**
 * Variables that tell a process its place. Ranks must not see those of the launcher, which may be a rank itself, or
 * the child of a process in which Open MPI set them.
 */
export const PLACE_VARIABLES = new RegExp(
  `^(${[
    ...['MLX_RANK', 'MLX_HOSTFILE', 'MLX_WORLD_SIZE', 'NCCL_HOST_IP', 'NCCL_PORT'],
    ...['PMIX_\\w+', 'OMPI_(APP_CTX|COMM_WORLD|UNIVERSE)_\\w+', 'ORTE_SCHIZO_DETECTION'],
    ...['OMPI_MCA_(ess|pmix|orte_launch|orte_ess_num_procs|orte_precondition_transports)'],
  ].join('|')})$`,
);

export const BACKENDS: Record<string, (plan: Plan) => Promise<Start[]>> = { ring, nccl, mpi };

/** Ring: every rank listens on its addresses in the hostfile and connects to those of the next one. */
async function ring(plan: Plan): Promise<Start[]> {
  // A process alone is no ring.
  if (plan.ranks.length === 1) return [start(plan, plan.ranks[0]!, {})];
  checkReachable(plan.ranks);
  const hosts = await ringAddresses(plan);
  const files = { MLX_HOSTFILE: JSON.stringify(hosts) };
  return plan.ranks.map((rank) => start(plan, rank, { MLX_RANK: `${rank.rank}` }, files));
}

async function ringAddresses({ ranks, port }: Plan): Promise<string[][]> {
  const local = ranks.filter(({ host }) => host.local).flatMap(({ host }) => host.addresses);
  const free = await freePorts(local);
  let next = port;
  return ranks.map(({ host }) =>
    host.addresses.map((address) => `${address}:${host.local ? free.shift() : next++}`),
  );
}

/** NCCL: rank 0 listens, and each rank has a GPU of its own. */
async function nccl(plan: Plan): Promise<Start[]> {
  checkReachable(plan.ranks);
  const first = plan.ranks[0]!.host;
  const port = first.local ? (await freePorts([first.addresses[0]!]))[0] : plan.port;
  const common = {
    NCCL_HOST_IP: first.addresses[0]!,
    NCCL_PORT: `${port}`,
    MLX_WORLD_SIZE: `${plan.ranks.length}`,
  };
  return plan.ranks.map((rank) =>
    start(plan, rank, { MLX_RANK: `${rank.rank}`, CUDA_VISIBLE_DEVICES: device(rank), ...common }),
  );
}

/** The GPU of a rank: one of those that were chosen for this machine, where some were. */
function device({ host, place }: Rank): string {
  const { CUDA_VISIBLE_DEVICES: chosen } = process.env;
  if (!host.local || !chosen) return `${place}`;
  const devices = chosen.split(',');
  if (place < devices.length) return devices[place]!;
  throw new UsageError(`CUDA_VISIBLE_DEVICES names ${devices.length} GPUs, and there are more ranks`);
}

function start(
  plan: Plan,
  { rank, host }: Rank,
  place: Record<string, string>,
  files: Record<string, string> = {},
): Start {
  const command = [host.local ? process.execPath : 'node', ...plan.program];
  const environment = { ...place, ...plan.environment };
  return { label: `${rank}`, name: `rank ${rank}`, host, command, environment, files };
}

function checkReachable(ranks: Rank[]): void {
  const remote = ranks.find(({ host }) => !host.local);
  if (remote === undefined || !ranks.some(({ host }) => host.addresses.includes(LOOPBACK))) return;
  throw new UsageError(`${remote.host.name} cannot reach ${LOOPBACK}: name this machine by its address`);
}

/** MPI: mpirun starts the ranks, over ssh where needed, and collects their output. */
async function mpi(plan: Plan): Promise<Start[]> {
  const slots = new Map<string, number>();
  for (const { host } of plan.ranks) slots.set(host.name, (slots.get(host.name) ?? 0) + 1);
  // mpirun gives its ranks a terminal, wherever their output goes.
  const environment = { ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), ...plan.environment };
  const everywhere = plan.ranks.every(({ host }) => host.local);
  const command = [
    ...['mpirun', '-np', `${plan.ranks.length}`, '--tag-output'],
    ...['--host', Array.from(slots, ([name, count]) => `${name}:${count}`).join(',')],
    // By default a rank gets one core, which MLX and Node would share.
    ...['--bind-to', 'none'],
    ...Object.entries(environment).flatMap(([name, value]) => ['-x', `${name}=${value}`]),
    ...[everywhere ? process.execPath : 'node', ...plan.program],
  ];
  const host: Host = { name: LOOPBACK, addresses: [LOOPBACK], local: true };
  return [{ name: 'mpirun', tag: await mpirunTag(), host, command, environment: {}, files: {} }];
}

/** How mpirun marks the output of a rank: `[job,rank]<stdout>:`, with a space behind it from version 5 on. */
async function mpirunTag(): Promise<RegExp> {
  let version: string;
  try {
    version = (await promisify(execFile)('mpirun', ['--version'])).stdout;
  } catch (error) {
    throw new UsageError(
      `the backend mpi needs Open MPI, and mpirun cannot be run: ${(error as Error).message}`,
    );
  }
  const major = /Open MPI\D*(\d+)/.exec(version)?.[1];
  if (major === undefined)
    throw new UsageError(`the backend mpi needs Open MPI, but mpirun is ${version.trim()}`);
  return Number(major) < 5 ? /\[\d+,(\d+)\]<\w+>:/g : /\[\d+,(\d+)\]<\w+>: /g;
}
