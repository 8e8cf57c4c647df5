// Trains the digits on all ranks and prints the loss of every step and a fingerprint of the parameters' bits.
//   train.mjs EPOCHS BATCH
import { core as mx } from 'mlx';
import { fingerprint, readDigits, train } from '../../../examples/distributed/training.mjs';

const [epochs, batch] = process.argv.slice(2).map(Number);
const { model, losses } = train(readDigits('train'), mx.distributed.init(), { epochs, batch });
console.log(JSON.stringify({ losses, parameters: fingerprint(model) }));
