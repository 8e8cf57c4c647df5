import * as py from 'mlx/python';
const TREE_INIT = py.signature('Tree(value, children=())');
const TREE_INIT_CHILDREN = py.Tuple.of();

export class Tree extends py.Object {
  __init__(value, children = TREE_INIT_CHILDREN) {
    const named = py.keywords(TREE_INIT, arguments);
    if (named) ({ value, children = TREE_INIT_CHILDREN } = named);
    this.value = value;
    this.children = [...py.iter(children)];
  }

  *walk() {
    yield this.value;
    for (const child of this.children) {
      yield* py.iter(child.walk());
    }
  }
}

py.print([...new Tree(1, [new Tree(2), new Tree(3, [new Tree(4)])]).walk()]);
//# sourceMappingURL=in_methods.js.map
