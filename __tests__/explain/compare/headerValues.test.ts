/** Which values of headers an explanation shows, and which it compares at all: none that is secret, or may have been masked. */
import { canonicalLines, mismatch, read, sessionToken, sha256, sign } from '../../support/awsTexts';

it.each(['[hidden]', '****', '****MPLE', '<token>', 'xxx', 'XXXX', '...', '…'])(
  'a value that was masked as %s is not compared',
  (token) => {
    const lines = canonicalLines({ 'content-type': 'text/plain' });
    const shown = lines.map((line) => line.replace(sessionToken, token));
    expect(read({ message: mismatch(lines, shown) })?.difference).toBe(
      'the header content-type: signed as "application/json", arrived as "text/plain"',
    );
  },
);

it.each(['[hidden', 'xx', '**', 'a[hidden]', '<token', 'very…', '..', '....', '...and more'])(
  'a value %s is not taken for a masked one',
  (token) => {
    const lines = canonicalLines({ 'x-amz-security-token': token });
    expect(read({ message: mismatch(lines) })?.difference).toBe(
      `the header x-amz-security-token: its value changed (not shown; signed with 496, arrived with ${token.length} characters)`,
    );
  },
);

it.each([
  'accept-language',
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'date',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'x-amz-api-version',
  'x-amz-target',
  'x-amzn-anything',
  'x-requested-with',
])('the value of %s is shown', (name) => {
  const signed = { ...sign({ headers: { [name]: 'one' } }) };
  // Those that the signer never signs are signed by other clients.
  signed.headers.Authorization = signed.headers.Authorization!.replace(
    /SignedHeaders=[^,]+/,
    `SignedHeaders=accept;content-type;host;x-amz-date;x-amz-security-token;${name}`,
  );
  expect(read({ message: mismatch(canonicalLines({ [name]: 'other' })) }, signed)?.difference).toContain(
    `the header ${name}: signed as "one", arrived as "other"`,
  );
});

it.each([
  ...['x-customer', 'x-amz-meta', 'my-accept', 'accept-me', 'cookie', 'x-api-key', 'apikey', 'x-secret-date'],
  ...['host-token', 'my-host', 'x-amz-date-from', 'my-x-amz-date', 'date-token', 'range-secret', 'x-if-match'],
])('the value of %s is not shown', (name) => {
  const message = mismatch(canonicalLines({ [name]: 'other' }));
  expect(read({ message }, sign({ headers: { [name]: 'one' } }))?.difference).toContain('not shown');
});

it('a payload hash is shown whole, though it looks like a token', () => {
  const [signed, arrived] = [sha256('signed'), sha256('arrived')];
  const request = sign({ headers: { 'x-amz-content-sha256': signed } });
  const message = mismatch(canonicalLines({ 'x-amz-content-sha256': arrived }));
  expect(read({ message }, request)?.difference).toContain(
    `the header x-amz-content-sha256: signed as "${signed}", arrived as "${arrived}"`,
  );
});

it('a header that the gateway has besides', () => {
  expect(read({ message: mismatch(canonicalLines({ range: 'bytes=0-1' })) }, sign())?.difference).toContain(
    'the header range: was not there when the request was signed, arrived as "bytes=0-1"',
  );
});

it.each([
  ['X-Requested-With', 'ABC', 'abc', 'upper and lower case differ'],
  ['X-Requested-With', 'abc', 'ABC', 'upper and lower case differ'],
  ['X-Requested-With', 'a b c', 'abc', 'white space differs'],
  ['X-Requested-With', 'abc', 'a b c', 'white space differs'],
  ['Content-Type', 'text/plain; a=b; charset=utf-8', 'text/plain;a=b;charset=utf-8', 'case or white space differ'],
])('%s: %s arrived as %s: %s', (name, signed, arrived, kind) => {
  const message = mismatch(canonicalLines({ [name.toLowerCase()]: arrived }));
  expect(read({ message }, sign({ headers: { [name]: signed } }))?.difference).toBe(
    `the header ${name.toLowerCase()}: signed as "${signed}", arrived as "${arrived}": ${kind}`,
  );
});
