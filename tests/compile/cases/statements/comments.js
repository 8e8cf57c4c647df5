// A comment on top.
import * as py from 'mlx/python';
export const x = 1; // behind
// One paragraph.
//
// Another.
// inside
export let y;
if (x) y = 2;
// at the end
py.print(x, y);
//# sourceMappingURL=comments.js.map
