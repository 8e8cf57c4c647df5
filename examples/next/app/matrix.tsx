'use client';

import { useMLXStream } from 'mlx/react';
import { use } from 'react';

/** Reads a promise that the server passed: the component waits for it, the page does not. */
export function Singular({ norm }: { norm: Promise<number> }) {
  return (
    <div>
      <dt>norm of a random 400 × 400 matrix</dt>
      <dd data-testid="norm">{use(norm).toFixed(4)}</dd>
    </div>
  );
}

interface Estimate {
  round: number;
  rounds: number;
  estimate: number;
}

/** Reads an async iterable that the server passed. */
export function Eigenvalue({ estimates }: { estimates: AsyncIterable<Estimate> }) {
  const { last, state } = useMLXStream<Estimate>(estimates, { auto: true });
  return (
    <div>
      <dt>its largest eigenvalue, by power iteration</dt>
      <dd data-testid="eigenvalue" data-state={state}>
        {last === undefined ? '…' : `${last.estimate.toFixed(4)} after round ${last.round} of ${last.rounds}`}
      </dd>
    </div>
  );
}
