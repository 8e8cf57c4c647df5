// The client's half of a stream: the values of a response that `streamSSE` made.
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { decode } from './wire';

/** What ended a stream: a failure on the server, a wrong answer, or a broken connection. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
}

/** Throws where a response is no stream of events. */
function checkResponse(response: Response): ReadableStream {
  const type = response.headers.get('content-type') ?? 'none';
  const where = response.url || 'The server';
  if (!response.ok)
    throw new StreamError(`${where} answered ${response.status} ${response.statusText}`.trim());
  if (!type.startsWith('text/event-stream') || response.body === null) {
    throw new StreamError(`${where} answered with content type ${type}, expected text/event-stream.`);
  }
  return response.body as ReadableStream;
}

/** Iterates over the values of a response; returns what the server's generator returned. */
export async function* readSSE<T = any, R = any>(response: Response): AsyncGenerator<T, R, void> {
  const events = checkResponse(response)
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  const reader = events.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new StreamError('The connection ended before the stream was complete.');
      const data = decode(value.data);
      if (value.event === 'error') throw new StreamError(data.message);
      if (value.event === 'done') return data;
      yield data;
    }
  } finally {
    // Ends the request where the loop was left early.
    await reader.cancel().catch(() => {});
  }
}
