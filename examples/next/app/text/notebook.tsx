'use client';

import { useMLXStream } from 'mlx/react';
import { useState } from 'react';

type Event = { kind: 'training'; step: number; steps: number; loss: number } | { kind: 'text'; text: string };

export function Notebook() {
  const [prompt, setPrompt] = useState('the patient baker ');
  const [length, setLength] = useState(300);
  const [temperature, setTemperature] = useState(0.6);
  const [written, setWritten] = useState('');
  const { state, values, last, error, start, cancel } = useMLXStream<Event>('/api/text');
  const running = state === 'streaming';
  const text = values.map((value) => (value.kind === 'text' ? value.text : '')).join('');
  const training = last?.kind === 'training' ? last : undefined;

  function write() {
    setWritten(prompt);
    start({ method: 'POST', body: JSON.stringify({ prompt, length, temperature }) });
  }

  return (
    <section className="panel">
      <form
        className="controls"
        onSubmit={(event) => {
          event.preventDefault();
          write();
        }}
      >
        <label className="wide">
          Beginning
          <input
            type="text"
            name="prompt"
            autoComplete="off"
            maxLength={200}
            value={prompt}
            disabled={running}
            onChange={(event) => setPrompt(event.target.value)}
          />
        </label>
        <label>
          Characters <b>{length}</b>
          <input
            type="range"
            min={100}
            max={2000}
            step={100}
            value={length}
            disabled={running}
            onChange={(event) => setLength(Number(event.target.value))}
          />
        </label>
        <label>
          Temperature <b>{temperature.toFixed(1)}</b>
          <input
            type="range"
            min={0.1}
            max={1.5}
            step={0.1}
            value={temperature}
            disabled={running}
            onChange={(event) => setTemperature(Number(event.target.value))}
          />
        </label>
        {running ? (
          <button type="button" className="stop" onClick={cancel}>
            Stop
          </button>
        ) : (
          <button type="submit">Write</button>
        )}
      </form>
      <div className="paper" data-testid="text" data-state={state}>
        <b>{written}</b>
        {text}
        {running && <span className="caret" />}
      </div>
      <p className="quiet" data-testid="status">
        {training
          ? `Learning to write: step ${training.step} of ${training.steps}, loss ${
              Number.isNaN(training.loss) ? '–' : training.loss.toFixed(2)
            }`
          : text === ''
            ? 'Nothing written yet.'
            : `${text.length} characters`}
      </p>
      {error && <p className="error">{error.message}</p>}
    </section>
  );
}
