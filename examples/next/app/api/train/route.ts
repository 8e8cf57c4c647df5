import { streamSSE } from 'mlx/react';
import { train } from '../../../lib/digits/training';

export const dynamic = 'force-dynamic';

export async function POST(request: Request): Promise<Response> {
  const { epochs } = (await request.json()) as { epochs?: unknown };
  if (typeof epochs !== 'number' || !Number.isInteger(epochs) || epochs < 1 || epochs > 50) {
    return Response.json({ error: 'epochs must be a whole number from 1 to 50' }, { status: 400 });
  }
  return streamSSE(train(epochs), { signal: request.signal });
}
