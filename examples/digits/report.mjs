/**
 * Writes predictions.html: one file without dependencies, with the digits as inline images and the loss curve
 * as inline SVG.
 */
import { PNG } from 'pngjs';
import { chooseDigits, lossCurve } from './gallery.mjs';

const STYLE = `
  body { margin: 0; padding: 2rem; background: #0d1117; color: #e6edf3; font: 16px/1.4 system-ui, sans-serif; }
  main { max-width: 60rem; margin: auto; }
  .accuracy { color: #3fb950; font-size: 2rem; margin: 0; }
  .quiet { color: #8b949e; margin: 0 0 1.5rem; }
  .digits { display: grid; grid-template-columns: repeat(auto-fill, minmax(4.5rem, 1fr)); gap: .75rem; }
  figure { margin: 0; padding: .4rem; border-radius: .5rem; background: #161b22; text-align: center; }
  figure.wrong { outline: 2px solid #f85149; }
  figure img { width: 100%; image-rendering: pixelated; border-radius: .25rem; }
  figcaption { color: #3fb950; font-weight: 600; }
  .wrong figcaption { color: #f85149; }
  svg { width: 100%; background: #161b22; border-radius: .5rem; margin-bottom: 1.5rem; }
`;

/** The page as text. */
export function writePage({ digits, losses, correct, accuracy }) {
  const shown = chooseDigits(digits, 120);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Handwritten digits, classified by MLX in Node</title>
<style>${STYLE}</style>
<main>
<h1>Handwritten digits, classified by MLX in Node</h1>
<p class="accuracy">${(accuracy * 100).toFixed(1)} % right</p>
<p class="quiet">${correct} of ${digits.length} test digits. ${shown.length} of them are below, with every mistake.</p>
${curve(losses)}
<div class="digits">
${shown.map(figure).join('\n')}
</div>
</main>
</html>
`;
}

function curve(losses) {
  const points = lossCurve(losses).map(
    ([x, y]) => `${(12 + x * 876).toFixed(1)},${(150 - y * 110).toFixed(1)}`,
  );
  const final = losses.at(-1).toFixed(4);
  return `<svg viewBox="0 0 900 170" role="img" aria-label="Loss of every step">
<text x="888" y="26" text-anchor="end" fill="#8b949e" font-size="14">loss of ${losses.length} steps (logarithmic), last ${final}</text>
<polyline points="${points.join(' ')}" fill="none" stroke="#58a6ff" stroke-width="2.5" stroke-linejoin="round"/>
</svg>`;
}

function figure({ pixels, label, predicted }) {
  const right = predicted === label;
  const caption = right ? `${predicted}` : `${predicted}, not ${label}`;
  const image = PNG.sync.write(grey(pixels)).toString('base64');
  return `<figure${right ? '' : ' class="wrong"'}><img alt="handwritten ${label}" src="data:image/png;base64,${image}">
<figcaption>${caption}</figcaption></figure>`;
}

function grey(pixels) {
  const png = new PNG({ width: 8, height: 8 });
  pixels.flat().forEach((value, i) => {
    const shade = Math.round((value / 16) * 255);
    png.data.set([shade, shade, shade, 255], i * 4);
  });
  return png;
}
