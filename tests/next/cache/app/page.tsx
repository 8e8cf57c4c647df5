// Cached functions and arrays: the page shows what `?show=...` asks for.
import { core as mx } from 'mlx';
import { toPlain } from 'mlx/react';
import { Suspense } from 'react';

const random = (count: number): Promise<number[]> => toPlain(mx.random.normal([count]));

async function cachedRandom(count: number): Promise<number[]> {
  'use cache';
  return random(count);
}

async function cachedOnes(count: number): Promise<mx.array> {
  'use cache';
  return mx.ones([count]);
}

async function cachedSum(a: mx.array): Promise<number> {
  'use cache';
  return toPlain(mx.sum(a));
}

const SHOWN: Record<string, () => Promise<unknown>> = {
  plain: async () => ({ cached: await cachedRandom(3), fresh: await random(3) }),
  returned: () => cachedOnes(3),
  taken: () => cachedSum(mx.ones([3])),
};

interface Asked {
  searchParams: Promise<{ show: string }>;
}

async function Answer({ searchParams }: Asked) {
  const { show } = await searchParams;
  return <pre>{JSON.stringify(await SHOWN[show]!())}</pre>;
}

export default function Page({ searchParams }: Asked) {
  return (
    <Suspense>
      <Answer searchParams={searchParams} />
    </Suspense>
  );
}
