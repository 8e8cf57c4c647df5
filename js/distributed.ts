// Groups of processes that compute together: what the collectives, which are generated, take as `group`.
//
// A group is a number that native code gave out (native/distributed.h says why groups are never given back).
// The settings of the ring backend come from environment variables; those that upstream does not survive are
// checked here first.
import { readFileSync } from 'node:fs';
import { int } from './arguments';
import { NotImplementedError, RuntimeError, TypeError, ValueError } from './errors';
import { bindArguments } from './keywords';
import { native } from './native';
import { ints } from './registers';
import { badArgument, Signature } from './signature';

/** Groups are made by `init` and `split`, never by hand. */
const MADE_HERE = Symbol('group');

const RANK = new Signature('Group.rank() -> int');
const SIZE = new Signature('Group.size() -> int');
const SPLIT = new Signature('Group.split(color: int, key: int = -1) -> Group');

let numberOf: (group: Group) => number;

/** A group of processes that can communicate. */
export class Group {
  readonly #number: number;

  constructor(token: unknown, number: number) {
    if (token !== MADE_HERE)
      throw new TypeError('Groups are made by mx.distributed.init() and group.split().');
    this.#number = number;
  }

  static {
    numberOf = (group) => group.#number;
  }

  /** The rank of this process in the group. */
  rank(...none: []): number {
    bindArguments(RANK, none);
    ints[0] = this.#number;
    native.group_rank();
    return ints[0]!;
  }

  /** The number of processes in the group. */
  size(...none: []): number {
    bindArguments(SIZE, none);
    ints[0] = this.#number;
    native.group_size();
    return ints[0]!;
  }

  /**
   * Splits the group: processes that give the same color form a new one, in the order of their keys. Without a
   * key, or with a negative one, they keep their order. Every process of the group has to take part.
   */
  split(color: number | bigint, options?: { key?: number | bigint }): Group;
  split(color: number | bigint, key?: number | bigint): Group;
  split(options: { color: number | bigint; key?: number | bigint }): Group;
  split(...args: unknown[]): Group {
    const { color, key = -1 } = bindArguments(SPLIT, args);
    const values = [int(color, SPLIT, 'color'), int(key, SPLIT, 'key')] as const;
    ints[0] = this.#number;
    ints[2] = values[0];
    ints[4] = values[1];
    native.split_group();
    return new Group(MADE_HERE, ints[0]!);
  }
}

// The bundler gives a class that refers to itself another name.
Object.defineProperty(Group, 'name', { value: 'Group' });

/** A group's number, or 0 for none: then the global group is meant. */
export function group(value: unknown, signature: Signature, name: string): number {
  if (value === undefined || value === null) return 0;
  if (value instanceof Group) return numberOf(value);
  throw badArgument(signature, name, 'a Group', value);
}

const INIT = new Signature(
  "init(strict: bool = False, backend: str = 'any', *, all_gather_factory: " +
    'Callable[[int, int], Callable[[bytes, int], bytes]] | None = None) -> Group',
);

export interface InitOptions {
  /** Whether a backend that cannot be initialised is an error; otherwise the group has this process alone. */
  strict?: boolean;
  /** 'any', 'ring', 'mpi', 'nccl' or 'jaccl'. */
  backend?: string;
  /** Python's side channel for JACCL. Not supported: JACCL takes its coordinator from the environment. */
  all_gather_factory?: ((rank: number, size: number) => unknown) | null;
}

/** Initialises a backend and returns the group of all processes that were launched together. */
export function init(options?: InitOptions): Group;
export function init(strict: boolean, options?: Omit<InitOptions, 'strict'>): Group;
export function init(
  strict: boolean,
  backend: string,
  options?: Pick<InitOptions, 'all_gather_factory'>,
): Group;
export function init(...args: unknown[]): Group {
  const { strict = false, backend = 'any', all_gather_factory: factory } = bindArguments(INIT, args);
  if (typeof strict !== 'boolean') throw badArgument(INIT, 'strict', 'a bool', strict);
  if (typeof backend !== 'string') throw badArgument(INIT, 'backend', 'a string', backend);
  if (factory !== undefined && factory !== null) checkFactory(factory, backend);
  if (backend === 'any' || backend === 'ring') checkRingSettings();
  ints[0] = strict ? 1 : 0;
  native.init_group(backend);
  return new Group(MADE_HERE, ints[0]!);
}

function checkFactory(factory: unknown, backend: string): void {
  if (typeof factory !== 'function') throw badArgument(INIT, 'all_gather_factory', 'a function', factory);
  if (backend !== 'jaccl') throw new ValueError("all_gather_factory is only supported with backend='jaccl'.");
  throw new NotImplementedError(
    'init(): all_gather_factory is not supported; set MLX_JACCL_COORDINATOR instead.',
  );
}

/** Upstream takes a rank that is no number for 0, looks for the neighbours of a negative one outside the list of
 * hosts, and divides by the length of an empty list. */
function checkRingSettings(): void {
  const { MLX_RANK: rank, MLX_HOSTFILE: hostfile } = process.env;
  if (rank === undefined || hostfile === undefined) return;
  if (!/^\d+$/.test(rank))
    throw new RuntimeError(`[ring] MLX_RANK must be a number from 0 on, not "${rank}".`);
  if (isEmpty(hostfile)) throw new RuntimeError(`[ring] The hostfile ${hostfile} names no hosts.`);
}

/** Whether a file holds a JSON list without items. Files with other faults are left to MLX, which reports them. */
function isEmpty(file: string): boolean {
  let hosts: unknown;
  try {
    hosts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return false;
  }
  return hosts === null || (typeof hosts === 'object' && Object.keys(hosts).length === 0);
}
