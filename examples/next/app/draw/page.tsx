import type { Metadata } from 'next';
import { Pad } from './pad';

export const metadata: Metadata = { title: 'Draw' };

export default function Page() {
  return (
    <>
      <h1>Draw a digit</h1>
      <p className="lead">
        The drawing becomes 8 × 8 pixels in the browser; a server action passes them to the network that was
        trained last. If there is none yet, the first drawing waits a few seconds for it.
      </p>
      <Pad />
    </>
  );
}
