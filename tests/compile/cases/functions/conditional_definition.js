import * as py from 'mlx/python';
export let which;
if (Math.PI > 3) {
  which = function which() {
    return 'big';
  };
} else {
  which = function which() {
    return 'small';
  };
}
py.print(which());
//# sourceMappingURL=conditional_definition.js.map
