import { signBySteps, verify } from './verifyHarness';

const date = '20150830T123600Z';
const withName = (name: string) => signBySteps({ host: 'example.amazonaws.com', 'x-amz-date': date, 'x-name': name });

describe('white space in a header', () => {
  it.each(['\u00A0a', 'a\u00A0', '\u00A0', 'a\u00A0\u00A0b', '\u000Ba\u000C', '\uFEFFa'])(
    'that is not of HTTP is part of the value: %j',
    async (name) => {
      const request = withName(name);
      expect(await verify(request)).toMatchObject({ ok: true });
      const trimmed = { ...request, headers: { ...request.headers, 'x-name': name.trim() } };
      expect(await verify(trimmed)).toMatchObject(name === name.trim() ? { ok: true } : { code: 'SignatureMismatch' });
    },
  );

  it('that is of HTTP is trimmed and folded', async () => {
    const { headers, ...request } = withName('a b');
    const sent = { 'x-name': ' \t a \t  b\t ', 'x-amz-date': `\t${date} `, host: ' example.amazonaws.com' };
    expect(await verify({ ...request, headers: { ...headers, ...sent } })).toMatchObject({ ok: true });
  });

  it('is read in a time that grows with its length alone', async () => {
    const { headers, ...request } = withName(`a ${'b'.repeat(10)}`);
    const sent = { 'x-name': `a${' '.repeat(200_000)}${'b'.repeat(10)}` };
    expect(await verify({ ...request, headers: { ...headers, ...sent } })).toMatchObject({ ok: true });
  });
});

it('reads a Request as it reads the wire', async () => {
  const { headers } = withName('\u00A0a');
  expect(await verify(new Request('https://example.amazonaws.com/', { headers }))).toMatchObject({ ok: true });
});
