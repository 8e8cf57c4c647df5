// How busy the server is, for the tests; a site in production has no such address.
import mlx from 'mlx';
import { notFound } from 'next/navigation';
import { work } from '../../../lib/work';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  if (process.env.EXAMPLE_TEST !== '1') notFound();
  mlx.native.collect();
  return Response.json({ ...work, arrays: mlx.native.liveObjects() });
}
