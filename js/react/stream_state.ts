// What a stream looks like to a component: shared by the client's hook and the server's stand-in.

/** An array as plain data: what `{ arrays: 'typed' }` sends. */
export interface TypedData {
  dtype: string;
  shape: number[];
  data: NodeJS.TypedArray;
}

/** A stream as it stands. `last` is the latest of `values`, `result` what the server's generator returned. */
export interface StreamState<T = any, R = any> {
  readonly state: 'idle' | 'streaming' | 'done' | 'cancelled' | 'error';
  readonly values: readonly T[];
  readonly last: T | undefined;
  readonly result: R | undefined;
  readonly error: Error | undefined;
}

export interface MLXStream<T = any, R = any> extends StreamState<T, R> {
  /** Starts, or starts again. The request's parts override those of the options, so that a body can be sent. */
  start(request?: RequestInit): void;
  /** Ends the stream: the server stops working for it. */
  cancel(): void;
}

export interface StreamOptions {
  /** For fetch: method, headers, body, credentials. */
  request?: RequestInit;
  /** Start when the component is shown, without waiting for `start()`. */
  auto?: boolean;
  /** How many of the latest values to keep. All by default. */
  keep?: number;
}

/** Where the values come from: a URL that answers with `streamSSE`, or an iterable that a server component passed. */
export type StreamSource<T = any> = string | URL | AsyncIterable<T>;

export const IDLE: StreamState = Object.freeze({
  state: 'idle',
  values: Object.freeze([]) as readonly never[],
  last: undefined,
  result: undefined,
  error: undefined,
});
