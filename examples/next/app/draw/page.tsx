import type { Metadata } from 'next';
import { Pad } from './pad';

export const metadata: Metadata = { title: 'Draw' };

export default function Page() {
  return (
    <>
      <h1>Draw a digit</h1>
      <p className="lead">
        The browser shrinks the drawing to 8 × 8 pixels; a server action asks the network that was trained
        last, or trains one first.
      </p>
      <Pad />
    </>
  );
}
