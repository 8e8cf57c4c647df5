/**
 * Requests per second, latency and event-loop delay of a server that evaluates on the event loop or off it.
 *
 * Runs server.mjs in a process of its own. Each mode gets requests from several clients at a time, while another
 * client asks for `/ping`, an answer without arrays; the modes take turns. Prints a table; --write puts it into
 * docs/benchmarks.md. usage: run.mjs [--seconds N] [--clients N] [--rounds N] [--write]
 */
import { fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '8' },
    clients: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
});
const SECONDS = Number(options.seconds);
const CLIENTS = Number(options.clients);
const ROUNDS = Number(options.rounds);
const MODES = ['/eval', '/async_eval'];
const PING_PAUSE = 10;

const server = fork(fileURLToPath(new URL('server.mjs', import.meta.url)), {
  // One core computes, whoever asks for it; the others are for the loop and for the clients.
  env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
});
const port = await new Promise((resolve, reject) => {
  server.once('message', resolve);
  server.once('exit', (code) => reject(new Error(`The server ended with code ${code}.`)));
});
const agent = new Agent({ keepAlive: true });

/** The answer to a request, and its milliseconds. */
function ask(path) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    get({ port, path, agent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const answer = JSON.parse(Buffer.concat(parts));
        resolve({ answer, time: performance.now() - started });
      });
    }).on('error', reject);
  });
}

function percentile(times, share) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
}

async function measure(path) {
  await ask('/delay');
  const end = performance.now() + SECONDS * 1000;
  const times = [];
  const pings = [];
  const client = async () => {
    while (performance.now() < end) times.push((await ask(path)).time);
  };
  const pinger = async () => {
    while (performance.now() < end) {
      pings.push((await ask('/ping')).time);
      await pause(PING_PAUSE);
    }
  };
  await Promise.all([pinger(), ...Array.from({ length: CLIENTS }, client)]);
  const { answer: delay } = await ask('/delay');
  return { times, pings, delay };
}

const median = (numbers) => percentile(numbers, 0.5);

function row(path, rounds) {
  const columns = [
    median(rounds.map(({ times }) => times.length / SECONDS)),
    ...[0.5, 0.99].map((share) => median(rounds.map(({ times }) => percentile(times, share)))),
    ...['p50', 'p99', 'max'].map((name) => median(rounds.map(({ delay }) => delay[name]))),
    ...[0.5, 0.99].map((share) => median(rounds.map(({ pings }) => percentile(pings, share)))),
  ];
  return `| \`${path.slice(1)}\` | ${columns.map((value) => value.toFixed(value < 10 ? 1 : 0)).join(' | ')} |`;
}

const results = new Map(MODES.map((mode) => [mode, []]));
for (const mode of MODES) for (let i = 0; i < 20; i++) await ask(mode);
for (let round = 0; round < ROUNDS; round++) {
  for (const mode of MODES) results.get(mode).push(await measure(mode));
}
server.disconnect();
agent.destroy();

const date = new Date().toISOString().slice(0, 10);
const machine = `${cpus()[0].model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
const table = [
  `${date}, ${machine}, ${CLIENTS} clients, medians of ${ROUNDS} rounds of ${SECONDS} s; times in ms.`,
  '',
  '| | requests/s | latency p50 | p99 | loop delay p50 | p99 | max | `ping` p50 | p99 |',
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|',
  ...MODES.map((mode) => row(mode, results.get(mode))),
  '',
].join('\n');
console.log(table);

if (options.write) {
  const document = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url));
  const text = readFileSync(document, 'utf8');
  const [begin, end] = ['<!-- server -->\n', '<!-- /server -->\n'];
  const [before, rest] = text.split(begin);
  const [, after] = rest.split(end);
  writeFileSync(document, `${before}${begin}${table}${end}${after}`);
}
