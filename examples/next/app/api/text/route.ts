import { streamSSE } from 'mlx/react';
import { write } from '../../../lib/text/writer';

export const dynamic = 'force-dynamic';

export async function POST(request: Request): Promise<Response> {
  const { prompt, length, temperature } = (await request.json()) as Record<string, unknown>;
  if (typeof prompt !== 'string' || prompt.length > 200) {
    return Response.json({ error: 'prompt must be a text of at most 200 characters' }, { status: 400 });
  }
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 1 || length > 2000) {
    return Response.json({ error: 'length must be a whole number from 1 to 2000' }, { status: 400 });
  }
  if (typeof temperature !== 'number' || !(temperature >= 0.1 && temperature <= 2)) {
    return Response.json({ error: 'temperature must be a number from 0.1 to 2' }, { status: 400 });
  }
  return streamSSE(write(prompt, length, temperature), { signal: request.signal });
}
