/** A test that comes past no `expect`, in a loop over nothing for one, fails. */
beforeEach(() => {
  expect.hasAssertions();
});
