// The character model of this process: trained on first use, then shared by every request.
import { core as mx, nn, optimizers } from 'mlx';
import { once } from '../once';
import { work } from '../work';
import { writeSentences } from './grammar';
import { Transformer } from './transformer';

const CONTEXT = 48;
const BATCH = 8;
const STEPS = 500;
const RATE = 4e-3;
const SIZE = { context: CONTEXT, dims: 64, heads: 4, layers: 2 };

interface Writer {
  model: Transformer;
  alphabet: string[];
  step: number;
  loss: number;
  /** Resolves when it is trained. */
  ready: Promise<void>;
}

async function train(writer: Writer, text: mx.array): Promise<void> {
  const { model } = writer;
  const optimizer = new optimizers.AdamW({
    learning_rate: optimizers.cosine_decay(RATE, STEPS, RATE / 20),
    betas: [0.9, 0.95],
  });
  const step = nn.value_and_grad(model, (model: Transformer, x: mx.array, y: mx.array) =>
    nn.losses.cross_entropy(model(x), y, { reduction: 'mean' }),
  );
  const offsets = mx.arange(CONTEXT + 1);
  for (writer.step = 1; writer.step <= STEPS; writer.step++) {
    const starts = mx.random.randint(0, text.shape[0]! - CONTEXT - 1, [BATCH, 1]);
    const batch = text.get(starts.add(offsets));
    const [loss, gradients] = step(model, batch.get(':', ':-1'), batch.get(':', '1:'));
    optimizer.update(model, gradients);
    await mx.async_eval(model.parameters(), optimizer.state, loss);
    writer.loss = loss.item();
  }
}

function makeWriter(): Writer {
  const text = writeSentences(2000);
  const alphabet = [...new Set(text)].sort();
  const codes = Uint8Array.from(text, (character) => alphabet.indexOf(character));
  const model = new Transformer({ characters: alphabet.length, ...SIZE });
  const writer = { model, alphabet, step: 0, loss: Number.NaN, ready: Promise.resolve() };
  writer.ready = train(writer, mx.array(codes).astype(mx.int32));
  // Who waits for it gets the failure.
  writer.ready.catch(() => {});
  return writer;
}

export type Event =
  | { kind: 'training'; step: number; steps: number; loss: number }
  | { kind: 'text'; text: string };

/** Reports the training until it is over, whoever started it. */
async function* watch(writer: Writer): AsyncGenerator<Event> {
  let done = false;
  const ready = writer.ready.finally(() => {
    done = true;
  });
  ready.catch(() => {});
  while (!done) {
    yield { kind: 'training', step: Math.min(writer.step, STEPS), steps: STEPS, loss: writer.loss };
    await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  await ready;
}

/** Continues a text, one character per value. */
export async function* write(prompt: string, length: number, temperature: number): AsyncGenerator<Event> {
  const writer = once('writer', makeWriter);
  work.running++;
  try {
    yield* watch(writer);
    const { model, alphabet } = writer;
    const codes = [...prompt.toLowerCase()]
      .map((character) => alphabet.indexOf(character))
      .filter((c) => c >= 0);
    if (codes.length === 0) codes.push(alphabet.indexOf('\n'));
    for (let i = 0; i < length; i++) {
      const scores = model(mx.array([codes.slice(-CONTEXT)], mx.int32)).get(0, -1);
      const next = mx.random.categorical(scores.divide(temperature));
      const code = Number(await next.itemAsync());
      work.steps++;
      codes.push(code);
      yield { kind: 'text', text: alphabet[code]! };
    }
  } finally {
    work.running--;
  }
}
