import { core as mx } from 'mlx';

const MB = 1 << 20;
for (let i = 0; i < 1000; i++) mx.eval(mx.zeros([MB]).add(i));
const peak = process.memoryUsage().rss / MB;
if (peak > 1000) throw new Error(`${peak.toFixed(0)} MB after 1,000 arrays of 4 MB`);
console.log('ok');
