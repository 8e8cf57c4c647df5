// streamSSE: the text of a stream, its pace, and its end.
import assert from 'node:assert/strict';
import mlx, { core as mx } from 'mlx';
import { readSSE, StreamError, streamSSE } from 'mlx/react';
import { pause, Steps, until } from './events';

async function collect(response: Response): Promise<{ values: any[]; result: any }> {
  const values = [];
  const reader = readSSE(response);
  for (;;) {
    const { done, value } = await reader.next();
    if (done) return { values, result: value };
    values.push(value);
  }
}

/** Runs with the console's errors collected instead of shown. */
async function quietly<T>(run: () => Promise<T>): Promise<{ result: T; errors: unknown[] }> {
  const original = console.error;
  const errors: unknown[] = [];
  console.error = (error: unknown) => errors.push(error);
  try {
    return { result: await run(), errors };
  } finally {
    console.error = original;
  }
}

describe('streamSSE', () => {
  it('answers with the headers of a stream that nothing on the way holds back', () => {
    const { headers, status } = streamSSE([], { headers: { 'x-mine': '1', 'content-type': 'text/plain' } });
    assert.equal(status, 200);
    assert.deepEqual(Object.fromEntries(headers), {
      'cache-control': 'no-cache, no-transform',
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      'x-mine': '1',
    });
  });

  it('writes one event per value, and what the generator returned at the end', async () => {
    async function* values() {
      yield { step: 1, loss: mx.array(0.5) };
      yield [mx.arange(3), 'two\nlines'];
      return mx.array(true);
    }
    assert.equal(
      await streamSSE(values()).text(),
      'data: {"step":1,"loss":0.5}\n\ndata: [[0,1,2],"two\\nlines"]\n\nevent: done\ndata: true\n\n',
    );
  });

  it('takes iterables that are not asynchronous, and functions that return one', async () => {
    assert.deepEqual(await collect(streamSSE([1, mx.array(2)])), { values: [1, 2], result: null });
    assert.deepEqual(await collect(streamSSE(() => [3])), { values: [3], result: null });
  });

  it('carries what JSON lacks', async () => {
    const value = {
      large: mx.array(2n ** 60n, mx.int64),
      small: 7n,
      odd: mx.array([Number.NaN, Number.POSITIVE_INFINITY, -1.5]),
      list: [new Float64Array([0.1, 2]), Buffer.from([1, 2])],
      complex: mx.array([mx.complex(1, -2)]),
      nothing: undefined,
      flags: mx.array([true, false]),
    };
    const { values } = await collect(streamSSE([value]));
    assert.deepEqual(values, [
      {
        large: 2n ** 60n,
        small: 7,
        odd: [Number.NaN, Number.POSITIVE_INFINITY, -1.5],
        list: [new Float64Array([0.1, 2]), new Uint8Array([1, 2])],
        complex: [{ re: 1, im: -2 }],
        flags: [true, false],
      },
    ]);
  });

  it('carries arrays in typed form', async () => {
    const arrays = [
      mx.array([[1, 2]], mx.float32),
      mx.array([2n ** 62n], mx.int64),
      mx.array([1.5], mx.bfloat16),
    ];
    const { values } = await collect(streamSSE([arrays], { arrays: 'typed' }));
    assert.deepEqual(values[0], [
      { dtype: 'float32', shape: [1, 2], data: new Float32Array([1, 2]) },
      { dtype: 'int64', shape: [1], data: new BigInt64Array([2n ** 62n]) },
      { dtype: 'bfloat16', shape: [1], data: new Uint16Array([0x3fc0]) },
    ]);
  });

  it('makes nothing that nobody reads', async () => {
    const steps = new Steps();
    const reader = streamSSE(steps).body!.getReader();
    await pause(30);
    assert.equal(steps.made, 0);
    for (let i = 1; i <= 3; i++) {
      await reader.read();
      await pause(10);
      assert.equal(steps.made, i);
    }
    await reader.cancel();
    await until(() => steps.ended, 'end of the steps');
  });

  it('ends the work when its signal is aborted', async () => {
    const steps = new Steps();
    const controller = new AbortController();
    const reader = streamSSE(steps, { signal: controller.signal }).body!.getReader();
    await reader.read();
    const next = reader.read();
    controller.abort();
    assert.equal((await next).done, true);
    await until(() => steps.ended, 'end of the steps');
    const { made } = steps;
    await pause(20);
    assert.equal(steps.made, made);
  });

  it('ends the work when the reader leaves, and tells the function’s signal', async () => {
    const steps = new Steps();
    let given: AbortSignal | undefined;
    const response = streamSSE((signal) => {
      given = signal;
      return steps;
    });
    const reader = response.body!.getReader();
    await reader.read();
    assert.equal(given?.aborted, false);
    await reader.cancel();
    assert.equal(given?.aborted, true);
    await until(() => steps.ended, 'end of the steps');
  });

  it('does not wait for work that cannot be interrupted', async () => {
    const controller = new AbortController();
    const never = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
    const reader = streamSSE(never, { signal: controller.signal }).body!.getReader();
    const next = reader.read();
    controller.abort();
    assert.equal((await next).done, true);
  });

  it('starts nothing for a request that has ended already', async () => {
    const steps = new Steps();
    assert.equal(await streamSSE(steps, { signal: AbortSignal.abort() }).text(), '');
    assert.equal(steps.made, 0);
  });

  it('tells the client of an error, but not what it says', async () => {
    async function* values() {
      yield 1;
      mx.array([1, 2]).reshape([3]);
    }
    const { result, errors } = await quietly(() => streamSSE(values()).text());
    assert.equal(
      result,
      'data: 1\n\nevent: error\ndata: {"message":"The server could not continue this stream."}\n\n',
    );
    assert.equal(errors.length, 1);
    assert.ok(errors[0] instanceof mlx.ValueError);
    await assert.rejects(
      quietly(() => collect(streamSSE(values()))),
      (error) =>
        error instanceof StreamError && error.message === 'The server could not continue this stream.',
    );
  });

  it('sends the text that onError chooses', async () => {
    const values = new Steps(3, (step) => (step < 2 ? step : { model: () => 0 }));
    const text = await streamSSE(values, { onError: (error) => (error as Error).message }).text();
    assert.match(
      text,
      /^data: 1\n\nevent: error\ndata: \{"message":"The value\.model cannot leave the server \(function\)[^\n]*"\}\n\n$/,
    );
    assert.ok(!text.includes('.ts:'), text);
    // What could not be sent ends the work as well.
    await until(() => values.ended, 'end of the steps');
  });

  it('breaks the connection, and nothing else, when onError throws', async () => {
    const broken = () => {
      throw new Error('no text');
    };
    const response = streamSSE([() => 0], { heartbeat: 5, onError: broken });
    await assert.rejects(response.text(), /no text/);
    // A comment after the end would be an error that nobody catches.
    await pause(20);
  });

  it('refuses the key that marks special values', async () => {
    const { result } = await quietly(() => streamSSE([{ $mlx: 'bigint' }]).text());
    assert.match(result, /^event: error/);
  });

  it('keeps an idle connection open with comments', async () => {
    async function* values() {
      await pause(60);
      yield 1;
    }
    const response = streamSSE(values(), { heartbeat: 10 });
    const text = await response.text();
    assert.match(text, /^(:\n\n){2,}data: 1\n\nevent: done\ndata: null\n\n$/);
  });

  it('refuses what is no iterable and no form of arrays', () => {
    assert.throws(() => streamSSE(5 as never), /expected an async iterable, an iterable, or a function/);
    assert.throws(() => streamSSE([], { arrays: 'text' as never }), /arrays must be 'lists' or 'typed', got/);
  });

  it('leaves no arrays behind', async () => {
    mlx.native.collect();
    const before = mlx.native.liveObjects();
    const values = new Steps(200, (step) => ({ a: mx.ones([16]).multiply(step) }));
    const { values: got } = await collect(streamSSE(values));
    assert.equal(got.length, 200);
    mlx.native.collect();
    assert.ok(mlx.native.liveObjects() - before < 10, `${mlx.native.liveObjects() - before} more`);
  });
});

describe('readSSE', () => {
  it('says what is wrong with an answer', async () => {
    const read = (response: Response) => readSSE(response).next();
    await assert.rejects(read(new Response('no', { status: 404, statusText: 'Not Found' })), {
      name: 'StreamError',
      message: 'The server answered 404 Not Found',
    });
    await assert.rejects(
      read(Response.json({})),
      /content type application\/json, expected text\/event-stream/,
    );
  });

  it('notices a connection that broke', async () => {
    const cut = new Response('data: 1\n\n', { headers: { 'content-type': 'text/event-stream' } });
    await assert.rejects(collect(cut), /ended before the stream was complete/);
  });

  it('ends the request when the loop is left', async () => {
    const steps = new Steps();
    for await (const step of readSSE(streamSSE(steps))) if (step === 3) break;
    await until(() => steps.ended, 'end of the steps');
  });
});
