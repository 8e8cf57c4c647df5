// What streams are made of and how their text reads: shared by the tests of both halves.

/** A generator of counted steps that knows whether it was ended. */
export class Steps {
  made = 0;
  ended = false;

  constructor(
    readonly total = Number.POSITIVE_INFINITY,
    readonly value: (step: number) => unknown = (step) => step,
  ) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown> {
    try {
      while (this.made < this.total) {
        await new Promise((resolve) => setImmediate(resolve));
        yield this.value(++this.made);
      }
    } finally {
      this.ended = true;
    }
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until something holds; fails when it takes too long. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); await pause(10)) {
    if (Date.now() > end) throw new Error(`${what}: not within 20 seconds`);
  }
}
