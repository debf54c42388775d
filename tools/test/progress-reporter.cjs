const path = require('node:path');

/** Prints one line per file (`> …`), and what failed in full (`| …`); the runner hands it on. */
module.exports = class ProgressReporter {
  #root;
  #done = 0;

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
    if (hasFailed) this.#print(result.failureMessage ?? String(result.testExecError?.message), '|');
  }

  onRunComplete() {
    this.#print('end');
  }

  #print(text, mark = '>') {
    for (const line of text.split('\n')) process.stderr.write(`${mark} ${line}\n`);
  }
};
