// Serializes values as React does for client components, and prints what came of each as JSON.
import { PassThrough } from 'node:stream';
import { text as readText } from 'node:stream/consumers';
import { core as mx } from 'mlx';
import { toPlain } from 'mlx/react';
import { encodeReply } from 'react-server-dom-parcel/client.node';
import { renderToPipeableStream } from 'react-server-dom-parcel/server.node';

const array = () => mx.full([2], 0.625);

async function* yields() {
  yield array();
}

const VALUES = {
  root: array,
  property: () => ({ a: array() }),
  list: () => [{ a: [1, array()] }],
  promise: () => ({ a: Promise.resolve(array()) }),
  iterable: () => ({ a: yields() }),
  map: () => new Map([['a', array()]]),
  matrix: () => ({ a: mx.full([2, 2], 0.625) }),
  plain: () => ({ a: toPlain(array()) }),
};

// React warns in development; the test looks at what it refuses.
console.error = () => {};

async function render(value) {
  const errors = [];
  const onError = (error) => {
    errors.push(String(error));
  };
  const stream = renderToPipeableStream(value, { onError }).pipe(new PassThrough());
  const text = await readText(stream);
  // In development React sends errors as well, the stack trace with them.
  return { text: errors.length > 0 ? text.replace(/^\w+:E.*$/gm, '') : text, errors };
}

const results = {};
for (const [name, make] of Object.entries(VALUES)) results[name] = await render(make());
results['cache argument'] = await encodeReply([{ a: array() }]).then(
  (text) => ({ text, errors: [] }),
  (error) => ({ text: '', errors: [String(error)] }),
);
process.stdout.write(JSON.stringify(results));
