/** The process around the commands. */
import { start } from '../support/cliHarness';

test('a reader that stops before the end, as `| head` does, gets no report of a fault', async () => {
  const { child, ended } = start(['call', '--help']);
  child.stdout.destroy();
  const { code, err } = await ended;
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
