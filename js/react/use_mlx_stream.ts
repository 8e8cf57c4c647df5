// The hook: a stream of the server as state of a component.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { readSSE } from './read_sse';
import type { MLXStream, StreamOptions, StreamSource } from './stream_state';
import { StreamStore } from './stream_store';

function isURL(source: StreamSource): source is string | URL {
  return typeof source === 'string' || source instanceof URL;
}

/**
 * Reads a stream while the component is shown: `state`, `values`, `last`, `result`, `error`, `start()`, `cancel()`.
 * Leaving the page, or `cancel()`, ends the request, and with it the work on the server.
 */
export function useMLXStream<T = any, R = any>(
  source: StreamSource<T>,
  options: StreamOptions = {},
): MLXStream<T, R> {
  const [store] = useState(() => new StreamStore<T, R>());
  const state = useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);

  const latest = useRef({ source, options });
  useEffect(() => {
    latest.current = { source, options };
  });

  const start = useCallback(
    (request?: RequestInit): void => {
      const { source, options } = latest.current;
      const open = async (signal: AbortSignal): Promise<AsyncIterable<T>> =>
        isURL(source)
          ? readSSE<T, R>(await fetch(source, { ...options.request, ...request, signal }))
          : source;
      void store.start(open, options.keep);
    },
    [store],
  );

  const identity = isURL(source) ? String(source) : source;
  const auto = options.auto === true;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another stream.
  useEffect(() => {
    // Strict mode shows, hides and shows a component again: only the last one is to make a request.
    const timer = auto ? setTimeout(start, 0) : undefined;
    return () => {
      clearTimeout(timer);
      store.cancel();
    };
  }, [store, start, auto, identity]);

  return { ...state, start, cancel: useCallback(() => store.cancel(), [store]) };
}
