import { newClient, SigV4Error } from '../../src/sigv4';
import { crosscheck } from '../support/sigV4Crosscheck';
import {
  configOf,
  CREDENTIALS,
  headerOf,
  readAuthorization,
  readQuery,
  smithySignature,
  TOKEN,
  useRecorder,
} from '../support/sigV4Harness';

const recorder = useRecorder();

describe('what fetch puts on the wire, signed by aws4 and @smithy/signature-v4', () => {
  // In full: node scripts/crosscheck.mjs 1000 [seed]
  const seed = Date.now() % 1e9;
  test(`10 random requests (seed ${seed}): their signatures are ours, and what arrives is what was asked for`, async () => {
    await expect(crosscheck(recorder.call, 10, seed)).resolves.toBeUndefined();
  });

  test.each([31, 32, 33, 200])('%i parameters and headers, in no order', async (count) => {
    const names = Array.from({ length: count }, (_, i) => `x-${(i * 7919) % 1000}`);
    const queryParams = Object.fromEntries(names.map((name, i) => [name, [i % 3, 'b', 'a']]));
    const wire = await recorder.call({ queryParams, headers: Object.fromEntries(names.map((name) => [name, 'a'])) });
    const { signedHeaders } = readAuthorization(headerOf(wire, 'authorization'));
    expect(signedHeaders).toEqual(expect.arrayContaining(names));
  });

  test('every signed header arrives once, with the value that was signed', async () => {
    const headers = { 'X-One': ' 1 ', 'x-two': 'a  b', 'X-Amz-Meta-E': 'é', Range: 'bytes=0-9' };
    const client = newClient(configOf({ endpoint: recorder.url(), sessionToken: TOKEN, signBody: true }));
    const signed = client.signRequest({ method: 'POST', path: '/notes', body: { a: 1 }, headers });
    const wire = await recorder.send(signed);
    const { signedHeaders } = readAuthorization(signed.headers.Authorization);
    expect(signedHeaders).toHaveLength(10);
    for (const name of signedHeaders) {
      expect(wire.headers.filter(([sent]) => sent.toLowerCase() === name)).toHaveLength(1);
      const [, value] = Object.entries(signed.headers).find(([given]) => given.toLowerCase() === name) ?? [];
      expect(headerOf(wire, name)).toBe(name === 'host' ? new URL(recorder.url()).host : value);
    }
  });

  test('headers that browsers drop and proxies rewrite are sent, not signed', async () => {
    const wire = await recorder.call({
      headers: { 'user-agent': 'mine/1.0', 'cache-control': 'no-cache', pragma: 'no-cache' },
    });
    expect(headerOf(wire, 'user-agent')).toBe('mine/1.0');
    expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toEqual(['accept', 'host', 'x-amz-date']);
  });

  test('headers that only begin like those are signed', async () => {
    const names = [
      'accept-currency',
      'connection-id',
      'cookie-consent',
      'date-format',
      'pragma-x',
      'te-x',
      'upgrade-plan',
    ];
    const wire = await recorder.call({ headers: Object.fromEntries(names.map((name) => [name, '1'])) });
    const { signedHeaders } = readAuthorization(headerOf(wire, 'authorization'));
    expect(signedHeaders).toEqual([...names, 'accept', 'host', 'x-amz-date'].sort());
  });

  test('a no-break space in a header is text, not space', async () => {
    for (const value of ['a\u00a0b', 'a\u00a0\u00a0b', 'a  b\u00a0c']) {
      const client = newClient(configOf({ endpoint: recorder.url() }));
      const wire = await recorder.send(client.signRequest({ headers: { 'x-note': value } }));
      expect(headerOf(wire, 'x-note')).toBe(value);
      const { signature } = readAuthorization(headerOf(wire, 'authorization'));
      expect(signature).toBe(await smithySignature(wire, CREDENTIALS.secretKey)); // aws4 folds it as well
    }
  });

  test('header and query names that objects know', async () => {
    const pairs: [string, string][] = [
      ['constructor', 'c'],
      ['toString', 't'],
    ];
    const wire = await recorder.call({ headers: pairs, queryParams: pairs });
    expect(readQuery(wire.target)).toEqual(pairs);
    expect([headerOf(wire, 'constructor'), headerOf(wire, 'tostring')]).toEqual(['c', 't']);
  });

  test('__proto__, which fetch drops from headers, is refused there; in a query it goes out', async () => {
    const client = newClient(configOf({ endpoint: recorder.url() }));
    const pairs: [string, string][] = [['__proto__', 'p']];
    expect(readQuery((await recorder.send(client.signRequest({ queryParams: pairs }))).target)).toEqual(pairs);
    expect(() => client.signRequest({ headers: pairs })).toThrow(SigV4Error);
  });
});
