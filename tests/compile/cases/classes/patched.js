import * as py from 'mlx/python';

export class Layer extends py.Object {
  run() {
    return 'original';
  }
}

export const layer = new Layer();
py.setattr(Layer, 'run', (self) => 'patched');
py.print(layer.run(), new Layer().run());
const DECORATE = py.signature('decorate(klass)');

export function decorate(klass) {
  const named = py.keywords(DECORATE, arguments);
  if (named) ({ klass } = named);
  py.setattr(klass, 'extra', (self, x) => py.add(x, 1));
  return klass;
}

export const Other = decorate(class Other extends py.Object {});

py.print(new Other().extra(1));
//# sourceMappingURL=patched.js.map
