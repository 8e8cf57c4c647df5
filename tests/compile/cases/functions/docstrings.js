/**
 * The module.
 *
 * Second paragraph.
 */

import * as py from 'mlx/python';
const AREA = py.signature('area(width: float, height: float = 1.5)');

/**
 * Area of a rectangle.
 *
 * Args:
 *     width: one side
 */
export function area(width, height = 1.5) {
  const named = py.keywords(AREA, arguments);
  if (named) ({ width, height = 1.5 } = named);
  // The comment stays.
  return width * height; // and so does this one
}

py.print(py.as_float(area(2.5)), py.as_float(area(2.5, { height: 2 })));
//# sourceMappingURL=docstrings.js.map
