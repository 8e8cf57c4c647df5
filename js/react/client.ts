// `mlx/react` in a browser's bundle: nothing native.
export { readSSE, StreamError } from './read_sse';
export type { MLXStream, StreamOptions, StreamSource, StreamState, TypedData } from './stream_state';
export { useMLXStream } from './use_mlx_stream';
