import { createRequire } from 'node:module';
import mlx, { core as mx } from 'mlx';
import { Linear } from 'mlx/nn';

if (createRequire(import.meta.url)('mlx') !== mlx) throw new Error('two instances');
if (mlx.nn.Linear !== Linear) throw new Error('two classes');
if (mx.array([1, 2, 3]).add(1).tolist().join() !== '2,3,4') throw new Error('wrong sum');
console.log('ok');
