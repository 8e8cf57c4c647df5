/**
 * Draws predictions.png: test digits with their predictions, the accuracy and the loss curve.
 */
import { Canvas } from './canvas.mjs';
import { chooseDigits, lossCurve } from './gallery.mjs';

const COLUMNS = 12;
const ROWS = 4;
const DOT = 8; // one pixel of a digit
const TILE = 8 * DOT;
const GAP = 20;
const ROW = TILE + 46; // with the prediction below the digit
const MARGIN = 32;
const HEADER = 132;

const PAGE = [13, 17, 23];
const PANEL = [22, 27, 34];
const INK = [230, 237, 243];
const QUIET = [139, 148, 158];
const GREEN = [63, 185, 80];
const RED = [248, 81, 73];
const BLUE = [88, 166, 255];

/** The encoded PNG. */
export function drawPicture({ digits, losses, correct, accuracy }) {
  const width = 2 * MARGIN + COLUMNS * TILE + (COLUMNS - 1) * GAP;
  const height = HEADER + ROWS * ROW + MARGIN - 8;
  const canvas = new Canvas(width, height, PAGE);

  canvas.text('Node MLX', MARGIN, 32, 4, INK);
  canvas.text(`${(accuracy * 100).toFixed(1)} %`, MARGIN, 72, 4, GREEN);
  canvas.text(`${correct} of ${digits.length} test digits right`, MARGIN + 172, 79, 2, QUIET);
  drawCurve(canvas, losses, width - MARGIN - 300, 28, 300, 76);

  chooseDigits(digits, COLUMNS * ROWS).forEach((digit, i) => {
    const x = MARGIN + (i % COLUMNS) * (TILE + GAP);
    const y = HEADER + Math.floor(i / COLUMNS) * ROW;
    drawDigit(canvas, digit, x, y);
  });
  return canvas.encode();
}

function drawDigit(canvas, { pixels, label, predicted }, x, y) {
  const right = predicted === label;
  canvas.box(x - 3, y - 3, TILE + 6, TILE + 6, 6, right ? PANEL : RED);
  pixels.forEach((row, r) => {
    row.forEach((value, c) => {
      const shade = PANEL.map((dark, i) => dark + (INK[i] - dark) * (value / 16));
      canvas.rectangle(x + c * DOT, y + r * DOT, DOT, DOT, shade);
    });
  });
  const text = right ? `${predicted}` : `${predicted} not ${label}`;
  canvas.centredText(text, x + TILE / 2, y + TILE + (right ? 9 : 12), right ? 3 : 2, right ? GREEN : RED);
}

function drawCurve(canvas, losses, x, y, width, height) {
  canvas.box(x, y, width, height, 8, PANEL);
  canvas.text('loss per step', x + width - 162, y + 12, 2, QUIET);
  const inner = { x: x + 12, y: y + 12, width: width - 24, height: height - 24 };
  const points = lossCurve(losses).map(([px, py]) => [
    inner.x + px * inner.width,
    inner.y + (1 - py) * inner.height,
  ]);
  canvas.polyline(points, 2.5, BLUE);
}
