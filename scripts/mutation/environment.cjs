const { TestEnvironment } = require('jest-environment-node');
const run = require('./run.cjs');

/** Node's environment, with Stryker's switch for the active mutant in it; it runs the tests that reach the mutant, up to the first that fails. */
module.exports = class MutationEnvironment extends TestEnvironment {
  #tests = 0;

  async setup() {
    await super.setup();
    run.coverage = { static: {}, perTest: {} };
    const { mutant: activeMutant, hitLimit, coverage: mutantCoverage } = run;
    this.global.__stryker__ = { activeMutant, hitCount: 0, hitLimit, mutantCoverage };
  }

  handleTestEvent({ name, test }) {
    if (name === 'test_start') {
      const number = String(++this.#tests);
      this.global.__stryker__.currentTestId = number;
      if (run.failed || run.tests?.includes(number) === false) test.mode = 'skip';
    }
    if (name === 'test_done') {
      this.global.__stryker__.currentTestId = undefined;
      run.failed ||= test.errors.length > 0;
    }
  }
};
