/** What the demo prints: lines that stay, on a terminal with one line below them that changes. */
export function createScreen(output = process.stdout) {
  const startedAt = performance.now();
  let status = '';

  const clear = () => output.isTTY && status && output.write('\r\u001b[2K');
  function line(text = '') {
    clear();
    output.write(`${text}\n`);
    if (output.isTTY && status) output.write(status);
  }
  return {
    line,
    /** A step of the preparations, with the seconds since the start. */
    step(text) {
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      line(`[${String(seconds).padStart(3)} s] ${text}`);
    },
    /** The changing line; where there is no terminal, a line like any other. */
    status(text) {
      if (!output.isTTY) return line(text);
      clear();
      status = text.slice(0, (output.columns ?? 100) - 1);
      output.write(status);
    },
    endStatus() {
      if (output.isTTY && status) output.write('\n');
      status = '';
    },
  };
}
