import type { Metadata } from 'next';
import { Notebook } from './notebook';

export const metadata: Metadata = { title: 'Write' };

export default function Page() {
  return (
    <>
      <h1>Continue a sentence</h1>
      <p className="lead">
        A transformer of two layers read two thousand sentences of a tiny grammar, one character at a time. It
        learns them when the first request comes, and writes as it samples.
      </p>
      <Notebook />
    </>
  );
}
