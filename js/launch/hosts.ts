// The hosts that ranks are started on: from names on the command line, or from a JSON file as MLX's own tools
// write it.
import { readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { type Options, readVariables } from './options';
import { UsageError } from './usage';

export interface Host {
  /** What ssh is given. */
  name: string;
  /** Where the other ranks reach it. */
  addresses: string[];
  /** Whether it is this machine, where nothing needs ssh. */
  local: boolean;
}

/** Where to run, and what a hostfile says besides. */
export interface Hosts {
  hosts: Host[];
  backend?: string;
  environment: Record<string, string>;
}

export const LOOPBACK = '127.0.0.1';

/** Throws a UsageError. */
export function readHosts({ hosts, hostfile }: Options): Hosts {
  if (hostfile !== undefined) return readHostfile(hostfile);
  const names = hosts ?? [LOOPBACK];
  if (names.includes('')) throw new UsageError('--hosts: a name is empty');
  return { hosts: names.map((name) => makeHost(name)), environment: {} };
}

function makeHost(name: string, addresses: string[] = []): Host {
  const local = isLocal(name);
  const known = name === 'localhost' ? LOOPBACK : name;
  // A name that ssh would take for an option.
  if (name.startsWith('-')) throw new UsageError(`'${name}' is not the name of a host`);
  return { name, addresses: addresses.length > 0 ? addresses : [known], local };
}

function isLocal(name: string): boolean {
  if (name === 'localhost' || name === hostname()) return true;
  return Object.values(networkInterfaces()).some((found) => found?.some(({ address }) => address === name));
}

/** A list of hosts, or an object with `hosts`, `backend` and `envs`. */
function readHostfile(file: string): Hosts {
  const bad = (problem: string): UsageError => new UsageError(`--hostfile ${file}: ${problem}`);
  let content: any;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw bad((error as Error).message);
  }
  const { hosts, backend, envs = [] } = Array.isArray(content) ? { hosts: content } : { ...content };
  if (!Array.isArray(hosts) || hosts.length === 0) throw bad('a list of hosts is expected');
  if (backend !== undefined && typeof backend !== 'string') throw bad('`backend` must be a string');
  if (!isStrings(envs)) throw bad('`envs` must be a list of strings');
  return {
    hosts: hosts.map((host) => {
      const { ssh, ips = [] } = { ...host };
      if (typeof ssh !== 'string' || ssh === '' || !isStrings(ips)) {
        throw bad(`a host looks like { "ssh": "name", "ips": ["10.0.0.1"] }, not ${JSON.stringify(host)}`);
      }
      return makeHost(ssh, ips);
    }),
    backend: backend || undefined,
    environment: readVariables(envs, `--hostfile ${file}`),
  };
}

function isStrings(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
