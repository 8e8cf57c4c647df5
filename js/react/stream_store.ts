// The state of one stream, outside of React: `useMLXStream` subscribes to it.
//
// Values may come faster than a screen shows them. They are collected and published once per frame, so that the
// work per value does not grow with their number.
import { IDLE, type StreamState } from './stream_state';

const FRAME = 16;

export class StreamStore<T, R> {
  #state = IDLE as StreamState<T, R>;
  #pending: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run: AbortController | undefined;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): StreamState<T, R> => this.#state;

  /** Reads what `open` gives, after ending what was read before. */
  async start(
    open: (signal: AbortSignal) => AsyncIterable<T> | Promise<AsyncIterable<T>>,
    keep = Number.POSITIVE_INFINITY,
  ): Promise<void> {
    this.cancel();
    const run = new AbortController();
    this.#run = run;
    this.#publish({ ...(IDLE as StreamState<T, R>), state: 'streaming' });
    let iterator: AsyncIterator<T, R> | undefined;
    try {
      iterator = (await open(run.signal))[Symbol.asyncIterator]() as AsyncIterator<T, R>;
      for (;;) {
        const { done, value } = await iterator.next();
        if (run.signal.aborted) break;
        if (done) return this.#end(run, keep, { state: 'done', result: value });
        this.#pending.push(value);
        this.#timer ??= setTimeout(() => this.#flush(keep), FRAME);
      }
    } catch (error) {
      const reason = error instanceof Error ? error : new Error(String(error));
      this.#end(run, keep, { state: 'error', error: reason });
    }
    // Cancelled: an iterable without a request behind it learns of it this way.
    if (run.signal.aborted) await iterator?.return?.().catch(() => {});
  }

  /** Ends the run, if there is one. */
  cancel(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#end(run, Number.POSITIVE_INFINITY, { state: 'cancelled' });
    run.abort();
  }

  #end(run: AbortController, keep: number, change: Partial<StreamState<T, R>>): void {
    // A run that was cancelled may still fail, later.
    if (this.#run !== run) return;
    this.#run = undefined;
    this.#flush(keep, change);
  }

  #flush(keep: number, change?: Partial<StreamState<T, R>>): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const fresh = this.#pending;
    this.#pending = [];
    const { values } = this.#state;
    const all = fresh.length === 0 ? values : [...values, ...fresh].slice(-keep);
    this.#publish({ ...this.#state, values: all, last: all.at(-1), ...change });
  }

  #publish(state: StreamState<T, R>): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
