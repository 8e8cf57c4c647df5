// The server's half of a stream: an async iterable as a response of server-sent events.
//
// Each value is one event with JSON data. The end is an event `done` with what the generator returned, a failure
// an event `error`. The iterator advances only when the connection takes more, and is returned when it ends.
import { conversion, type PlainOptions, toPlain } from './plain';
import { encode } from './wire';

export type Values<T = unknown> = AsyncIterable<T> | Iterable<T>;

export interface SSEOptions extends PlainOptions {
  /** Ends the stream when aborted: the request's signal. */
  signal?: AbortSignal;
  /** More headers for the response. */
  headers?: RequestInit['headers'];
  /** Milliseconds between comments that keep an idle connection open; 0 for none. 15 seconds by default. */
  heartbeat?: number;
  /** Told of what the values throw; returns the text for the client. Logs, and sends a general text, by default. */
  onError?(error: unknown): string;
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  // no-transform keeps compression from holding events back; the last one does so for nginx.
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

function logged(error: unknown): string {
  console.error(error);
  return 'The server could not continue this stream.';
}

function event(name: string | undefined, data: unknown): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${encode(data)}\n\n`;
}

function iterate(values: unknown): AsyncIterator<unknown> | Iterator<unknown> {
  if (typeof values === 'object' && values !== null) {
    if (Symbol.asyncIterator in values) return (values as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    if (Symbol.iterator in values) return (values as Iterable<unknown>)[Symbol.iterator]();
  }
  throw new TypeError(
    'streamSSE(): expected an async iterable, an iterable, or a function that returns one.',
  );
}

/**
 * A response that streams the values of an iterable, arrays as plain data. A function is given a signal that is
 * aborted when the stream ends early, by `signal` or because the client left; an iterator then has `return()` called.
 */
export function streamSSE(
  values: Values | ((signal: AbortSignal) => Values),
  { signal, headers, heartbeat = 15_000, onError = logged, ...plain }: SSEOptions = {},
): Response {
  conversion(plain);
  const ended = new AbortController();
  const iterator = iterate(typeof values === 'function' ? values(ended.signal) : values);
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  function finish(): void {
    over = true;
    clearInterval(timer);
    signal?.removeEventListener('abort', abort);
  }

  /** A generator that is at work returns at its next yield. What its clean-up throws has no one to go to. */
  function leave(): void {
    new Promise((resolve) => resolve(iterator.return?.())).catch(logged);
  }

  let close = (): void => {};
  function abort(): void {
    if (over) return;
    finish();
    ended.abort(signal?.reason);
    close();
    leave();
  }

  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        close = () => controller.close();
        if (signal?.aborted) return abort();
        signal?.addEventListener('abort', abort, { once: true });
        if (heartbeat > 0) {
          timer = setInterval(() => controller.enqueue(encoder.encode(':\n\n')), heartbeat).unref();
        }
      },
      async pull(controller) {
        const send = (text: string) => controller.enqueue(encoder.encode(text));
        try {
          const { done, value } = await iterator.next();
          const data = await toPlain(value, plain);
          const text = event(done ? 'done' : undefined, data);
          if (over) return;
          send(text);
          if (!done) return;
          finish();
        } catch (error) {
          if (over) return;
          finish();
          leave();
          send(event('error', { message: onError(error) }));
        }
        controller.close();
      },
      cancel() {
        close = () => {};
        abort();
      },
    },
    // Nothing is made ahead of what the connection takes.
    { highWaterMark: 0 },
  );
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(HEADERS)) all.set(name, value);
  return new Response(body, { headers: all });
}
