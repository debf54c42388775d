const { TestEnvironment } = require('jest-environment-node');

/** Tells the tests' clean-up whether a test of the file failed, so that it can keep the evidence. */
module.exports = class extends TestEnvironment {
  async handleTestEvent(event) {
    if (event.name === 'test_done' && event.test.errors.length > 0)
      this.global.hasFailedTest = true;
  }
};
