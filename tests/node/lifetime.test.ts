// Lifetime: arrays are freed when they are no longer used, in a synchronous loop as well, and never too early.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;
const { collect, liveObjects } = mlx.native;
const MEGABYTE = 2 ** 20;

/** Runs a program in a process of its own; its last line must be `ok`. Returns its peak of resident memory in MB. */
async function run(program: string): Promise<number> {
  const source = `import mlx, { core as mx } from 'mlx';\n${program}\n
    console.log(process.resourceUsage().maxRSS, 'ok');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', source]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const [status, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.on('close', (code, by) => resolve([code, by]));
  });
  assert.deepEqual([status, signal], [0, null], err);
  const [peak, ok] = out.trim().split('\n').at(-1)!.split(' ');
  assert.equal(ok, 'ok', out);
  return Number(peak) / 1024;
}

/** Live objects made by `body` and gone after a collection. */
function leftBy(body: () => void): number {
  collect();
  const before = liveObjects();
  body();
  collect();
  return liveObjects() - before;
}

describe('arrays', () => {
  it('are counted while they live', () => {
    const kept: any[] = [];
    assert.equal(
      leftBy(() => void kept.push(mx.array(1), mx.zeros([3]), mx.array([1]).add(1))),
      3,
    );
    kept.length = 0;
    assert.ok(leftBy(() => {}) <= 0);
  });

  const makers: [name: string, make: () => unknown][] = [
    ['operations', () => mx.add(mx.ones([2]), 1).sum()],
    ['lists of results', () => mx.split(mx.arange(6), 3)],
    ['tuples of results', () => mx.linalg.qr(mx.ones([2, 2]), { stream: mx.cpu })],
    ['indexing', () => mx.arange(6).get('1:3')],
    ['assignment', () => mx.arange(6).set(0, mx.array(7))],
    ['in-place operators', () => mx.ones([2]).iadd(mx.ones([2]))],
    ['iteration', () => [...mx.ones([3, 2])]],
    ['lists of arrays', () => mx.array([mx.array(1), mx.array(2)])],
    ['scalars as operands', () => mx.add(1, 2)],
    ['typed data as operands', () => mx.add(mx.ones([2]), any(Float32Array.of(1, 2)))],
    ['shared typed data', () => mx.asarray(new Float32Array(8))],
    [
      'conversions',
      () => [mx.ones([2]).tolist(), mx.ones([2]).toTypedArray({ copy: false }), String(mx.ones([2]))],
    ],
    ['random numbers', () => mx.random.normal([3])],
    ['calls that fail in native code', () => assert.throws(() => mx.add(mx.ones([2]), mx.ones([3])))],
    ['calls that fail in a converter', () => assert.throws(() => mx.add(mx.ones([2]), any('x')))],
    [
      'calls that fail in the middle of a list',
      () => assert.throws(() => mx.concatenate(any([mx.ones([2]), 1]))),
    ],
    [
      'evaluations that fail',
      () => assert.throws(() => mx.linalg.eig(mx.full([2, 2], Number.NaN), { stream: mx.cpu })[0].eval()),
    ],
    ['einsum', () => mx.einsum('ij,jk->ik', mx.ones([2, 2]), mx.ones([2, 2]))],
    ['mx.eval of a tree', () => mx.eval([mx.ones([2]), { a: mx.ones([3]) }])],
    ['mx.depends', () => mx.depends([mx.ones([2])], [mx.ones([3])])],
  ];
  for (const [name, make] of makers) {
    it(`of ${name} leave nothing behind`, () => {
      const left = leftBy(() => {
        for (let i = 0; i < 50; i++) make();
      });
      assert.equal(left, 0);
    });
  }
});

describe('a disposed array', () => {
  const gone = mx.array([1, 2]);
  gone.dispose();

  it('is freed at once, and disposing of it again is allowed', () => {
    const before = liveObjects();
    const a = mx.array([1]);
    assert.equal(liveObjects(), before + 1);
    a.dispose();
    a.dispose();
    a[Symbol.dispose]();
    assert.equal(liveObjects(), before);
  });

  it('does not take other arrays with it', () => {
    const a = mx.array([1, 2]);
    const b = a.add(1);
    const view = a.reshape([2, 1]);
    a.dispose();
    assert.deepEqual(
      [b.tolist(), view.tolist()],
      [
        [2, 3],
        [[1], [2]],
      ],
    );
  });

  const prototype = any(mx.array).prototype;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    if (['constructor', 'dispose', 'toTypedArrayAsync', 'itemAsync', 'tolistAsync'].includes(name)) continue;
    if (['$$typeof', '_payload', '_init'].includes(name)) continue; // what React looks at
    it(`refuses ${name}`, () => {
      const { get, value } = Object.getOwnPropertyDescriptor(prototype, name)!;
      const attempts =
        get !== undefined
          ? [() => get.call(gone)]
          : [[], [1], [1, 2]].map((args) => () => value.apply(gone, args));
      const messages = attempts.map((attempt) => {
        try {
          attempt();
        } catch (error: any) {
          assert.match(error.code, /^ERR_MLX_/);
          return error.message;
        }
        return 'nothing was thrown';
      });
      assert.ok(
        messages.some((message) => message.includes('disposed')),
        messages.join('\n'),
      );
      assert.ok(!messages.includes('nothing was thrown'), messages.join('\n'));
    });
  }

  it('rejects in asynchronous calls', async () => {
    for (const name of ['toTypedArrayAsync', 'itemAsync', 'tolistAsync']) {
      await assert.rejects(any(gone)[name](), /disposed/);
    }
    await assert.rejects(mx.async_eval(gone), /async_eval\(\).*disposed/);
  });

  it('is refused as argument of each kind', () => {
    const calls: (() => unknown)[] = [
      () => mx.sum(gone), () => mx.add(1, gone), () => mx.concatenate([gone]), () => mx.eval(gone), () => mx.eval([{ gone }]),
      () => mx.array(gone), () => mx.array([gone]), () => mx.take(mx.ones([2]), gone), () => mx.ones([3]).get(gone),
      () => mx.ones([3]).set(0, gone), () => mx.ones([3]).at(0).add(gone), () => mx.atleast_1d(gone), () => mx.zeros_like(gone),
      () => mx.random.uniform({ key: gone }), () => mx.clip(mx.ones([2]), gone, 1), () => mx.einsum('i->', gone),
      () => mx.depends(gone, gone), () => mx.get_array_buffer_size(gone), () => mx.result_type(gone), () => mx.asarray(gone),
      () => mx.meshgrid(gone), () => mx.array_equal(gone, gone), () => mx.where(gone, 1, 2), () => mx.broadcast_to(gone, [2]),
    ]; // biome-ignore format: a list
    for (const call of calls) throws(call, mlx.ValueError, /disposed/);
    throws(() => mx.sum(mx.ones([3]), any(gone)), mlx.TypeError, /axis/);
  });
});

describe('mx.tidy', () => {
  it('frees what its function made, except what it returns', () => {
    const before = liveObjects();
    let inner: any;
    const result = mx.tidy(() => {
      inner = mx.ones([2]).add(1);
      return { sum: inner.sum(), list: [mx.array(3)] };
    });
    assert.equal(liveObjects(), before + 2);
    assert.deepEqual([result.sum.item(), result.list[0]!.item()], [4, 3]);
    throws(() => inner.item(), mlx.ValueError, /disposed/);
  });

  it('nests: what an inner one returns belongs to the outer one', () => {
    const before = liveObjects();
    const result = mx.tidy(() => {
      const kept = mx.tidy(() => mx.ones([2]).add(1));
      return kept.multiply(2);
    });
    assert.equal(liveObjects(), before + 1);
    assert.deepEqual(result.tolist(), [4, 4]);
  });

  it('frees everything when its function throws, and the outer one goes on', () => {
    const before = liveObjects();
    const result = mx.tidy(() => {
      const first = mx.ones([2]);
      assert.throws(
        () =>
          mx.tidy(() => {
            mx.ones([3]).add(1);
            throw new Error('mine');
          }),
        /mine/,
      );
      return first.add(1);
    });
    assert.equal(liveObjects(), before + 1);
    assert.deepEqual(result.tolist(), [2, 2]);
  });

  it('leaves arrays from outside alone, also where it returns them', () => {
    const outside = mx.ones([2]);
    assert.equal(
      mx.tidy(() => outside),
      outside,
    );
    mx.tidy(() => void outside.add(1));
    assert.deepEqual(outside.tolist(), [1, 1]);
  });

  it('refuses what it cannot do', () => {
    throws(() => mx.tidy(any(async () => mx.ones([2]))), mlx.TypeError, /tidy.*synchronous/);
    throws(() => mx.tidy(any(3)), mlx.TypeError, /tidy/);
  });
});

describe('memory stays bounded in a synchronous loop', function () {
  this.timeout(280_000);
  const LIMIT = 1024;
  const programs: [name: string, program: string][] = [
    [
      'of a million lazy temporaries of 4 MB',
      'for (let i = 0; i < 1_000_000; i++) mx.add(mx.zeros([1024, 1024]), i);',
    ],
    [
      'of temporaries of 4 MB, evaluated',
      'for (let i = 0; i < 3000; i++) mx.add(mx.zeros([1024, 1024]), i).eval();',
    ],
    [
      'of a million temporaries of which some are evaluated',
      `
      const x = mx.ones([1024, 1024]); x.eval();
      for (let i = 0; i < 1_000_000; i++) { const y = x.add(i); if (i % 1000 === 0) y.eval(); }`,
    ],
    [
      'of lists of results',
      'const x = mx.zeros([1024, 1024]); x.eval(); for (let i = 0; i < 200_000; i++) mx.split(x, 4);',
    ],
    [
      'that keeps its last thousand',
      `
      const ring = []; for (let i = 0; i < 300_000; i++) ring[i % 1000] = mx.add(mx.ones([16, 16]), i);
      for (const x of ring) if (x.get(0, 0).item() < 299_000) throw x;`,
    ],
    [
      'that keeps everything for a while',
      `
      for (let round = 0; round < 5; round++) { const kept = []; for (let i = 0; i < 60_000; i++) kept.push(mx.array(i));
        for (let i = 0; i < 60_000; i += 999) if (kept[i].item() !== i) throw i; }
      mlx.native.collect(); if (mlx.native.liveObjects() > 60_100) throw mlx.native.liveObjects();`,
    ],
    [
      'of state that is replaced',
      `
      let w = mx.zeros([256, 256]); for (let i = 0; i < 20_000; i++) { w = w.add(mx.float(1)); if (i % 10 === 0) w.eval(); }
      if (w.get(0, 0).item() !== 20_000) throw w;`,
    ],
    [
      'of conversions',
      'for (let i = 0; i < 2000; i++) { const x = mx.asarray(new Float32Array(1e6)).add(1); x.toTypedArray({ copy: false }); }',
    ],
    ['of disposed arrays', 'for (let i = 0; i < 500_000; i++) mx.add(mx.zeros([1024, 1024]), 1).dispose();'],
    [
      'of calls that fail',
      'for (let i = 0; i < 100_000; i++) try { mx.add(mx.zeros([1024]), mx.zeros([7])); } catch {}',
    ],
  ];
  for (const [name, program] of programs) {
    it(name, async () => {
      const peak = await run(program);
      assert.ok(peak < LIMIT, `${Math.round(peak)} MB`);
    });
  }
});

describe('deep graphs', function () {
  this.timeout(120_000);
  it('are evaluated and freed without a deep stack', async () => {
    await run(`
      let x = mx.zeros([1]);
      for (let i = 0; i < 100_000; i++) x = x.add(1);
      if (x.item() !== 100_000) throw x;
      for (let i = 0; i < 100_000; i++) x = x.add(1);
      x = undefined;
      mlx.native.collect();
      let y = mx.zeros([2]);
      for (let i = 0; i < 100_000; i++) y = mx.divmod(y, 3)[0];
      y = undefined;
      mlx.native.collect();
      let z = mx.zeros([2]);
      for (let i = 0; i < 50_000; i++) { const next = z.add(1); z.dispose(); z = next; }
      z.dispose();
      if (mlx.native.liveObjects() > 50) throw mlx.native.liveObjects();`);
  });
});

it('live arrays survive everything that frees others', () => {
  const kept = Array.from({ length: 3000 }, (_, i) => mx.array([i, i + 1]));
  for (let round = 0; round < 20; round++) {
    for (let i = 0; i < 2000; i++) mx.array([i]).add(1);
    if (round % 5 === 0) collect();
  }
  assert.ok(kept.every((array, i) => array.get(0).item() === i && array.size === 2));
  assert.ok(process.memoryUsage().rss < 2048 * MEGABYTE);
});
