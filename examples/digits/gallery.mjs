/**
 * What both pictures show: which digits, and the loss curve as points between 0 and 1.
 */

/** All mistakes (as far as they fit) among right answers from all over the test set, in its order. */
export function chooseDigits(digits, count) {
  const numbered = digits.map((digit, index) => ({ ...digit, index }));
  const wrong = numbered.filter((digit) => digit.predicted !== digit.label).slice(0, count);
  const right = numbered.filter((digit) => digit.predicted === digit.label);
  const room = Math.min(count - wrong.length, right.length);
  const chosen = Array.from({ length: room }, (_, i) => right[Math.floor((i * right.length) / room)]);
  return [...wrong, ...chosen].sort((a, b) => a.index - b.index);
}

/** The loss per step on a logarithmic scale, smoothed, as [x, y] with y = 1 at the highest value. */
export function lossCurve(losses, smoothing = 25) {
  const means = losses.map((_, i) => {
    const window = losses.slice(Math.max(0, i - smoothing + 1), i + 1);
    return Math.log10(window.reduce((sum, loss) => sum + loss, 0) / window.length);
  });
  const [low, high] = [Math.min(...means), Math.max(...means)];
  return means.map((mean, i) => [i / (means.length - 1 || 1), (mean - low) / (high - low || 1)]);
}
