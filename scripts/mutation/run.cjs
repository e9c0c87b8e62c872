/** What the worker and the environment of the test file at hand tell each other: one process, which loads this file once. */
module.exports = {
  /** The active mutant's id; none: the run that learns which test reaches which mutant. */
  mutant: undefined,
  /** How often the mutated code may be passed before it counts as a loop without end. */
  hitLimit: undefined,
  /** The only tests to run, by their numbers in the file; none: all. */
  tests: undefined,
  /** Whether a test has failed: the rest of the file is then skipped. */
  failed: false,
  /** How often each mutant's code was passed: `static` outside of tests, `perTest` by the test's number. */
  coverage: undefined,
};
