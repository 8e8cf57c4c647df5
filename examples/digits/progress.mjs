/**
 * A progress bar that redraws one line of the terminal, or ten plain lines when output is not a terminal.
 */
const WIDTH = 28;

export function createProgress(total, output = process.stdout) {
  const started = performance.now();
  let lastDrawn = 0;
  let tenths = 0;

  function line(done, text) {
    const filled = Math.round((done / total) * WIDTH);
    const seconds = (performance.now() - started) / 1000;
    const left =
      done < total ? `${Math.ceil((seconds / done) * (total - done))} s left` : `${seconds.toFixed(1)} s`;
    const percent = String(Math.round((done / total) * 100)).padStart(3);
    return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${percent} %  ${text}  ${left}`;
  }

  return {
    update(done, text) {
      if (output.isTTY) {
        const now = performance.now();
        // More than 20 frames a second would only slow the training down.
        if (done < total && now - lastDrawn < 50) return;
        lastDrawn = now;
        output.write(`\r\x1b[2K${line(done, text)}${done === total ? '\n' : ''}`);
      } else if (Math.floor((done * 10) / total) > tenths) {
        tenths = Math.floor((done * 10) / total);
        output.write(`${line(done, text)}\n`);
      }
    },
  };
}
