// Custom kernels: what is checked before one runs, their life, and, where there is a GPU, that they run.
import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import mlx, { core as mx } from 'mlx';

const METAL = {
  name: 'double_it',
  input_names: ['x'],
  output_names: ['y'],
  source: 'uint i = thread_position_in_grid.x; y[i] = T(N) * x[i];',
};
const CUDA = { ...METAL, source: 'auto i = cg::this_grid().thread_rank(); y[i] = T(N) * x[i];' };

/** Arguments of a call of the kernels above. */
function launch(changes: object = {}): any {
  const x = mx.arange(8, { dtype: mx.float32 });
  return {
    inputs: [x],
    output_shapes: [[8]],
    output_dtypes: [mx.float32],
    grid: [8, 1, 1],
    threadgroup: [8, 1, 1],
    template: [
      ['T', mx.float32],
      ['N', 3],
    ],
    ...changes,
  };
}

function fails(call: () => unknown, type: any, message: RegExp): void {
  assert.throws(call, (error: any) => {
    assert.ok(error instanceof type, `${error?.constructor?.name}: ${error?.message}`);
    assert.match(error.message, message);
    return true;
  });
}

describe('custom kernels', () => {
  let liveBefore: number;
  before(() => {
    mlx.native.collect();
    liveBefore = mlx.native.liveObjects();
  });
  after(() => {
    mlx.native.collect();
    assert.ok(mlx.native.liveObjects() <= liveBefore, 'arrays were left behind');
  });

  describe('are made from', () => {
    it('arguments by position, by name, and both', () => {
      const { name, input_names, output_names, source } = METAL;
      const kernels = [
        mx.fast.metal_kernel(name, input_names, output_names, source),
        mx.fast.metal_kernel(name, input_names, output_names, source, '', true, false, { math_mode: 'fast' }),
        mx.fast.metal_kernel(METAL),
        mx.fast.metal_kernel(name, input_names, output_names, source, { header: '', atomic_outputs: true }),
        mx.fast.metal_kernel({ ...METAL, compile_options: { math_mode: 'relaxed' } }),
        mx.fast.metal_kernel({ ...METAL, compile_options: null }),
        mx.fast.metal_kernel(name, input_names, output_names, source, '', true, false, {
          compile_options: {},
        }),
      ];
      for (const kernel of kernels) {
        assert.equal(typeof kernel, 'function');
        assert.equal(kernel.name, 'double_it');
      }
    });

    // The classes are Python MLX's.
    const wrong: [name: string, options: any, type: any, message: RegExp][] = [
      ['nothing', {}, mlx.TypeError, /missing argument 'name'/],
      ['no outputs', { ...METAL, output_names: [] }, mlx.ValueError, /output/],
      [
        'a string of names',
        { ...METAL, input_names: 'abc' },
        mlx.TypeError,
        /'input_names' must be a list of strings/,
      ],
      ['numbers as names', { ...METAL, output_names: [1] }, mlx.TypeError, /'output_names'/],
      ['an unknown keyword', { ...METAL, headr: '' }, mlx.TypeError, /unknown keyword 'headr'/],
      ['null as header', { ...METAL, header: null }, mlx.TypeError, /'header' must be a string/],
      [
        'a number as bool',
        { ...METAL, ensure_row_contiguous: 1 },
        mlx.TypeError,
        /'ensure_row_contiguous' must be a bool/,
      ],
      [
        'an unknown math mode',
        { ...METAL, compile_options: { math_mode: 'x' } },
        mlx.ValueError,
        /'safe', 'relaxed' or 'fast'/,
      ],
      [
        'an inherited name as math mode',
        { ...METAL, compile_options: { math_mode: 'constructor' } },
        mlx.ValueError,
        /math_mode/,
      ],
      [
        'a number as math mode',
        { ...METAL, compile_options: { math_mode: 1 } },
        mlx.RuntimeError,
        /math_mode must be a string/,
      ],
      [
        'an unknown compile option',
        { ...METAL, compile_options: { foo: 1 } },
        mlx.ValueError,
        /unknown compile option 'foo'/,
      ],
      [
        'a list of compile options',
        { ...METAL, compile_options: [1] },
        mlx.ValueError,
        /must be a dictionary/,
      ],
    ];
    for (const [name, options, type, message] of wrong) {
      it(`${name}: an error`, () => fails(() => mx.fast.metal_kernel(options), type, message));
    }

    it('CUDA source, where CUDA is', () => {
      if (mx.cuda.is_available()) assert.equal(mx.fast.cuda_kernel(CUDA).name, 'double_it');
      else fails(() => mx.fast.cuda_kernel(CUDA), mlx.RuntimeError, /No CUDA back-end/);
      fails(() => mx.fast.cuda_kernel({ ...CUDA, shared_memory: -1 }), mlx.ValueError, /shared_memory/);
      fails(
        () => mx.fast.cuda_kernel({ ...CUDA, shared_memory: 2 ** 31 }),
        mlx.TypeError,
        /'shared_memory' must be an int/,
      );
    });
  });

  describe('take', () => {
    const wrong: [name: string, changes: any, type: any, message: RegExp][] = [
      ['too many inputs', { inputs: [1, 2] }, mlx.ValueError, /`inputs` to have size 1 but got size 2/],
      ['null as input', { inputs: [null] }, mlx.TypeError, /metal_kernel\.__call__\(\): argument 'inputs'/],
      ['a list as input', { inputs: [[1, 2]] }, mlx.ValueError, /not a list/],
      ['no inputs', { inputs: undefined }, mlx.TypeError, /missing argument 'inputs'/],
      [
        'too few shapes',
        { output_shapes: [] },
        mlx.ValueError,
        /`output_shapes` to have size 1 but got size 0/,
      ],
      ['a number as shape', { output_shapes: [4] }, mlx.TypeError, /'output_shapes'/],
      ['half a dimension', { output_shapes: [[1.5]] }, mlx.TypeError, /'output_shapes'/],
      ['a negative dimension', { output_shapes: [[-1]] }, mlx.ValueError, /\[-1\] is not the shape/],
      ['a dimension beyond 32 bits', { output_shapes: [[2 ** 31]] }, mlx.OverflowError, /2147483648/],
      ['a shape beyond memory', { output_shapes: [[2 ** 30, 2 ** 30]] }, mlx.ValueError, /is not the shape/],
      [
        'too many dtypes',
        { output_dtypes: [mx.float32, mx.float32] },
        mlx.ValueError,
        /`output_dtypes` to have size 1/,
      ],
      [
        'a string as dtype',
        { output_dtypes: ['float32'] },
        mlx.TypeError,
        /'output_dtypes' must be a list of dtypes/,
      ],
      ['a grid of 2', { grid: [1, 1] }, mlx.TypeError, /'grid' must be a list of 3 ints/],
      ['a number as grid', { grid: 1 }, mlx.TypeError, /'grid'/],
      ['a fraction in the grid', { grid: [1.5, 1, 1] }, mlx.TypeError, /'grid'/],
      ['a grid beyond 32 bits', { grid: [2 ** 31, 1, 1] }, mlx.TypeError, /'grid'/],
      ['a threadgroup of 0', { threadgroup: [0, 1, 1] }, mlx.ValueError, /threadgroup must be positive/],
      [
        'a float as template argument',
        { template: [['T', 1.5]] },
        mlx.ValueError,
        /'T' must be a dtype, an int/,
      ],
      ['a marked float', { template: { T: mx.float(1) } }, mlx.ValueError, /got Float/],
      ['a template int beyond 32 bits', { template: { T: 2 ** 31 } }, mlx.ValueError, /'T'/],
      ['a number as template name', { template: [[1, 2]] }, mlx.TypeError, /'template'/],
      ['a string as init_value', { init_value: 'x' }, mlx.TypeError, /'init_value'/],
      ['a number as verbose', { verbose: 1 }, mlx.TypeError, /'verbose' must be a bool/],
      ['a string as stream', { stream: 'x' }, mlx.TypeError, /'stream'/],
      ['an unknown keyword', { bla: 1 }, mlx.TypeError, /unknown keyword 'bla'/],
    ];
    for (const [name, changes, type, message] of wrong) {
      it(`${name}: an error`, () => {
        const kernel = mx.fast.metal_kernel(METAL);
        fails(() => kernel(launch(changes)), type, message);
      });
    }

    it('positional arguments: an error', () => {
      const kernel: any = mx.fast.metal_kernel(METAL);
      fails(() => kernel([mx.array(1)]), mlx.TypeError, /Signature: metal_kernel\.__call__/);
      fails(() => kernel(), mlx.TypeError, /missing argument 'inputs'/);
    });

    it('a disposed array: an error', () => {
      const gone = mx.array([1]);
      gone.dispose();
      const kernel = mx.fast.metal_kernel(METAL);
      fails(() => kernel(launch({ inputs: [gone] })), mlx.ValueError, /disposed/);
    });
  });

  describe('run', () => {
    const templates: any[] = [
      [
        ['T', mx.float32],
        ['N', 3],
      ],
      { T: mx.float32, N: 3 },
      new Map<string, any>([
        ['T', mx.float32],
        ['N', 3n],
      ]),
    ];
    const expected = [0, 3, 6, 9, 12, 15, 18, 21];

    it('on Metal, or say that there is none', () => {
      const kernel = mx.fast.metal_kernel(METAL);
      for (const template of templates) {
        const run = () => kernel(launch({ template }))[0].tolist();
        if (mx.metal.is_available()) assert.deepEqual(run(), expected);
        else fails(run, mlx.RuntimeError, /No Metal back-end/);
      }
    });

    it('on CUDA, or say that there is none', () => {
      for (const template of templates) {
        const run = () => mx.fast.cuda_kernel(CUDA)(launch({ template }))[0].tolist();
        if (mx.cuda.is_available()) assert.deepEqual(run(), expected);
        else fails(run, mlx.RuntimeError, /No CUDA back-end/);
      }
    });
  });

  describe('precompiled', () => {
    /** Calls a kernel; `undefined` among the changes leaves an argument out. */
    function run(changes: object): any {
      const given = {
        ...launch({ template: undefined }),
        name: 'k',
        compiled_source: Buffer.from('nothing'),
        scalars: [1, 2.5, true, mx.float(1)],
        ...changes,
      };
      const entries = Object.entries(given).filter(([, value]) => value !== undefined);
      return mx.fast.precompiled_cuda_kernel(Object.fromEntries(entries) as any);
    }
    const wrong: [name: string, changes: any, type: any, message: RegExp][] = [
      ['a string as module', { compiled_source: 'abc' }, mlx.TypeError, /'compiled_source' must be bytes/],
      [
        'a string as scalar',
        { scalars: ['x'] },
        mlx.ValueError,
        /a scalar must be a bool, an int of 32 bits or a float, got string/,
      ],
      ['an int beyond 32 bits', { scalars: [2 ** 40] }, mlx.ValueError, /got number/],
      ['too few dtypes', { output_dtypes: [] }, mlx.ValueError, /same length/],
      ['a grid of 0', { grid: [0, 1, 1] }, mlx.ValueError, /grid must be positive/],
      ['no name', { name: undefined }, mlx.TypeError, /missing argument 'name'/],
      ['a template', { template: {} }, mlx.TypeError, /unknown keyword 'template'/],
    ];
    for (const [name, changes, type, message] of wrong) {
      it(`${name}: an error`, () => fails(() => run(changes), type, message));
    }

    it('a module that is none, or no CUDA: an error', () => {
      fails(() => mx.eval(run({})), mlx.RuntimeError, mx.cuda.is_available() ? /./ : /No CUDA back-end/);
    });
  });

  describe('live', () => {
    it('as long as their function, in any number', () => {
      const source = '/'.repeat(10_000);
      for (let i = 0; i < 5000; i++) mx.fast.metal_kernel({ ...METAL, source });
      mlx.native.collect();
      fails(
        () => mx.fast.metal_kernel(METAL)(launch({ inputs: [] })),
        mlx.ValueError,
        /size 1 but got size 0/,
      );
    });

    it('in a worker, up to its end', async () => {
      const code = `
        const { core: mx } = require('mlx');
        globalThis.kernels = Array.from({ length: 100 }, () => mx.fast.metal_kernel('k', ['x'], ['y'], ''));
        const { parentPort } = require('node:worker_threads');
        try { kernels[0]({}); } catch (error) { parentPort.postMessage(error.code); }`;
      const worker = new Worker(code, { eval: true });
      const messages: unknown[] = [];
      worker.on('message', (message) => messages.push(message));
      const exitCode = await new Promise((resolve, reject) => worker.on('exit', resolve).on('error', reject));
      assert.deepEqual([exitCode, messages], [0, ['ERR_MLX_TYPE']]);
    });
  });
});
