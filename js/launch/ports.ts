// Ports that nobody listens on: asked from the system, all at once, so that no two are the same.
import { createServer, type Server } from 'node:net';

function listen(address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, address, () => resolve(server));
  });
}

/** One free port of this machine for each of the given addresses. */
export async function freePorts(addresses: readonly string[]): Promise<number[]> {
  const servers = await Promise.all(addresses.map(listen));
  return servers.map((server) => {
    const { port } = server.address() as { port: number };
    server.close();
    return port;
  });
}
