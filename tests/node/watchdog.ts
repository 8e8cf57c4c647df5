// Ends the run where a test blocks the thread: mocha's own limit is a timer, which never fires then.
import { Worker } from 'node:worker_threads';

const SECONDS = 300;

const program = `
  const { writeSync } = require('node:fs');
  const { parentPort } = require('node:worker_threads');
  let timer;
  parentPort.on('message', (title) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      writeSync(2, 'blocked for ${SECONDS} s: ' + title + '\\n');
      process.kill(process.pid, 'SIGKILL');
    }, ${SECONDS * 1000});
  });`;

const worker = new Worker(program, { eval: true });
worker.unref();

let running = '';
const beat = (): void => worker.postMessage(running);
setInterval(beat, 5000).unref();

/** Tells which test runs now. */
export function watch(title: string): void {
  running = title;
  beat();
}
