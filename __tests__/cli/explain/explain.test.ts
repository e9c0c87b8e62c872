/** `sigv4-client explain`: what is pasted is read and explained. */
import { run, write } from '../../support/cliHarness';

const REFUSED = `HTTP/1.1 403 Forbidden\r
x-amzn-ErrorType: InvalidSignatureException\r
\r
{"message":"Credential should be scoped to a valid region, not 'eu-west-1'. "}`;

test('from a file, from what is piped in, as JSON', async () => {
  write('refused.txt', REFUSED);
  const fromFile = await run(['explain', 'refused.txt']);
  expect(fromFile).toMatchObject({ code: 0, err: '' });
  expect(fromFile.out).toMatch(/^WrongRegion: /m);
  expect(await run(['explain'], {}, REFUSED)).toEqual(fromFile);
  const json = await run(['explain', '--json', '-'], {}, REFUSED);
  expect(JSON.parse(json.out)).toMatchObject({ explanation: { code: 'WrongRegion' } });
});

test('what the API itself says is told apart', async () => {
  const { out } = await run(['explain'], {}, '{"message":"This note is not yours"}');
  expect(out).toMatch(/^Nothing in it is a refusal/);
});

test('what can be read by no one is refused', async () => {
  expect(await run(['explain'], {}, '')).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringMatching(/^text: expected/) as string,
  });
  expect(await run(['explain', 'none.har'])).toMatchObject({ code: 2 });
});
