// Milliseconds from the beginning of the import to the first result.
import assert from 'node:assert/strict';

const start = performance.now();
const { core: mx } = await import('mlx');
const value = mx.array([1, 2], mx.float32).add(1).sum().item();
console.log(JSON.stringify({ 'import to first result, ms': performance.now() - start }));
assert.equal(value, 5);
