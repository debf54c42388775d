const path = require('node:path');

/** Prints one line per file (`> …`), and what failed in full (`| …`); the runner hands it on. */
module.exports = class ProgressReporter {
  #root;
  #done = 0;
  #failures = [];

  constructor(globalConfig) {
    this.#root = globalConfig.rootDir;
  }

  onTestResult(_test, result, { numTotalTestSuites }) {
    this.#done += 1;
    const file = path.relative(this.#root, result.testFilePath);
    const seconds = ((result.perfStats.end - result.perfStats.start) / 1000).toFixed(1);
    const hasFailed = result.numFailingTests > 0 || result.testExecError;
    const counts = `${result.numPassingTests} passed, ${result.numFailingTests} failed`;
    const place = `${this.#done}/${numTotalTestSuites}`;
    const verdict = hasFailed ? 'FAILED' : 'passed';
    this.#print(`${verdict}  ${place} ${file} (${counts}, ${seconds} s)`);
    if (hasFailed) this.#failures.push({ file, message: messageOf(result) });
    if (hasFailed) this.#print(messageOf(result), '|');
  }

  /** Once more at the end, where those look who see no more of a long log. */
  onRunComplete() {
    for (const { file, message } of this.#failures) this.#print(`FAILED  ${file}\n${message}`, '|');
    this.#print('end');
  }

  #print(text, mark = '>') {
    for (const line of text.split('\n')) process.stderr.write(`${mark} ${line}\n`);
  }
};

function messageOf({ failureMessage, testExecError }) {
  return failureMessage ?? String(testExecError?.message);
}
