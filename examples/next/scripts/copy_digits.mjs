// Copies the digits that examples/digits/prepare.py wrote into this site, so that it can be deployed alone.
import { cpSync, existsSync } from 'node:fs';

const source = new URL('../../../build/digits/', import.meta.url);
const target = new URL('../data/', import.meta.url);

for (const part of ['train', 'test']) {
  for (const kind of ['images', 'labels']) {
    const name = `${part}_${kind}.npy`;
    if (existsSync(new URL(name, source))) cpSync(new URL(name, source), new URL(name, target));
    else if (!existsSync(new URL(name, target))) {
      throw new Error(`data/${name} is missing: run \`make demo\` in the repository first.`);
    }
  }
}
