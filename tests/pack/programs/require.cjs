const mlx = require('mlx');
const nn = require('mlx/nn');
const mx = mlx.core;
if (mlx.nn.Linear !== nn.Linear) throw new Error('two instances');
if (mx.array([1, 2, 3]).add(1).tolist().join() !== '2,3,4') throw new Error('wrong sum');
console.log('ok');
