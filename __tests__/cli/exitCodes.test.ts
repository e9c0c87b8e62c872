/** The pages of the command line's errors in docs/errors say what happens. */
import { readFileSync } from 'node:fs';
import { run } from '../support/cliHarness';

test('a command line that cannot be understood ends with 2, and names what is missing', async () => {
  const [, command = ''] = /```sh\nnpx sigv4-client (.*)\n/.exec(readFileSync('docs/errors/Usage.md', 'utf8')) ?? [];
  const { code, out, err } = await run(command.split(' '));
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^expected a URL or a path/);
  expect(err).not.toContain('/e/'); // what it says is enough
});

test('an error on the way names the page of its code', async () => {
  const { code, err } = await run(['call', 'http://127.0.0.1:9/notes', '--region', 'eu-west-1'], {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  expect({ code, err }).toEqual({
    code: 3,
    err: expect.stringMatching(/\nSee https:\/\/\S+\/e\/NetworkError\n$/) as string,
  });
});

test('an explanation names the page of its code', async () => {
  const { out } = await run(['explain'], {}, '{"message":"Missing Authentication Token"}');
  expect(out).toMatch(/\nSee https:\/\/\S+\/e\/NotSigned\n$/);
});
