// The largest gap of a 1 ms timer while 800 products and tanh of 256×256 matrices are evaluated, in ms.
import { core as mx } from 'mlx';

const x = mx.random.normal([256, 256]).multiply(0.05);
mx.eval(x);
let y = x;
for (let i = 0; i < 800; i++) y = mx.tanh(y.matmul(x));
let last = performance.now();
let gap = 0;
const tick = () => {
  gap = Math.max(gap, performance.now() - last);
  last = performance.now();
};
const start = performance.now();
const timer = setInterval(tick, 1);
await mx.async_eval(y);
clearInterval(timer);
tick();
console.log(JSON.stringify({ 'longest block, ms': gap, 'evaluation, ms': performance.now() - start }));
