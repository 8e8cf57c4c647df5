// The command line of `node-mlx launch`: its own options come first, then the script with all that follows.
//
//   -n 2 --env A=1 train.mjs --env B   →   { ranks: 2, environment: { A: '1' }, program: ['train.mjs', '--env', 'B'] }
import { parseArgs } from 'node:util';
import { UsageError } from './usage';

interface Option {
  type: 'string' | 'boolean';
  short?: string;
  multiple?: boolean;
  /** What its value is, in the help text. */
  value?: string;
  help: string;
}

const OPTIONS = {
  ranks: { type: 'string', short: 'n', value: 'N', help: 'ranks on each host; 1 by default' },
  backend: { type: 'string', value: 'NAME', help: 'ring (the default), mpi or nccl' },
  hosts: { type: 'string', value: 'A,B', help: 'hosts to start on, over ssh; this one by default' },
  hostfile: {
    type: 'string',
    value: 'FILE',
    help: 'JSON with the hosts: [{ "ssh": "a", "ips": ["10.0.0.1"] }]',
  },
  env: { type: 'string', multiple: true, value: 'K=V', help: 'a variable for every rank; can be repeated' },
  port: { type: 'string', value: 'PORT', help: 'first port to use on other hosts; 32323 by default' },
  verbose: { type: 'boolean', help: 'tell what is started and how it ends' },
  help: { type: 'boolean', short: 'h', help: 'print this' },
} satisfies Record<string, Option>;

export const USAGE = usage();

function usage(): string {
  const rows = Object.entries<Option>(OPTIONS).map(([name, option]) => {
    const names = [option.short && `-${option.short}`, `--${name}`].filter(Boolean).join(', ');
    return `  ${`${names} ${option.value ?? ''}`.padEnd(20)} ${option.help}\n`;
  });
  return `usage: node-mlx launch [options] script.mjs [arguments]\n\nStarts a script as the ranks of one group.\n\n${rows.join('')}`;
}

/** What was asked for. Things not given are undefined: a hostfile may say them. */
export interface Options {
  ranks: number;
  port: number;
  backend?: string;
  hosts?: string[];
  hostfile?: string;
  environment: Record<string, string>;
  verbose: boolean;
  /** The script and its arguments. */
  program: string[];
}

/** Reads the command line; undefined where only help was asked for. Throws a UsageError. */
export function readOptions(args: string[]): Options | undefined {
  const [own, program] = splitAtProgram(args);
  const values = parse(own);
  if (values.help) return undefined;
  if (program.length === 0) throw new UsageError('no script was given');
  if (values.hosts !== undefined && values.hostfile !== undefined) {
    throw new UsageError('--hosts and --hostfile exclude each other');
  }
  return {
    ranks: whole('-n', values.ranks ?? '1', 1, 4096),
    port: whole('--port', values.port ?? '32323', 1, 65535),
    backend: values.backend,
    hosts: values.hosts?.split(',').map((host) => host.trim()),
    hostfile: values.hostfile,
    environment: readVariables(values.env ?? [], '--env'),
    verbose: values.verbose ?? false,
    program,
  };
}

/** The launcher's part and the program's. */
function splitAtProgram(args: string[]): [string[], string[]] {
  const { tokens } = parseArgs({ args, options: OPTIONS, strict: false, tokens: true });
  const first = tokens.find(({ kind }) => kind !== 'option');
  if (first === undefined) return [args, []];
  const program = first.kind === 'option-terminator' ? first.index + 1 : first.index;
  return [args.slice(0, first.index), args.slice(program)];
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function whole(name: string, text: string, least: number, most: number): number {
  const n = Number(text);
  if (/^\d+$/.test(text) && n >= least && n <= most) return n;
  throw new UsageError(`${name} must be a number from ${least} to ${most}, not '${text}'`);
}

/** Variables from texts such as "KEY=value". */
export function readVariables(texts: readonly string[], source: string): Record<string, string> {
  const pairs = texts.map((text): [string, string] => {
    const match = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
    if (match === null) throw new UsageError(`${source}: '${text}' is not NAME=value`);
    return [match[1]!, match[2]!];
  });
  return Object.fromEntries(pairs);
}
