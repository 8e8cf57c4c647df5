// `mlx/react` in Node: what makes streams, and a stand-in of the hook for the first rendering of a page.
import { RuntimeError } from '../errors';
import { IDLE, type MLXStream, type StreamOptions, type StreamSource } from './stream_state';

export { type PlainOptions, toPlain, toPlainStream } from './plain';
export { readSSE, StreamError } from './read_sse';
export { type SSEOptions, streamSSE, type Values } from './stream_sse';
export type { MLXStream, StreamOptions, StreamSource, StreamState, TypedData } from './stream_state';

function start(): never {
  throw new RuntimeError(
    "useMLXStream(): streams start in the browser. If this is one, the bundler took the server's build of mlx/react: " +
      "let it resolve the condition 'browser'.",
  );
}

/**
 * The hook as a page that is rendered on the server sees it: nothing has started. It needs no React, of which a
 * package outside of the bundle would find a second copy.
 */
export function useMLXStream<T = any, R = any>(
  _source: StreamSource<T>,
  _options?: StreamOptions,
): MLXStream<T, R> {
  return { ...IDLE, start, cancel() {} };
}
