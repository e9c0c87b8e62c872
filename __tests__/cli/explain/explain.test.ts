/** `sigv4-client explain`: what is pasted is read and explained. */
import { run, write } from '../../support/cliHarness';
import { sample } from '../../support/pastedHarness';

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

test.each([
  [
    'a curl -v log',
    'curl-7.88-http2-redirect.txt',
    /^POST \S+\/moved\/notes\nPathChanged: /,
    /signed as "\/moved\/notes", arrived as "\/dev/,
  ],
  [
    'a HAR',
    'chromium-156-wrong-secret.har',
    /^POST \S+\/dev\/notes\nWrongSecretKey: /,
    /the signature alone: nothing was changed on the way/,
  ],
])('%s is compared with what was signed', async (_, name, about, difference) => {
  write(name, sample(name));
  const { out } = await run(['explain', name]);
  expect(out).toMatch(about);
  expect(out).toMatch(difference);
  expect(JSON.parse((await run(['explain', '--json', name])).out)).toMatchObject({
    request: expect.stringMatching(/^POST /) as string,
    explanation: { difference: expect.stringMatching(difference) as string },
  });
});

test('what the API itself says is told apart', async () => {
  const { out } = await run(['explain'], {}, '{"message":"This note is not yours"}');
  expect(out).toMatch(/^Nothing in it is a refusal/);
});

test('what can be read by no one is refused, by the name of where it came from', async () => {
  const EMPTY = 'expected a refusal (explain --help names the forms), got nothing\n';
  write('empty.har', ' \n');
  expect(await run(['explain'], {}, '')).toEqual({ code: 2, out: '', err: `what is piped in: ${EMPTY}` });
  expect(await run(['explain', '-'], {}, '\n')).toEqual({ code: 2, out: '', err: `what is piped in: ${EMPTY}` });
  expect(await run(['explain', 'empty.har'])).toEqual({ code: 2, out: '', err: `empty.har: ${EMPTY}` });
  write('notes.txt', 'none of these');
  const { code, err } = await run(['explain', 'notes.txt']);
  expect([code, err]).toEqual([2, expect.stringMatching(/^notes\.txt: expected a HAR, .*, got a string of 13 char/)]);
  expect(await run(['explain', 'none.har'])).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^none\.har could not be read/) as string,
  });
});
