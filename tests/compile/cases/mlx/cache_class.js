import * as py from 'mlx/python';
import { core as mx } from 'mlx';
const KV_CACHE_UPDATE = py.signature('KVCache.update(keys)');

export class KVCache extends py.Object {
  static step = 4;

  __init__() {
    this.keys = null;
    this.offset = 0;
  }

  update(keys) {
    const named = py.keywords(KV_CACHE_UPDATE, arguments);
    if (named) ({ keys } = named);
    const prev = this.offset;
    if (this.keys == null || prev + keys.shape[2] > this.keys.shape[2]) {
      const [B, n, _, D] = keys.shape;
      const count = py.floordiv(this.step + keys.shape[2] - 1, this.step);
      const new_ = mx.zeros([B, n, count * this.step, D], keys.dtype);
      if (this.keys != null) {
        if (py.mod(prev, this.step) !== 0) {
          this.keys = this.keys.get('...', mx.slice_(null, prev), ':');
        }
        this.keys = mx.concatenate([this.keys, new_], { axis: 2 });
      } else {
        this.keys = new_;
      }
    }
    this.offset += keys.shape[2];
    this.keys.set(['...', mx.slice_(prev, this.offset), ':'], keys);
    return this.keys.get('...', mx.slice_(null, this.offset), ':');
  }

  static {
    py.shared(this, 'step');
  }
}

export const c = new KVCache();
c.update(mx.ones([1, 1, 3, 2]));
py.print(c.update(mx.full([1, 1, 2, 2], mx.float(2))), c.offset, py.tuple(c.keys.shape));
//# sourceMappingURL=cache_class.js.map
