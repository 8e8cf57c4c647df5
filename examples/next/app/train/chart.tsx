type Point = readonly [x: number, y: number];

const WIDTH = 720;
const HEIGHT = 280;
const LEFT = 62;
const RIGHT = 62;
const TOP = 14;
const BOTTOM = 30;
// A logarithmic scale: losses from 10 down to 0.001.
const DECADES = [10, 1, 0.1, 0.01, 0.001];

function path(points: readonly Point[], x: (value: number) => number, y: (value: number) => number): string {
  return points.map(([px, py], i) => `${i ? 'L' : 'M'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`).join('');
}

/** A running mean, since the loss of single batches jumps. */
function smooth(points: readonly Point[]): Point[] {
  let mean: number | undefined;
  return points.map(([step, value]) => {
    mean = mean === undefined ? value : mean * 0.9 + value * 0.1;
    return [step, mean];
  });
}

/** Loss (left axis, logarithmic) and accuracy (right axis) over the steps. */
export function Chart({
  steps,
  losses,
  accuracies,
}: {
  steps: number;
  losses: readonly Point[];
  accuracies: readonly Point[];
}) {
  const x = (step: number) => LEFT + (step / steps) * (WIDTH - LEFT - RIGHT);
  const share = (part: number) => TOP + (1 - part) * (HEIGHT - TOP - BOTTOM);
  const lossY = (loss: number) => share((Math.log10(Math.min(Math.max(loss, 0.001), 10)) + 3) / 4);
  const end = accuracies.at(-1);
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label="Loss and accuracy by step"
    >
      {DECADES.map((value) => (
        <g key={value}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={lossY(value)} y2={lossY(value)} className="grid" />
          <text x={LEFT - 8} y={lossY(value) + 5} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      {[0, 0.5, 1].map((value) => (
        <text key={value} x={WIDTH - RIGHT + 8} y={share(value) + 5}>
          {value * 100}%
        </text>
      ))}
      <text x={LEFT} y={HEIGHT - 6}>
        step 0
      </text>
      <text x={WIDTH - RIGHT} y={HEIGHT - 6} textAnchor="end">
        {steps > 1 ? steps : ''}
      </text>
      <path d={path(losses, x, lossY)} className="loss faint" />
      <path d={path(smooth(losses), x, lossY)} className="loss" />
      <path d={path(accuracies, x, share)} className="accuracy" />
      {end && <circle cx={x(end[0])} cy={share(end[1])} r="4.5" className="accuracy" />}
    </svg>
  );
}
