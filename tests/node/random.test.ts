// Random numbers: the state behind them, keys, and the same numbers as Python for the same seed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import mlx, { core as mx } from 'mlx';
import { throws } from './throws';

const any = (value: unknown): any => value;

describe('the random state', () => {
  it('gives Python’s numbers for a seed', () => {
    mx.random.seed(0);
    assert.deepEqual(mx.random.state.__getitem__(0).tolist(), [0, 0]);
    assert.deepEqual(
      mx.random.uniform({ shape: [3] }).tolist(),
      [0.8724143505096436, 0.11105155944824219, 0.2770805358886719],
    );
    assert.deepEqual(mx.random.state.__getitem__(0).tolist(), [4146024105, 967050713]);
    assert.deepEqual(mx.random.normal([2]).tolist(), [0.008707307279109955, -0.048885006457567215]);
    assert.deepEqual(mx.random.randint(0, 10, [4]).tolist(), [0, 0, 3, 4]);
  });

  it('begins again with the same seed', () => {
    const draw = () => [
      mx.random.uniform().item(),
      mx.random.permutation(10).tolist(),
      mx.random.bernoulli().item(),
    ];
    mx.random.seed(42);
    const first = draw();
    assert.notDeepEqual(draw(), first);
    mx.random.seed({ seed: 42 } as any);
    assert.deepEqual(draw(), first);
  });

  it('takes seeds of 64 bits', () => {
    mx.random.seed(2n ** 64n - 1n);
    assert.deepEqual(mx.random.state.__getitem__(0).tolist(), [4294967295, 4294967295]);
    for (const seed of [-1, 2n ** 64n, 1.5, '1', null, undefined, Number.NaN]) {
      throws(() => mx.random.seed(any(seed)), mlx.TypeError, /seed\(\).*2\*\*64/);
      throws(() => mx.random.key(any(seed)), mlx.TypeError, /key\(\)/);
    }
    throws(() => any(mx.random).seed(), mlx.TypeError, /seed\(\)/);
    throws(() => any(mx.random).seed(1, 2), mlx.TypeError, /seed\(\)/);
  });

  it('is a list of one key', () => {
    mx.random.seed(3);
    const { state } = mx.random;
    assert.equal(state.__len__(), 1);
    assert.deepEqual(
      [...state].map((key) => key.tolist()),
      [[0, 3]],
    );
    assert.deepEqual(state.__getitem__(-1).tolist(), [0, 3]);
    throws(() => state.__getitem__(1), mlx.IndexError, /random state/);
    throws(() => any(state).replace('key'), mlx.TypeError, /replace\(\)/);
    throws(() => new (any(mx.random)._RandomState)(), mlx.TypeError, /mx\.random\.state/);
  });

  it('is another one in each process without a seed', () => {
    const draw = () => {
      const child = spawnSync(
        process.execPath,
        ['-e', 'console.log(require("mlx").core.random.uniform().item())'],
        { encoding: 'utf8' },
      );
      return child.stdout;
    };
    assert.notEqual(draw(), draw());
  });

  it('does not advance in a call that fails', () => {
    mx.random.seed(1);
    assert.throws(() => mx.random.uniform({ shape: [-1] }));
    assert.throws(() => mx.random.uniform(any({ shape: 'x' })));
    const next = mx.random.uniform().item();
    mx.random.seed(1);
    mx.random.uniform();
    // As in Python, only a call with wrong kinds of arguments leaves the state alone.
    assert.equal(mx.random.uniform().item(), next);
  });
});

describe('random keys', () => {
  const key = mx.random.key(7);

  it('are Python’s', () => {
    assert.deepEqual([key.tolist(), key.dtype], [[0, 7], mx.uint32]);
    assert.deepEqual(mx.random.split(key).tolist(), [
      [966301609, 989289821],
      [1948237315, 1058547403],
    ]);
    assert.deepEqual(mx.random.split(key, 3).tolist()[2], [2900896126, 1402713516]);
  });

  it('decide every draw, and leave the state alone', () => {
    mx.random.seed(5);
    assert.equal(mx.random.uniform({ key }).item(), 0.8441069722175598);
    assert.deepEqual(mx.random.permutation(5, { key }).tolist(), [0, 1, 3, 2, 4]);
    assert.deepEqual(mx.random.bernoulli(0.5, [4], { key }).tolist(), [true, true, true, true]);
    assert.deepEqual(mx.random.categorical(mx.zeros([5]), { num_samples: 3, key }).tolist(), [1, 2, 2]);
    assert.deepEqual(mx.random.state.__getitem__(0).tolist(), [0, 5]);
  });

  it('are checked', () => {
    throws(() => mx.random.uniform({ key: mx.array([1, 2]) }), mlx.ValueError, /uniform\(\).*uint32/);
    throws(() => mx.random.uniform({ key: mx.array([1], mx.uint32) }), mlx.ValueError, /uniform\(\)/);
    throws(() => mx.random.uniform(any({ key: [1, 2] })), mlx.TypeError, /uniform\(\).*key/);
    throws(() => mx.random.split(key, -1), mlx.ValueError, /split\(\)/);
    throws(() => any(mx.random).split(), mlx.TypeError, /split\(\).*key/);
  });
});

describe('random functions refuse', () => {
  const cases: [name: string, call: () => unknown, type: any][] = [
    ['negative shapes', () => mx.random.normal([-3, 2]), mlx.ValueError],
    ['a number as shape', () => mx.random.uniform(any({ shape: 3 })), mlx.TypeError],
    ['ints as dtype of floats', () => mx.random.uniform({ shape: [2], dtype: mx.int32 }), mlx.ValueError],
    ['floats as dtype of ints', () => mx.random.randint(0, 5, [2], mx.float32), mlx.ValueError],
    ['a negative permutation', () => mx.random.permutation(-1), mlx.ValueError],
    [
      'a negative number of samples',
      () => mx.random.categorical(mx.zeros([3]), { num_samples: -1 }),
      mlx.ValueError,
    ],
    [
      'shape and number of samples',
      () => mx.random.categorical(mx.zeros([3]), { shape: [2], num_samples: 2 }),
      mlx.ValueError,
    ],
    ['nothing to choose from', () => mx.random.categorical(mx.zeros([0])), mlx.ValueError],
    ['shapes beyond memory', () => mx.random.gumbel([2 ** 31 - 1, 2 ** 31 - 1]), mlx.OverflowError],
  ];
  for (const [name, call, type] of cases) {
    it(name, () =>
      throws(
        call,
        type,
        /(normal|uniform|randint|permutation|categorical|gumbel)\(\)|\[(categorical|argmax|randint|uniform)\]/,
      ),
    );
  }
});
