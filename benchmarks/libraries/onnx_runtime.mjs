// The tasks of the comparison that ONNX Runtime has, those without training; models.py writes the models.
//
// usage: onnx_runtime.mjs FOLDER, where onnxruntime-node is installed and the models are
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { serve } from './serve.mjs';

const folder = resolve(process.argv[2]);
const { InferenceSession, Tensor } = createRequire(join(folder, 'package.json'))('onnxruntime-node');
const options = { intraOpNumThreads: Number(process.env.OMP_NUM_THREADS) };

/** A model that takes every input by its place. */
const maker = (model) => async (inputs) => {
  const session = await InferenceSession.create(join(folder, model), options);
  const feeds = Object.fromEntries(
    session.inputNames.map((name, i) => [name, new Tensor('float32', inputs[i].data, inputs[i].shape)]),
  );
  const call = () => session.run(feeds);
  const value = ({ result }) =>
    result.data.reduce((largest, element) => Math.max(largest, Math.abs(element)), 0);
  return [call, value];
};

await serve({ matmul: maker('matmul.onnx'), forward: maker('forward.onnx') });
