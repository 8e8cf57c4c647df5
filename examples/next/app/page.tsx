import { toPlain, toPlainStream } from 'mlx/react';
import Link from 'next/link';
import { connection } from 'next/server';
import { Suspense } from 'react';
import { mlxInfo, powerIteration } from '../lib/matrix';
import { Eigenvalue, Singular } from './matrix';

const CARDS = [
  ['/train', 'Train', 'A network learns to read digits while you watch its loss and accuracy.'],
  ['/draw', 'Draw', 'Draw a digit with a finger. A server action tells which one it is.'],
  ['/text', 'Write', 'A small transformer continues your sentence, character by character.'],
] as const;

/** Waits for its evaluation on the server, off the event loop; the page around it is there already. */
async function Info() {
  await connection();
  const { device, mean } = await mlxInfo();
  return (
    <dl className="facts">
      <div>
        <dt>device</dt>
        <dd>{device}</dd>
      </div>
      <div>
        <dt>mean of a million normal numbers</dt>
        <dd data-testid="mean">{mean.toFixed(5)}</dd>
      </div>
    </dl>
  );
}

/** Hands a promise and an async iterable to client components. */
async function Matrix() {
  await connection();
  const { norm, estimates } = powerIteration(400, 24);
  return (
    <dl className="facts">
      <Suspense fallback={<p className="quiet">Norm of a 400 × 400 matrix …</p>}>
        <Singular norm={toPlain(norm)} />
      </Suspense>
      <Eigenvalue estimates={toPlainStream(estimates)} />
    </dl>
  );
}

export default function Home() {
  return (
    <>
      <section className="intro">
        <h1>Models in the server of a website</h1>
        <p>
          Everything here is computed by MLX inside this site’s Node process: no Python, no second service, no
          network.
        </p>
      </section>
      <ul className="cards">
        {CARDS.map(([href, name, text]) => (
          <li key={href}>
            <Link href={href}>
              <h2>{name}</h2>
              <p>{text}</p>
            </Link>
          </li>
        ))}
      </ul>
      <section className="panel">
        <h2>Computed for this page</h2>
        <Suspense fallback={<p className="quiet">Computing …</p>}>
          <Info />
        </Suspense>
        <Suspense fallback={<p className="quiet">Computing …</p>}>
          <Matrix />
        </Suspense>
      </section>
    </>
  );
}
