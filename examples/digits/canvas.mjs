/**
 * A small drawing surface: rectangles, rounded boxes, smooth lines and pixel text, encoded as PNG.
 *
 * Every shape is a distance function: a pixel is covered by how deep its centre lies inside, which gives
 * smooth edges. Colours are [red, green, blue] with values from 0 to 255.
 */
import { PNG } from 'pngjs';
import { eachDot, textWidth } from './font.mjs';

export class Canvas {
  #png;

  constructor(width, height, background) {
    this.#png = new PNG({ width, height });
    this.rectangle(0, 0, width, height, background);
  }

  encode() {
    return PNG.sync.write(this.#png, { colorType: 2 });
  }

  rectangle(x, y, width, height, color) {
    this.#fill(x, y, width, height, color, () => 1);
  }

  /** A box with round corners. */
  box(x, y, width, height, radius, color) {
    this.#fill(x, y, width, height, color, (px, py) => {
      const dx = Math.max(x + radius - px, px - (x + width - radius), 0);
      const dy = Math.max(y + radius - py, py - (y + height - radius), 0);
      return radius - Math.hypot(dx, dy) + 0.5;
    });
  }

  /** Straight segments through the points [[x, y], …], with round ends. */
  polyline(points, thickness, color) {
    const reach = thickness / 2 + 1;
    const xs = points.map(([x]) => x);
    const ys = points.map(([, y]) => y);
    const [left, top] = [Math.floor(Math.min(...xs) - reach), Math.floor(Math.min(...ys) - reach)];
    const width = Math.ceil(Math.max(...xs) + reach) - left;
    const height = Math.ceil(Math.max(...ys) + reach) - top;
    this.#fill(left, top, width, height, color, (px, py) => {
      let distance = Infinity;
      for (let i = 1; i < points.length; i++) {
        // Segments out of reach of this pixel cannot cover it: skipping them makes long curves fast.
        if (xs[i] < px - reach || xs[i - 1] > px + reach) continue;
        distance = Math.min(distance, distanceToSegment(px, py, points[i - 1], points[i]));
      }
      return thickness / 2 - distance + 0.5;
    });
  }

  /** Text in the pixel font, each of its dots `size` pixels wide. */
  text(text, x, y, size, color) {
    eachDot(text, (column, row) => this.rectangle(x + column * size, y + row * size, size, size, color));
  }

  centredText(text, centre, y, size, color) {
    this.text(text, Math.round(centre - (textWidth(text) * size) / 2), y, size, color);
  }

  /** Blends the colour into every pixel of an area by `coverage(x, y)` at the pixel's centre. */
  #fill(left, top, width, height, color, coverage) {
    const { data, width: stride, height: rows } = this.#png;
    for (let y = Math.max(top, 0); y < Math.min(top + height, rows); y++) {
      for (let x = Math.max(left, 0); x < Math.min(left + width, stride); x++) {
        const alpha = Math.min(Math.max(coverage(x + 0.5, y + 0.5), 0), 1);
        const at = (y * stride + x) * 4;
        for (let c = 0; c < 3; c++) data[at + c] += (color[c] - data[at + c]) * alpha;
        data[at + 3] = 255;
      }
    }
  }
}

function distanceToSegment(px, py, [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(Math.max(along, 0), 1);
  return Math.hypot(px - ax - t * dx, py - ay - t * dy);
}
