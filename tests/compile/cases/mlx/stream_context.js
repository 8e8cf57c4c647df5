import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const WORK = py.signature('work(x)');

export function work(x) {
  const named = py.keywords(WORK, arguments);
  if (named) ({ x } = named);
  const manager = py.enter(mx.stream(mx.cpu));
  try {
    return py.add(x, 1);
  } catch (error) {
    manager.fail(error);
  } finally {
    manager.exit();
  }
}

py.print(
  work(mx.array(1)),
  py.either(py.eq(mx.default_device(), new mx.Device(mx.cpu, 0)), () => true),
);
//# sourceMappingURL=stream_context.js.map
