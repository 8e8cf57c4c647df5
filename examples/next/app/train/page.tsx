import type { Metadata } from 'next';
import { Trainer } from './trainer';

export const metadata: Metadata = { title: 'Train' };

export default function Page() {
  return (
    <>
      <h1>Train a network</h1>
      <p className="lead">
        A convolutional network learns 1437 handwritten digits on the server. Each step streams its loss;
        cancel, and the server stops within one step.
      </p>
      <Trainer />
    </>
  );
}
