import * as py from 'mlx/python';
const COUNTDOWN_INIT = py.signature('Countdown(n)');

export class Countdown extends py.Object {
  __init__(n) {
    const named = py.keywords(COUNTDOWN_INIT, arguments);
    if (named) ({ n } = named);
    this.n = n;
  }

  __iter__() {
    return this;
  }

  __next__() {
    if (py.bool(py.eq(this.n, 0))) throw new py.StopIteration();
    this.n = py.isub(this.n, 1);
    return this.n;
  }
}

py.print([...py.iter(new Countdown(3))], [...py.iter(new Countdown(2))], py.next(new Countdown(5)));
//# sourceMappingURL=iteration.js.map
