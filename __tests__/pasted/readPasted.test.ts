/** Whatever is pasted: read, or refused by this library's own error, which shows nothing of it. */
import { inspect } from 'node:util';
import fc from 'fast-check';
import { explain } from '../../src/explain';
import { readPasted } from '../../src/pasted';
import { SigV4Error } from '../../src/sigv4';
import { sample } from '../support/pastedHarness';

const SAMPLES = ['curl-7.88-http1-secret.txt', 'curl-7.88-http2-redirect.txt', 'chromium-156-wrong-secret.har'].map(
  sample,
);

/** Reads, and explains what was read: neither throws what is not ours. */
function attempt(text: string): void {
  expect(outcomeOf(text)).toMatch(/^(read|refused)$/);
}

function outcomeOf(text: string): string {
  try {
    for (const { refusal, signed } of readPasted(text)) explain(refusal, signed ?? { url: '' });
    return 'read';
  } catch (error) {
    return error instanceof SigV4Error ? 'refused' : inspect(error);
  }
}

it('any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), attempt), { numRuns: 2000 });
});

/** What the readers look for. */
const PIECES = [
  '> GET /x HTTP/1.1', '> Host: h', '>', '< HTTP/1.1 403 Forbidden', '< HTTP/2 403', '<', '< a: b', '* [HTTP/2] [1] [:path: /x]', '* [HTTP/2] [1] [:method: GET]',
  '*   Trying 1', '{ [1 bytes data]', 'HTTP/1.1 403 Forbidden', 'GET /x HTTP/1.1', ':method: GET', ':path: x', 'Content-Length: 1', 'content-length: 99999999999999999999', 'a: b', '',
  '{"message":"x"}', '{"message":', '{"log":{"entries":[', '[', '}', '<Error>', '<Code>', 'Forbidden', 'curl ', "curl 'https://h' \\", "-H 'a: b'", "$'", '"', '^"', '\\', '|',
  'fetch("https://h", {', 'fetch("', '});', "Access to fetch at 'x' from origin 'y'", 'Failed to fetch', 'GET https://h net::ERR_FAILED 403', '\ufeff', '\0', '\ud800', '__proto__',
]; // prettier-ignore

it('any sequence of what the readers look for', () => {
  const text = fc.array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('\n', '\r\n', ' ', '')), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(text, (pieces) => {
      attempt(pieces.flat().join(''));
    }),
    { numRuns: 5000 },
  );
});

it('a sample, cut and put together again', () => {
  const cut = fc.tuple(fc.constantFrom(...SAMPLES), fc.nat(7000), fc.nat(7000), fc.constantFrom('', ...PIECES));
  fc.assert(
    fc.property(cut, ([text, from, to, piece]) => {
      attempt(text.slice(0, from) + piece + text.slice(to));
    }),
    { numRuns: 1000 },
  );
});

it('an archive of any JSON', () => {
  const key = fc.constantFrom('log', 'entries', 'request', 'response', 'url', 'status', 'headers', 'name', 'value', 'postData', 'text', 'content', 'encoding', '__proto__', 'constructor'); // prettier-ignore
  const value = fc.letrec((tie) => ({
    any: fc.oneof({ maxDepth: 5 }, fc.constantFrom('base64', 'https://h', 403, 0, -1, null, true, 'x', 1e300), tie('list'), tie('object')),
    list: fc.array(tie('any'), { maxLength: 3 }),
    object: fc.dictionary(key, tie('any'), { maxKeys: 6 }),
  })).any; // prettier-ignore
  const entry = fc.record({
    request: fc.record({ url: fc.constantFrom('https://h?X-Amz-Signature=1', 'no url', ''), headers: value, postData: value, method: value }), // prettier-ignore
    response: fc.record({ status: fc.constantFrom(403, 0, -1, 1e9, 200), headers: value, content: value }),
  });
  fc.assert(
    fc.property(fc.oneof(value, fc.record({ log: fc.record({ entries: fc.array(entry) }) })), (har) => {
      attempt(JSON.stringify(har));
    }),
    { numRuns: 2000 },
  );
});

it.each<[string, string]>([
  ['JSON without end', '{"log":'.repeat(100_000)],
  ['arrays without end', '['.repeat(100_000)],
  ['an archive of arrays', `{"log":{"entries":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`],
  ['a message of objects', `${'{"message":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
])('%s', (_, text) => {
  attempt(text);
});

it.each([undefined, null, 1, {}, Buffer.from('x')])('%p is no text', (given) => {
  expect(() => readPasted(given as string)).toThrow(SigV4Error);
});

it('says what can be read, and shows nothing of what came', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  expect(() => readPasted(secret)).toThrow(
    "text: expected a HAR, a curl -v log, an HTTP answer, AWS's JSON, XML or message, or what a browser's console shows, got a string of 40 characters",
  );
});
