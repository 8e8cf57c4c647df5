// The hook, in React with a DOM of happy-dom: start, cancel, state, values, errors, leaving the page.
import assert from 'node:assert/strict';
import { core as mx } from 'mlx';
import type { MLXStream, StreamOptions, StreamSource } from 'mlx/react';
import { streamSSE, useMLXStream as useOnServer } from 'mlx/react';
import { pause, Steps, until } from './events';

const GLOBALS = ['window', 'document', 'navigator', 'IS_REACT_ACT_ENVIRONMENT', 'fetch'];

/** A variable: happy-dom's types ask for newer ones of Node than the oldest supported. */
const DOM: string = 'happy-dom';

describe('useMLXStream', () => {
  const saved = new Map<string, PropertyDescriptor | undefined>();
  let window: any;
  let react: typeof import('react');
  let createRoot: typeof import('react-dom/client').createRoot;
  let useMLXStream: typeof useOnServer;
  let stream: MLXStream;
  let renders: number;
  let requests: { url: string; init: RequestInit }[];
  let answer: (signal: AbortSignal) => Response;
  const roots: import('react-dom/client').Root[] = [];

  function define(name: string, value: unknown): void {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }

  before(async () => {
    for (const name of GLOBALS) saved.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    window = new (await import(DOM)).Window();
    define('window', window);
    define('document', window.document);
    define('navigator', window.navigator);
    define('IS_REACT_ACT_ENVIRONMENT', true);
    // Of the network alone there is a stand-in: the response is what the server's half makes.
    define('fetch', async (url: string | URL, init: RequestInit) => {
      requests.push({ url: String(url), init });
      return answer(init.signal!);
    });
    react = await import('react');
    ({ createRoot } = await import('react-dom/client'));
    ({ useMLXStream } = await import('../../js/react/client'));
  });

  beforeEach(() => {
    requests = [];
    renders = 0;
  });

  afterEach(async () => {
    for (const root of roots.splice(0)) await react.act(async () => root.unmount());
  });

  after(async () => {
    await window.happyDOM.close();
    for (const [name, descriptor] of saved) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else delete (globalThis as Record<string, unknown>)[name];
    }
  });

  async function show(
    source: StreamSource,
    options?: StreamOptions,
  ): Promise<import('react-dom/client').Root> {
    function Component(): null {
      stream = useMLXStream(source, options);
      renders++;
      return null;
    }
    const root = createRoot(window.document.createElement('div'));
    roots.push(root);
    await react.act(async () =>
      root.render(react.createElement(react.StrictMode, null, react.createElement(Component))),
    );
    return root;
  }

  /** Lets the stream and React work until something holds. */
  async function wait(holds: () => boolean, what: string): Promise<void> {
    await react.act(() => until(holds, what));
  }

  it('is idle until it starts, then has the values, the result and the end', async () => {
    async function* values() {
      yield { loss: mx.array(0.5) };
      yield { loss: mx.array(0.25) };
      return { steps: 2 };
    }
    answer = () => streamSSE(values());
    await show('/api/train');
    assert.deepEqual([stream.state, stream.values, requests.length], ['idle', [], 0]);
    await react.act(async () => stream.start({ method: 'POST', body: '{}' }));
    await wait(() => stream.state === 'done', 'end');
    assert.deepEqual(stream.values, [{ loss: 0.5 }, { loss: 0.25 }]);
    assert.deepEqual([stream.last, stream.result, stream.error], [{ loss: 0.25 }, { steps: 2 }, undefined]);
    assert.deepEqual([requests[0]!.url, requests[0]!.init.method], ['/api/train', 'POST']);
  });

  it('cancels: the request ends, and with it the work', async () => {
    const steps = new Steps();
    answer = (signal) => streamSSE(steps, { signal });
    await show('/api');
    await react.act(async () => stream.start());
    await wait(() => stream.values.length > 2, 'values');
    assert.equal(stream.state, 'streaming');
    await react.act(async () => stream.cancel());
    assert.equal(stream.state, 'cancelled');
    assert.equal(requests[0]!.init.signal!.aborted, true);
    await wait(() => steps.ended, 'end of the steps');
    const { length } = stream.values;
    await react.act(() => pause(40));
    assert.equal(stream.values.length, length);
    assert.equal(stream.state, 'cancelled');
  });

  it('ends with its component', async () => {
    const steps = new Steps();
    answer = (signal) => streamSSE(steps, { signal });
    const root = await show('/api');
    await react.act(async () => stream.start());
    await wait(() => stream.values.length > 0, 'values');
    await react.act(async () => root.unmount());
    await until(() => steps.ended, 'end of the steps');
  });

  it('reports errors of the server, of the answer and of the network', async () => {
    const original = console.error;
    console.error = () => {};
    try {
      answer = () =>
        streamSSE(
          new Steps(2, () => {
            throw new Error('secret');
          }),
        );
      await show('/api');
      await react.act(async () => stream.start());
      await wait(() => stream.state === 'error', 'error');
      assert.equal(stream.error?.message, 'The server could not continue this stream.');
      answer = () => new Response('', { status: 500, statusText: 'Oh' });
      await react.act(async () => stream.start());
      await wait(() => /answered 500 Oh/.test(stream.error?.message ?? ''), 'status');
      answer = () => {
        throw new TypeError('network');
      };
      await react.act(async () => stream.start());
      await wait(() => stream.error?.message === 'network', 'network');
      answer = () => streamSSE([1]);
      await react.act(async () => stream.start());
      await wait(() => stream.state === 'done', 'recovery');
      assert.deepEqual([stream.error, stream.values], [undefined, [1]]);
    } finally {
      console.error = original;
    }
  });

  it('starts again from the beginning, and drops the run before', async () => {
    const first = new Steps();
    answer = (signal) => streamSSE(first, { signal });
    await show('/api');
    await react.act(async () => stream.start());
    await wait(() => stream.values.length > 0, 'values');
    answer = () => streamSSE(['again']);
    await react.act(async () => stream.start());
    await wait(() => stream.state === 'done', 'end');
    assert.deepEqual(stream.values, ['again']);
    assert.ok(first.ended);
  });

  it('starts by itself, once, with `auto`', async () => {
    answer = () => streamSSE([1, 2, 3]);
    await show('/api', { auto: true, keep: 2 });
    await wait(() => stream.state === 'done', 'end');
    // Strict mode mounts twice.
    assert.equal(requests.length, 1);
    assert.deepEqual(stream.values, [2, 3]);
  });

  it('reads an async iterable that a server component passed', async () => {
    const steps = new Steps(5);
    await show(steps, { auto: true });
    await wait(() => stream.state === 'done', 'end');
    assert.deepEqual(stream.values, [1, 2, 3, 4, 5]);
    assert.equal(requests.length, 0);
  });

  it('renders per frame, not per value', async () => {
    answer = () => streamSSE(Array.from({ length: 2000 }, (_, i) => i));
    await show('/api');
    await react.act(async () => stream.start());
    await wait(() => stream.state === 'done', 'end');
    assert.equal(stream.values.length, 2000);
    assert.ok(renders < 400, `${renders} renderings`);
  });

  it('is idle on the server, where it cannot start', () => {
    const { state, values, start } = useOnServer('/api');
    assert.deepEqual([state, values], ['idle', []]);
    assert.throws(() => start(), /streams start in the browser/);
  });
});
