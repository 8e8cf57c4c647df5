'use client';

import { useMLXStream } from 'mlx/react';
import { useState } from 'react';
import { Chart } from './chart';

interface Step {
  step: number;
  steps: number;
  loss: number;
  accuracy: number | null;
}

const STATES = {
  idle: 'Ready',
  streaming: 'Training',
  done: 'Done',
  cancelled: 'Cancelled',
  error: 'Failed',
};

export function Trainer() {
  const [epochs, setEpochs] = useState(10);
  const { state, values, last, error, start, cancel } = useMLXStream<Step>('/api/train');
  const running = state === 'streaming';
  const measured = values.filter((value) => value.accuracy !== null);
  const accuracy = measured.at(-1)?.accuracy;

  return (
    <section className="panel">
      <div className="controls">
        <label>
          Epochs <b>{epochs}</b>
          <input
            type="range"
            min={1}
            max={30}
            value={epochs}
            disabled={running}
            onChange={(event) => setEpochs(Number(event.target.value))}
          />
        </label>
        {running ? (
          <button type="button" className="stop" onClick={cancel}>
            Cancel
          </button>
        ) : (
          <button type="button" onClick={() => start({ method: 'POST', body: JSON.stringify({ epochs }) })}>
            {state === 'idle' ? 'Train' : 'Train again'}
          </button>
        )}
      </div>
      <dl className="numbers">
        <div>
          <dt>state</dt>
          <dd data-testid="state">{STATES[state]}</dd>
        </div>
        <div>
          <dt>step</dt>
          <dd data-testid="step">{last === undefined ? '–' : `${last.step} / ${last.steps}`}</dd>
        </div>
        <div className="loss">
          <dt>loss</dt>
          <dd data-testid="loss">{last === undefined ? '–' : last.loss.toFixed(4)}</dd>
        </div>
        <div className="accuracy">
          <dt>accuracy</dt>
          <dd data-testid="accuracy">
            {accuracy === undefined || accuracy === null ? '–' : `${(accuracy * 100).toFixed(1)} %`}
          </dd>
        </div>
      </dl>
      <Chart
        steps={last?.steps ?? 1}
        losses={values.map(({ step, loss }) => [step, loss])}
        accuracies={measured.map(({ step, accuracy }) => [step, accuracy!])}
      />
      {error && <p className="error">{error.message}</p>}
    </section>
  );
}
