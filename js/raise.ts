// How errors come about: those that native code names, and those that pass through a call on their way.
import * as errors from './errors';

const classes: Record<string, (new (message: string) => Error) | undefined> = { ...errors } as any;

/** Makes the error that native code names. */
export function makeError(name: string, message: string): Error {
  return new (classes[name] ?? errors.RuntimeError)(message);
}

/** An error that was thrown within a call: one of ours gets the call's name in front of its message. */
export function named(error: unknown, call: string): unknown {
  if (!(error instanceof errors.MLXError || error instanceof errors.TypeError)) return error;
  const { message, stack } = error;
  if (message.startsWith(`${call}(`) || message.startsWith(`[${call}`)) return error;
  error.message = `${call}(): ${message}`;
  // The stack quotes the message.
  if (stack !== undefined) error.stack = stack.replace(message, () => error.message);
  return error;
}
