// The command `node-mlx` of the npm package: its verbs need no Python.
//
//   node-mlx doctor                               tells what is installed, what is wrong and what to do
//   node-mlx launch -n 2 train.mjs --epochs 3     starts train.mjs twice, as ranks 0 and 1 of one group
//
// Exit status: 0 where every rank succeeded, that of the first rank that failed otherwise, 2 for wrong usage.
import { USAGE as DOCTOR_USAGE, doctor } from '../doctor/doctor';
import { launch } from './launch';
import { USAGE as LAUNCH_USAGE } from './options';
import { UsageError } from './usage';

const VERBS: Record<string, (args: string[]) => Promise<number>> = { doctor, launch };

async function main([verb, ...args]: string[]): Promise<number> {
  if (verb === '--help' || verb === '-h') {
    process.stdout.write(`${LAUNCH_USAGE}\n${DOCTOR_USAGE}`);
    return 0;
  }
  try {
    const run = verb === undefined ? undefined : VERBS[verb];
    if (run === undefined)
      throw new UsageError(verb === undefined ? 'a verb is missing' : `unknown verb '${verb}'`);
    return await run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`node-mlx: ${error.message}\nSee \`node-mlx --help\`.\n`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
