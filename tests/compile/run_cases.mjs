// Imports compiled cases one after the other and prints, as JSON, what each wrote to stdout.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const outputs = {};
const write = process.stdout.write.bind(process.stdout);
for (const [name, file] of Object.entries(JSON.parse(readFileSync(0, 'utf8')))) {
  let text = '';
  process.stdout.write = (part) => {
    text += part;
    return true;
  };
  try {
    await import(pathToFileURL(file).href);
  } catch (error) {
    text += `!! ${error?.stack ?? error}`;
  }
  process.stdout.write = write;
  outputs[name] = text;
}
write(JSON.stringify(outputs));
