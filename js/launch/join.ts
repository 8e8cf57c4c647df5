// The verb `rank`, which mpirun starts: runs the script as one rank of the job, and labels its output.
//
// The script stays in mpirun's process group: when mpirun ends a rank, it ends this process and the script.
import { LOOPBACK } from './hosts';
import { supervise } from './supervise';
import { UsageError } from './usage';

export async function join(program: string[]): Promise<number> {
  const rank = process.env.OMPI_COMM_WORLD_RANK ?? process.env.PMIX_RANK;
  if (rank === undefined) throw new UsageError('`node-mlx rank` is started by mpirun; see `node-mlx launch`');
  const start = {
    label: rank,
    name: `rank ${rank}`,
    host: { name: LOOPBACK, addresses: [LOOPBACK], local: true },
    command: [process.execPath, ...program],
    environment: {},
    files: {},
  };
  const report = (message: string): void => void process.stderr.write(`node-mlx launch: ${message}\n`);
  return await supervise([start], { ownGroup: false, report, verbose: false });
}
