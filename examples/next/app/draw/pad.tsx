'use client';

import { type PointerEvent, useRef, useState, useTransition } from 'react';
import { recognise } from './actions';
import { inkOf, shrink } from './shrink';

const SIZE = 320;
const PEN = 26;

export function Pad() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pixels, setPixels] = useState<number[]>();
  const [chances, setChances] = useState<number[]>();
  const [failed, setFailed] = useState(false);
  const [pending, startTransition] = useTransition();
  const best = chances?.indexOf(Math.max(...chances));

  function position(event: PointerEvent<HTMLCanvasElement>): [number, number] {
    const { width, height } = event.currentTarget.getBoundingClientRect();
    const { offsetX, offsetY } = event.nativeEvent;
    return [(offsetX / width) * SIZE, (offsetY / height) * SIZE];
  }

  function begin(event: PointerEvent<HTMLCanvasElement>) {
    event.currentTarget.setPointerCapture(event.pointerId);
    const context = inkOf(event.currentTarget);
    context.lineWidth = PEN;
    context.lineCap = 'round';
    context.lineJoin = 'round';
    context.strokeStyle = getComputedStyle(event.currentTarget).color;
    context.beginPath();
    context.moveTo(...position(event));
  }

  function move(event: PointerEvent<HTMLCanvasElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const context = inkOf(event.currentTarget);
    context.lineTo(...position(event));
    context.stroke();
  }

  function end() {
    const next = shrink(canvas.current!);
    if (next === undefined) return;
    setPixels(next);
    setFailed(false);
    startTransition(async () => {
      try {
        const answer = await recognise(next);
        startTransition(() => setChances(answer));
      } catch {
        startTransition(() => setFailed(true));
      }
    });
  }

  function clear() {
    inkOf(canvas.current!).clearRect(0, 0, SIZE, SIZE);
    setPixels(undefined);
    setChances(undefined);
  }

  return (
    <section className="panel draw">
      <div>
        <canvas
          ref={canvas}
          width={SIZE}
          height={SIZE}
          aria-label="Drawing area"
          onPointerDown={begin}
          onPointerMove={move}
          onPointerUp={end}
        />
        <button type="button" className="plain" onClick={clear}>
          Clear
        </button>
      </div>
      <div aria-live="polite">
        <p className={`answer${pending ? ' pending' : ''}`} data-testid="answer">
          {best ?? '?'}
        </p>
        <ol className="chances" start={0}>
          {Array.from({ length: 10 }, (_, digit) => {
            const chance = chances?.[digit] ?? 0;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the digits are what the index says.
              <li key={digit} className={digit === best ? 'best' : undefined}>
                <span>{digit}</span>
                <i style={{ inlineSize: `${(chance * 100).toFixed(1)}%` }} />
              </li>
            );
          })}
        </ol>
        {failed && <p className="error">The server could not tell.</p>}
      </div>
      <div className="seen">
        <p className="quiet">What the network sees</p>
        <div className="pixels" aria-hidden="true">
          {Array.from({ length: 64 }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a pixel is its place.
            <i key={i} style={{ opacity: (pixels?.[i] ?? 0) / 16 }} />
          ))}
        </div>
      </div>
    </section>
  );
}
