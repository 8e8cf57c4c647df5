/**
 * The GPU suite in Node: prints one JSON line per benchmark, {name, value}, in milliseconds or TFLOP/s.
 *
 * suite.py is the same program in Python; run.py runs both in turn.
 */
import { core as mx } from 'mlx';

const seconds = (body) => {
  const start = performance.now();
  body();
  return (performance.now() - start) / 1000;
};
const report = (name, value) => console.log(JSON.stringify({ name, value }));

/** Products of 4096×4096 bfloat16 matrices, one after the other. */
function matmulChain() {
  const n = 4096;
  const steps = 100;
  const w = mx.random
    .normal([n, n])
    .multiply(mx.float(n ** -0.5))
    .astype(mx.bfloat16);
  const chain = () => {
    let x = w;
    for (let i = 0; i < steps; i++) x = x.matmul(w);
    mx.eval(x);
  };
  chain();
  report('matmul 4096³ bf16, TFLOP/s', (2 * n ** 3 * steps) / seconds(chain) / 1e12);
}

/** Parameters of a transformer of `layers` layers, width `d`. */
function transformer(layers, d, vocabulary) {
  const weight = (...shape) => mx.random.normal(shape).multiply(0.02);
  return {
    embedding: weight(vocabulary, d),
    layers: Array.from({ length: layers }, () => ({
      norm1: mx.ones([d]),
      qkv: weight(d, 3 * d),
      out: weight(d, d),
      norm2: mx.ones([d]),
      up: weight(d, 4 * d),
      down: weight(4 * d, d),
    })),
  };
}

function forward(model, tokens, heads, caches) {
  const [b, n] = tokens.shape;
  let x = model.embedding.get(tokens);
  const d = x.shape[2];
  model.layers.forEach((layer, i) => {
    const split = mx.fast.rms_norm(x, layer.norm1, 1e-5).matmul(layer.qkv).split(3, -1);
    let [q, k, v] = split.map((part) => part.reshape(b, n, heads, d / heads).transpose(0, 2, 1, 3));
    if (caches !== undefined) {
      if (caches[i] !== undefined) {
        k = mx.concatenate([caches[i][0], k], 2);
        v = mx.concatenate([caches[i][1], v], 2);
      }
      caches[i] = [k, v];
    }
    const scale = (d / heads) ** -0.5;
    const options = n > 1 ? { scale, mask: 'causal' } : { scale };
    const attended = mx.fast.scaled_dot_product_attention(q, k, v, options);
    x = x.add(attended.transpose(0, 2, 1, 3).reshape(b, n, d).matmul(layer.out));
    const hidden = mx.fast.rms_norm(x, layer.norm2, 1e-5).matmul(layer.up);
    x = x.add(hidden.multiply(mx.sigmoid(hidden)).matmul(layer.down));
  });
  return x.matmul(model.embedding.T);
}

function trainingStep() {
  mx.random.seed(0);
  const model = transformer(4, 256, 1024);
  const tokens = mx.random.randint(0, 1024, [8, 129]);
  const inputs = tokens.get(':', ':-1');
  const targets = tokens.get(':', '1:');
  const loss = (parameters) => {
    const logits = forward(parameters, inputs, 8);
    const chosen = mx.take_along_axis(logits, targets.reshape(8, 128, 1), -1).squeeze(-1);
    return mx.mean(mx.logsumexp(logits, -1).subtract(chosen));
  };
  const lossAndGradient = mx.value_and_grad(loss);
  const update = (p, g) =>
    p instanceof mx.array
      ? p.subtract(g.multiply(0.01))
      : Array.isArray(p)
        ? p.map((item, i) => update(item, g[i]))
        : Object.fromEntries(Object.keys(p).map((key) => [key, update(p[key], g[key])]));
  const run = (step, count) => {
    let parameters = model;
    for (let i = 0; i < count; i++) {
      const [value, next] = step(parameters);
      parameters = next;
      mx.eval(value, parameters);
    }
  };
  const eager = (parameters) => {
    const [value, gradient] = lossAndGradient(parameters);
    return [value, update(parameters, gradient)];
  };
  for (const [name, step] of [
    ['eager', eager],
    ['compiled', mx.compile(eager)],
  ]) {
    run(step, 5);
    report(`transformer training step, ${name}, ms`, (seconds(() => run(step, 50)) / 50) * 1000);
  }
}

function decoding() {
  mx.random.seed(0);
  const model = transformer(8, 512, 1024);
  const decode = (count) => {
    const caches = [];
    let token = mx.array([[1]]);
    for (let i = 0; i < count; i++) {
      const logits = forward(model, token, 8, caches);
      token = mx.argmax(logits.get(':', -1), { axis: -1, keepdims: true });
      mx.eval(token);
    }
  };
  decode(20);
  report('transformer decoding, ms per token', (seconds(() => decode(200)) / 200) * 1000);
}

matmulChain();
trainingStep();
decoding();
