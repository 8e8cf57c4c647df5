// What a wrong call must throw: an error of a class whose message says what is wrong.
import assert from 'node:assert/strict';

export function throws(call: () => unknown, type: new (...args: any[]) => Error, message: RegExp): void {
  assert.throws(call, (error: any) => {
    assert.ok(error instanceof type, `${error?.constructor?.name}: ${error?.message}`);
    assert.match(error.message, message);
    return true;
  });
}
