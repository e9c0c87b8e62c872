import { createServer, request as send } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { signBySteps, verify } from '../support/verifyHarness';
import { closeServer, listenLocally } from '../support/localServer';

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

describe("a header on two lines, as Node's server gives it", () => {
  const { headers } = signBySteps({ host: 'example.amazonaws.com', 'x-amz-date': date, 'x-name': 'b,a' });

  async function received(): Promise<IncomingMessage> {
    const server = createServer();
    const { port } = await listenLocally(server);
    try {
      return await new Promise((resolve, reject) => {
        server.once('request', (incoming, outgoing) => {
          outgoing.end();
          resolve(incoming);
        });
        send({ host: '127.0.0.1', port, headers: { ...headers, 'x-name': ['b', 'a'] } })
          .on('response', (answer) => answer.resume())
          .on('error', reject)
          .end();
      });
    } finally {
      await closeServer(server);
    }
  }

  it('is good from headersDistinct and from rawHeaders, but not from headers, which joins the lines otherwise', async () => {
    const { rawHeaders: raw, headersDistinct, headers: joined } = await received();
    const pairs = raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1]!] as const] : []));
    const wire = { method: 'GET', target: '/' };
    expect(await verify({ ...wire, headers: headersDistinct })).toMatchObject({ ok: true });
    expect(await verify({ ...wire, headers: pairs })).toMatchObject({ ok: true });
    expect(await verify({ ...wire, headers: raw })).toMatchObject({ ok: true });
    expect(await verify({ ...wire, headers: joined })).toMatchObject({ code: 'SignatureMismatch' });
  });
});

it.each<[string, unknown]>([
  ['names without a value', ['Host']],
  ['pairs among names', ['Host', 'example.amazonaws.com', ['Accept', '*/*']]],
  ['a value that is no text', [['Host', 5]]],
  ['a value that is no text, in an object', { host: 5 }],
  ['a name that is no text', [[5, 'example.amazonaws.com']]],
  ['a number', [5]],
])('throws for headers that are in no form: %s', async (_, headers) => {
  const wrong = verify({ method: 'GET', target: '/', headers: headers as never });
  await expect(wrong).rejects.toMatchObject({ name: 'VerifyError', code: 'InvalidRequest' });
});
