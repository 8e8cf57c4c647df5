import * as py from 'mlx/python';
const MANAGER_INIT = py.signature('Manager(name, keeps=False)');
export let name;

export class Manager extends py.Object {
  __init__(name, keeps = false) {
    const named = py.keywords(MANAGER_INIT, arguments);
    if (named) ({ name, keeps = false } = named);
    this.name = name;
    this.keeps = keeps;
  }

  __enter__() {
    py.print('enter', this.name);
    return this.name;
  }

  __exit__(kind, value, traceback) {
    py.print('exit', this.name, py.bool(kind) ? py.name_of(kind) : null);
    return this.keeps;
  }
}

const manager = py.enter(new Manager('a'));
try {
  name = manager.value;
  py.print('in', name);
} catch (error) {
  manager.fail(error);
} finally {
  manager.exit();
}
const manager__ = py.enter(new Manager('b'));
try {
  const manager_ = py.enter(new Manager('c', { keeps: true }));
  try {
    throw new py.ValueError('kept');
  } catch (error_) {
    manager_.fail(error_);
  } finally {
    manager_.exit();
  }
} catch (error__) {
  manager__.fail(error__);
} finally {
  manager__.exit();
}
py.print('after');
try {
  const manager___ = py.enter(new Manager('d'));
  try {
    throw new py.KeyError('through');
  } catch (error___) {
    manager___.fail(error___);
  } finally {
    manager___.exit();
  }
} catch (error____) {
  if (py.catches(error____, py.KeyError)) {
    py.print('caught');
  } else {
    throw error____;
  }
}

export function early() {
  const manager____ = py.enter(new Manager('e'));
  try {
    return 'result';
  } catch (error_____) {
    manager____.fail(error_____);
  } finally {
    manager____.exit();
  }
}

py.print(early());
//# sourceMappingURL=manager.js.map
