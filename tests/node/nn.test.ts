// mlx.nn and mlx.optimizers written by hand in TypeScript: classes with a constructor, callable layers, training.
//
// tests/compile compares what they compute with Python; here it is the way people use them that counts.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import mlx, { core as mx, nn, optimizers, utils } from 'mlx';
import { throws } from './throws';

class MLP extends nn.Module {
  up: nn.Linear;
  down: nn.Linear;
  scale = mx.ones([4]);
  #calls = 0;

  constructor(hidden: number) {
    super();
    this.up = new nn.Linear(2, hidden);
    this.down = new nn.Linear(hidden, 4, { bias: false });
  }

  override __call__(x: mx.array): mx.array {
    this.#calls++;
    return this.down(nn.relu(this.up(x))).multiply(this.scale);
  }

  get calls(): number {
    return this.#calls;
  }
}
interface MLP {
  // biome-ignore lint/style/useShorthandFunctionType: it says that objects of the class are callable.
  (x: mx.array): mx.array;
}

const REPR = `MLP(
  (up): Linear(input_dims=2, output_dims=3, bias=True)
  (down): Linear(input_dims=3, output_dims=4, bias=False)
)`;

describe('a module of one’s own', () => {
  it('is called like a function', () => {
    const model = new MLP(3);
    const out = model(mx.ones([5, 2]));
    assert.deepEqual(out.shape, [5, 4]);
    assert.equal(model.calls, 1);
    assert.ok(mx.array_equal(out, model.__call__(mx.ones([5, 2]))).item());
    assert.ok(model instanceof MLP && model instanceof nn.Module);
    assert.equal(typeof model, 'function');
  });

  it('prints as in Python', () => {
    const model = new MLP(3);
    assert.equal(String(model), REPR);
    assert.equal(`${model}`, REPR);
    assert.equal(inspect(model), REPR);
    assert.match(inspect({ model }), /model: MLP\(\n +\(up\): Linear\(input_dims=2/);
  });

  it('has the arrays of its attributes as parameters', () => {
    const model = new MLP(3);
    const names = (tree: unknown) => utils.tree_flatten(tree).map(([name]: [string, unknown]) => name);
    assert.deepEqual(names(model.parameters()), ['up.weight', 'up.bias', 'down.weight', 'scale']);
    model.freeze({ keys: 'weight' });
    assert.deepEqual(names(model.trainable_parameters()), ['up.bias', 'scale']);
    model.unfreeze();
    assert.deepEqual(names(model.trainable_parameters()), names(model.parameters()));
    model.up = new nn.Linear(2, 7);
    assert.deepEqual(model.up.weight.shape, [7, 2]);
    assert.deepEqual(
      model.named_modules().map(([name, module]: [string, nn.Module]) => [name, module.constructor.name]),
      [
        ['', 'MLP'],
        ['down', 'Linear'],
        ['up', 'Linear'],
      ],
    );
  });

  it('has attributes of any name', () => {
    const model: any = new MLP(3);
    assert.equal(model.name, undefined);
    assert.equal('name' in model.parameters(), false);
    model.name = mx.zeros([1]);
    model.length = mx.ones([2]);
    assert.deepEqual(Object.keys(model.parameters()), ['up', 'down', 'scale', 'name', 'length']);
    model.name = 'a text';
    assert.equal(model.name, 'a text');
    assert.equal('name' in model.parameters(), false);
  });

  it('keeps its weights in files', () => {
    const folder = mkdtempSync(join(tmpdir(), 'nn-'));
    try {
      for (const file of ['weights.npz', 'weights.safetensors'].map((name) => join(folder, name))) {
        const [model, other] = [new MLP(3), new MLP(3)];
        model.save_weights(file);
        other.load_weights(file);
        assert.ok(mx.array_equal(model.up.weight, other.up.weight).item());
        throws(() => new MLP(4).load_weights(file), mlx.ValueError, /Expected shape/);
        throws(() => new nn.Linear(2, 3).load_weights(file), mlx.ValueError, /parameters not in model/);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('training', () => {
  const x = mx.array([[0, 0], [0, 1], [1, 0], [1, 1]], mx.float32); // biome-ignore format: a table
  const labels = mx.array([0, 1, 2, 3]);

  const lossOf = (model: MLP, x: mx.array, labels: mx.array): mx.array =>
    nn.losses.cross_entropy(model(x), labels, { reduction: 'mean' });

  function train(step: (model: MLP, optimizer: optimizers.Optimizer) => () => mx.array): number[] {
    mx.random.seed(3);
    const model = new MLP(16);
    const optimizer = new optimizers.Adam({ learning_rate: 0.05 });
    const run = step(model, optimizer);
    return Array.from({ length: 60 }, () => {
      const loss = run();
      mx.eval(loss, model.parameters(), optimizer.state);
      return loss.item() as number;
    });
  }

  const eager = train((model, optimizer) => {
    const lossAndGradients = nn.value_and_grad(model, lossOf);
    return () => {
      const [loss, gradients] = lossAndGradients(model, x, labels);
      optimizer.update(model, gradients);
      return loss;
    };
  });

  it('learns', () => {
    assert.ok(eager[0]! > 1 && eager.at(-1)! < 0.05, `${eager[0]} → ${eager.at(-1)}`);
  });

  it('takes the same way when the step is compiled', () => {
    const compiled = train((model, optimizer) => {
      const lossAndGradients = nn.value_and_grad(model, lossOf);
      const state = [model.state, optimizer.state];
      const step = mx.compile(
        (x: mx.array, labels: mx.array) => {
          const [loss, gradients] = lossAndGradients(model, x, labels);
          optimizer.update(model, gradients);
          return loss;
        },
        { inputs: state, outputs: state },
      );
      return () => step(x, labels) as mx.array;
    });
    // Compiled kernels join operations, which may round differently: a few units in the last place.
    for (const [i, loss] of compiled.entries()) assert.ok(Math.abs(loss - eager[i]!) < 1e-4 * loss + 1e-6);
  });

  it('leaves frozen parameters alone', () => {
    const model = new MLP(4);
    model.up.freeze();
    const before = model.up.weight.tolist();
    const [, gradients] = nn.value_and_grad(model, lossOf)(model, x, labels);
    assert.deepEqual(Object.keys(gradients), ['up', 'down', 'scale']);
    assert.deepEqual(gradients.up, {});
    new optimizers.SGD(0.1).update(model, gradients);
    assert.deepEqual(model.up.weight.tolist(), before);
  });
});

describe('a wrong call', () => {
  it('names the signature', () => {
    throws(() => new (nn.Linear as any)(2), mlx.TypeError, /Linear\(\) missing 1 required.*output_dims/s);
    throws(() => new (nn.Linear as any)(2, 3, { bais: true }), mlx.TypeError, /'bais'/);
    throws(() => (new MLP(3) as any).freeze({ key: 'bias' }), mlx.TypeError, /'key'/);
  });
});
