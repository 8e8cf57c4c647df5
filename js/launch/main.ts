// The command `node-mlx` of the npm package: verbs for running programs, without Python.
//
//   node-mlx launch -n 2 train.mjs --epochs 3     starts train.mjs twice, as ranks 0 and 1 of one group
//
// Exit status: 0 where every rank succeeded, that of the first rank that failed otherwise, 2 for wrong usage.
import { launch } from './launch';
import { USAGE } from './options';
import { UsageError } from './usage';

const VERBS: Record<string, (args: string[]) => Promise<number>> = { launch };

async function main([verb, ...args]: string[]): Promise<number> {
  if (verb === '--help' || verb === '-h') {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    const run = verb === undefined ? undefined : VERBS[verb];
    if (run === undefined)
      throw new UsageError(verb === undefined ? 'a verb is missing' : `unknown verb '${verb}'`);
    return await run(args);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`node-mlx: ${error.message}\nSee \`node-mlx launch --help\`.\n`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
