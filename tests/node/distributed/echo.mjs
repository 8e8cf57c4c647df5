// A rank that prints what it was given, as one line of JSON, and then does what it is told.
//   echo.mjs [ACTION] [ARGUMENT]…
import { readFileSync } from 'node:fs';
import { argv, cwd, env, exit, kill, pid, stderr, stdout } from 'node:process';

const WANTED = /^(MLX_RANK|MLX_WORLD_SIZE|NCCL_\w+|CUDA_VISIBLE_DEVICES|GIVEN\w*)$/;
const variables = Object.fromEntries(Object.entries(env).filter(([name]) => WANTED.test(name)));
const { MLX_HOSTFILE: hostfile, MLX_RANK: rank } = env;
const hosts = hostfile === undefined ? null : JSON.parse(readFileSync(hostfile, 'utf8'));
stdout.write(`${JSON.stringify({ pid, cwd: cwd(), args: argv.slice(2), variables, hosts, hostfile })}\n`);

const forever = () => setInterval(() => {}, 1000);
const actions = {
  /** The second rank fails, the others would go on for ever. */
  fail: () => (rank === '1' ? exit(3) : forever()),
  die: () => (rank === '1' ? kill(pid, 'SIGKILL') : forever()),
  /** Goes on whatever it is asked. */
  cling() {
    process.on('SIGTERM', () => stdout.write('not yet\n'));
    process.on('SIGINT', () => stdout.write('ignored\n'));
    stdout.write('ready\n');
    forever();
  },
  wait: forever,
  /** Ends well when it is interrupted. */
  obey() {
    process.on('SIGINT', () => {
      stdout.write('interrupted\n');
      exit(0);
    });
    stdout.write('ready\n');
    forever();
  },
  /** Lines in pieces, a character in two, and an end without a newline. */
  async pieces() {
    const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
    const bytes = Buffer.from('one, tw😀o\n\nthree');
    for (const piece of [bytes.subarray(0, 3), bytes.subarray(3, 9), bytes.subarray(9)]) {
      stdout.write(piece);
      await pause();
    }
    stderr.write('a complaint\n');
  },
  big: () => stdout.write(`${'x'.repeat(1_000_000)}\n`.repeat(5)),
};
await actions[argv[2]]?.();
