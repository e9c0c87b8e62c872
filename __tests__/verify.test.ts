import { createHash, createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import aws4 from 'aws4';
import { VerifyError, verifyRequest } from '../src/verify';
import type { RefusalCode, VerifyCredentials, VerifyOptions, VerifyResult, WireRequest } from '../src/verify';

// The example keys of AWS's documentation, and its signing test suite's request `get-vanilla` with AWS's own signature.
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const now = (): Date => new Date('2015-08-30T12:36:00Z');
const credential = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';
const signature = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';
/** A request on the wire whose headers can be spread. */
type Wire = Omit<WireRequest, 'headers'> & { headers: Record<string, string> };

const vanilla: Wire = {
  method: 'GET',
  target: '/',
  headers: {
    Host: 'example.amazonaws.com',
    'X-Amz-Date': '20150830T123600Z',
    Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  },
};

function verify(request: Request | WireRequest, options: Partial<VerifyOptions> = {}): Promise<VerifyResult> {
  const credentials = (id: string) => (id === 'AKIDEXAMPLE' ? { secretAccessKey } : undefined);
  return verifyRequest(request, { credentials, region: 'us-east-1', service: 'service', now, ...options });
}
const withHeaders = (headers: Record<string, string | undefined>): WireRequest => ({
  ...vanilla,
  headers: { ...vanilla.headers, ...headers },
});

interface Signing {
  service?: string;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  sessionToken?: string;
  signQuery?: boolean;
}
/** Signed by aws4, as it would stand on the wire. */
function signed({ service = 'service', path = '/', sessionToken, signQuery = false, ...request }: Signing): Wire {
  const { host = 'example.amazonaws.com', ...headers } = request.headers ?? {};
  const date = signQuery ? {} : { 'X-Amz-Date': '20150830T123600Z' };
  const dated = signQuery ? `${path}${path.includes('?') ? '&' : '?'}X-Amz-Date=20150830T123600Z` : path;
  const result = aws4.sign(
    { ...request, service, region: 'us-east-1', path: dated, signQuery, headers: { Host: host, ...date, ...headers } },
    { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
  );
  const wire = Object.fromEntries(
    Object.entries(result.headers as Record<string, unknown>).map(([k, v]) => [k, String(v)]),
  );
  return { method: request.method ?? 'GET', target: result.path!, headers: wire, body: request.body };
}

describe("AWS's own example", () => {
  it.each<[string, Request | WireRequest]>([
    ['a plain object', vanilla],
    ['pairs of headers', { ...vanilla, headers: Object.entries(vanilla.headers) }],
    ['Headers', { ...vanilla, headers: new Headers(vanilla.headers) }],
    [
      "Node's headers, lists among them",
      { ...vanilla, headers: { ...lowerCase(vanilla.headers), 'set-cookie': ['a', 'b'], via: undefined } },
    ],
    ['an absolute target', { ...vanilla, target: 'http://example.amazonaws.com/' }],
    ['an absolute target without a path', { ...vanilla, target: 'https://example.amazonaws.com' }],
    ['a Request', new Request('https://example.amazonaws.com/', { headers: vanilla.headers })],
    ['an empty body', { ...vanilla, body: '' }],
    ['empty bytes', { ...vanilla, body: new Uint8Array() }],
    ['an empty ArrayBuffer', { ...vanilla, body: new ArrayBuffer(0) }],
    ['no body', { ...vanilla, body: null }],
  ])('as %s', async (_, request) => {
    expect(await verify(request)).toEqual({
      ok: true,
      caller: {},
      accessKeyId: 'AKIDEXAMPLE',
      signedHeaders: ['host', 'x-amz-date'],
      date: now(),
      region: 'us-east-1',
      service: 'service',
      place: 'header',
    });
  });

  function lowerCase(headers: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  }

  it('as a Request whose host stands only in its URL', async () => {
    const { Host, ...headers } = vanilla.headers;
    expect(await verify(new Request(`https://${Host}/`, { headers }))).toMatchObject({ ok: true });
    expect(await verify(new Request('https://example.com/', { headers }))).toMatchObject({ code: 'SignatureMismatch' });
  });

  it("a Request's body is checked, and stays to be read", async () => {
    const body = 'Param1=value1';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const wire = signed({ method: 'POST', body, headers });
    const request = (content: string): Request =>
      new Request('http://example.amazonaws.com/', { method: 'POST', body: content, headers: wire.headers });
    const good = request(body);
    expect(await verify(good)).toMatchObject({ ok: true });
    expect(await good.text()).toBe(body);
    expect(await verify(request('Param1=value2'))).toMatchObject({ code: 'SignatureMismatch' });
    await expect(verify(good)).rejects.toMatchObject({ name: 'VerifyError', code: 'InvalidRequest' });
  });

  it.each<[string, WireRequest['body']]>([
    ['text', 'é'],
    ['bytes', new TextEncoder().encode('é')],
    ['a part of a buffer', new Uint8Array([0, 0xc3, 0xa9, 0]).subarray(1, 3)],
    ['an ArrayBuffer', new Uint8Array([0xc3, 0xa9]).buffer],
  ])('takes the body as %s', async (_, body) => {
    const wire = signed({ method: 'POST', body: 'é' });
    expect(await verify({ ...wire, body })).toMatchObject({ ok: true });
  });
});

describe('the Authorization header', () => {
  const parts = [`Credential=${credential}`, 'SignedHeaders=host;x-amz-date', `Signature=${signature}`] as const;
  const missing = (name: string): string => `Authorization header requires '${name}' parameter.`;

  it.each([
    ['without spaces', `AWS4-HMAC-SHA256 ${parts.join(',')}`],
    ['with spaces only', `AWS4-HMAC-SHA256 ${parts.join(' ')}`],
    ['in another order', `AWS4-HMAC-SHA256 ${[...parts].reverse().join(', ')}`],
    ['with more space', `  AWS4-HMAC-SHA256   ${parts.join(' ,  ')} `],
    ['with a parameter that is unknown', `AWS4-HMAC-SHA256 ${parts.join(', ')}, Other=1`],
  ])('is read %s', async (_, Authorization) => {
    expect(await verify(withHeaders({ Authorization }))).toMatchObject({ ok: true });
  });

  it.each<[string, string | undefined, RefusalCode, string]>([
    ['none', undefined, 'MissingAuthentication', 'Missing Authentication Token'],
    ['empty', '', 'IncompleteSignature', missing('Credential')],
    ['no Credential', `AWS4-HMAC-SHA256 ${parts[1]}, ${parts[2]}`, 'IncompleteSignature', missing('Credential')],
    ['no SignedHeaders', `AWS4-HMAC-SHA256 ${parts[0]}, ${parts[2]}`, 'IncompleteSignature', missing('SignedHeaders')],
    ['no Signature', `AWS4-HMAC-SHA256 ${parts[0]}, ${parts[1]}`, 'IncompleteSignature', missing('Signature')],
    [
      'two Signatures',
      `AWS4-HMAC-SHA256 ${parts.join(', ')}, Signature=x`,
      'IncompleteSignature',
      "'Signature' parameter only once",
    ],
    [
      'two Credentials',
      `AWS4-HMAC-SHA256 Credential=x, ${parts.join(', ')}`,
      'IncompleteSignature',
      "'Credential' parameter only once",
    ],
    [
      'a space in it',
      `AWS4-HMAC-SHA256 Credential= ${parts.join(', ').slice(11)}`,
      'IncompleteSignature',
      'Invalid key=value pair (missing equal-sign) in Authorization header',
    ],
    [
      'a Bearer token',
      'Bearer private',
      'IncompleteSignature',
      'Invalid key=value pair (missing equal-sign) in Authorization header',
    ],
    ['a Basic password', 'Basic cHJpdmF0ZQ==', 'IncompleteSignature', missing('Credential')],
    ['a bare token', 'private', 'IncompleteSignature', missing('Credential')],
    [
      'another version',
      `AWS3-HMAC-SHA256 ${parts.join(', ')}`,
      'UnsupportedAlgorithm',
      "Unsupported AWS 'algorithm': (only AWS4-HMAC-SHA256",
    ],
    [
      'another algorithm',
      `AWS4-ECDSA-P256-SHA256 ${parts.join(', ')}`,
      'UnsupportedAlgorithm',
      "'AWS4-ECDSA-P256-SHA256' (only AWS4-HMAC-SHA256 for now)",
    ],
    ['no algorithm', parts.join(', '), 'IncompleteSignature', missing('Credential')],
    [
      'a short scope',
      `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/private, ${parts[1]}, ${parts[2]}`,
      'IncompleteSignature',
      'Credential must have exactly 5 slash-delimited elements',
    ],
    [
      'no key id',
      `AWS4-HMAC-SHA256 Credential=/a/b/c/d, ${parts[1]}, ${parts[2]}`,
      'IncompleteSignature',
      'Credential must have exactly 5',
    ],
    [
      'names that are none',
      `AWS4-HMAC-SHA256 ${parts[0]}, SignedHeaders=host;;x, ${parts[2]}`,
      'IncompleteSignature',
      'SignedHeaders must be',
    ],
    [
      'no host among the signed',
      `AWS4-HMAC-SHA256 ${parts[0]}, SignedHeaders=x-amz-date, ${parts[2]}`,
      'HeaderNotSigned',
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
    ],
    [
      'no x-amz-date among the signed',
      `AWS4-HMAC-SHA256 ${parts[0]}, SignedHeaders=host, ${parts[2]}`,
      'HeaderNotSigned',
      'There were headers present in the request which were not signed: x-amz-date',
    ],
  ])('%s: refused', async (_, Authorization, code, text) => {
    const result = await verify(withHeaders({ Authorization }));
    expect(result).toMatchObject({ ok: false, code });
    expect(inspect(result)).not.toMatch(/private|cHJpdmF0ZQ/); // nothing that may be a secret
    expect((result as { message: string }).message).toContain(text);
  });

  it('twice: refused', async () => {
    const headers = [...Object.entries(vanilla.headers), ['authorization', 'x'] as [string, string]];
    expect(await verify({ ...vanilla, headers })).toMatchObject({ code: 'IncompleteSignature' });
  });

  it('all that is missing is named', async () => {
    const headers = { host: 'example.amazonaws.com', authorization: 'AWS4-HMAC-SHA256' };
    const result = await verify({ ...vanilla, headers });
    const date = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
    const texts = [missing('Credential'), missing('Signature'), missing('SignedHeaders'), date];
    expect(result).toMatchObject({
      code: 'IncompleteSignature',
      message: expect.stringContaining(texts.join(' ')) as string,
    });
  });
});

describe('the date', () => {
  it('may stand in a Date header', async () => {
    // aws4 always adds x-amz-date: signed here by the specification's steps.
    const empty = createHash('sha256').digest('hex');
    const date = 'Sun, 30 Aug 2015 12:36:00 GMT';
    const canonicalRequest = `GET\n/\n\ndate:${date}\nhost:example.amazonaws.com\n\ndate;host\n${empty}`;
    const hash = createHash('sha256').update(canonicalRequest).digest('hex');
    const scope = '20150830/us-east-1/service/aws4_request';
    const key = scope
      .split('/')
      .reduce<string | Buffer>(
        (last, part) => createHmac('sha256', last).update(part).digest(),
        `AWS4${secretAccessKey}`,
      );
    const stringToSign = `AWS4-HMAC-SHA256\n20150830T123600Z\n${scope}\n${hash}`;
    const Signature = createHmac('sha256', key).update(stringToSign).digest('hex');
    const Authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=date;host, Signature=${Signature}`;
    const request = { ...vanilla, headers: { host: 'example.amazonaws.com', date, Authorization } };
    expect(await verify(request)).toMatchObject({ ok: true, date: now() });
    expect(await verify({ ...request, headers: { ...request.headers, date: date.replace('36', '37') } })).toMatchObject(
      { code: 'SignatureMismatch' },
    );
  });

  it.each([
    '20150830T123600',
    '20150830',
    '2015-08-30T12:36:00Z',
    '20150230T123600Z',
    '20150830T250000Z',
    'yesterday',
    '',
  ])('%p is none', async (date) => {
    const result = await verify(withHeaders({ 'X-Amz-Date': date }));
    expect(result).toMatchObject({
      code: 'InvalidDate',
      message: `Date must be in ISO-8601 'basic format'. Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`,
    });
  });

  it('twice is none', async () => {
    const headers = [...Object.entries(vanilla.headers), ['x-amz-date', '20150830T123600Z'] as [string, string]];
    expect(await verify({ ...vanilla, headers })).toMatchObject({ code: 'InvalidDate' });
  });

  it.each([
    [300, 300, true],
    [300.999, 300, true],
    [301, 300, false],
    [-300, 300, true],
    [-301, 300, false],
    [0, 0, true],
    [1, 0, false],
    [899, 900, true],
  ])('%d seconds old, with %d allowed: %p', async (age, maxSkewSeconds, ok) => {
    const later = (): Date => new Date(now().getTime() + age * 1000);
    expect(await verify(vanilla, { now: later, maxSkewSeconds })).toMatchObject({ ok });
  });

  it('in AWS’s words', async () => {
    const at = (text: string, maxSkewSeconds?: number) =>
      verify(vanilla, { now: () => new Date(text), maxSkewSeconds });
    expect(await at('2015-08-30T12:46:00Z')).toMatchObject({
      message: 'Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z (20150830T124600Z - 5 min.)',
    });
    expect(await at('2015-08-30T12:26:00Z', 90)).toMatchObject({
      message:
        'Signature not yet current: 20150830T123600Z is still later than 20150830T122730Z (20150830T122600Z + 90 sec.)',
    });
  });
});

describe('the scope', () => {
  it('names all that is wrong with it', async () => {
    const Authorization = vanilla.headers.Authorization!.replace(credential, 'AKIDEXAMPLE/20150829/c/d/e');
    expect(await verify(withHeaders({ Authorization }))).toMatchObject({
      code: 'RegionMismatch',
      message:
        "Credential should be scoped to a valid region, not 'c'. Credential should be scoped to correct service: 'service'. " +
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. " +
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from '20150830T123600Z'.",
    });
  });
});

describe('the query', () => {
  const presigned = signed({ path: '/a?b=c', signQuery: true });

  it('is taken, for as long as the clock may be off where no expiry is given', async () => {
    expect(await verify(presigned)).toMatchObject({ ok: true, place: 'query', signedHeaders: ['host'] });
    const late = (): Date => new Date(now().getTime() + 301_000);
    expect(await verify(presigned, { now: late })).toMatchObject({ code: 'SignatureExpired' });
  });

  it.each(['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-SignedHeaders', 'X-Amz-Date', 'X-Amz-Signature'])(
    'without %s, or with two: refused',
    async (name) => {
      const without = presigned.target.replace(new RegExp(`&?${name}=[^&]*`), '');
      const text = `AWS query-string parameters must include '${name}'`;
      expect(await verify({ ...presigned, target: without })).toMatchObject({
        code: 'IncompleteSignature',
        message: `${text}. Re-examine the query-string parameters.`,
      });
      expect(await verify({ ...presigned, target: `${presigned.target}&${name}=x` })).toMatchObject({
        code: 'IncompleteSignature',
        message: `${text} only once.`,
      });
    },
  );

  it.each(['1', '300', '604800'])('may hold the expiry %s', async (expires) => {
    expect(await verify(signed({ path: `/?X-Amz-Expires=${expires}`, signQuery: true }))).toMatchObject({ ok: true });
  });

  it.each(['0', '-1', '604801', '1.5', 'x', '', '1e3', '9999999'])('may not hold the expiry %p', async (expires) => {
    const wire = signed({ path: `/?X-Amz-Expires=${expires}`, signQuery: true });
    expect(await verify(wire)).toMatchObject({ code: 'InvalidExpires' });
  });

  it('is compared by what it means', async () => {
    const wire = signed({ path: '/?a=1%202&b=' });
    expect(await verify({ ...wire, target: '/?b&&a=1+2' })).toMatchObject({ ok: true });
    expect(await verify({ ...wire, target: '/?a=1%2B2&b' })).toMatchObject({ code: 'SignatureMismatch' });
  });

  it.each(['/?a=%', '/?a=%zz', '/?a=%FF', '/?%C3=1'])('%s cannot be read', async (target) => {
    expect(await verify({ ...vanilla, target })).toMatchObject({ code: 'MalformedQuery' });
  });
});

describe('the session token', () => {
  const sessionToken = 'token/+=';
  const credentials = () => ({ secretAccessKey, sessionToken });

  it.each([
    ['signed in the header', signed({ sessionToken }), true],
    ['signed in the query', signed({ sessionToken, signQuery: true }), true],
    [
      'added to the headers after signing',
      { ...vanilla, headers: { ...vanilla.headers, 'x-amz-security-token': sessionToken } },
      false,
    ],
    ['added to the query after signing', addToQuery(signed({ signQuery: true })), false],
  ])('%s: taken', async (_, request, isSigned) => {
    expect(await verify(request, { credentials })).toMatchObject({ ok: true });
    expect(await verify(request, { credentials, requireSignedSessionToken: true })).toMatchObject({ ok: isSigned });
  });

  function addToQuery(wire: WireRequest): WireRequest {
    return { ...wire, target: `${wire.target}&X-Amz-Security-Token=${encodeURIComponent(sessionToken)}` };
  }

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['another', 'token/+-'],
    ['longer', 'token/+=='],
    ['shorter', 'token/+'],
  ])('%s: refused', async (_, token) => {
    const headers = { ...vanilla.headers, 'x-amz-security-token': token };
    expect(await verify({ ...vanilla, headers }, { credentials })).toMatchObject({
      code: 'InvalidSessionToken',
      message: 'The security token included in the request is invalid.',
    });
  });

  it('twice: refused', async () => {
    const headers = Object.entries(signed({ sessionToken }).headers);
    expect(await verify({ ...vanilla, headers }, { credentials })).toMatchObject({ ok: true });
    headers.push(['x-amz-security-token', sessionToken]);
    expect(await verify({ ...vanilla, headers }, { credentials })).toMatchObject({ code: 'InvalidSessionToken' });
  });

  it('of permanent credentials: refused', async () => {
    expect(await verify(signed({ sessionToken }))).toMatchObject({ code: 'InvalidSessionToken' });
  });

  it('reaches the lookup', async () => {
    const asked: unknown[] = [];
    const lookup = (...args: unknown[]): undefined => void asked.push(args);
    expect(await verify(signed({ sessionToken }), { credentials: lookup })).toMatchObject({ code: 'UnknownAccessKey' });
    expect(asked).toEqual([['AKIDEXAMPLE', sessionToken]]);
  });
});

describe('the payload', () => {
  const unsigned = { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' };
  const put = { method: 'PUT', path: '/bucket/key', body: 'text' };

  it('of S3 may be unsigned, unless that is ruled out', async () => {
    const wire = signed({ ...put, service: 's3', headers: unsigned });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
    expect(await verify({ ...wire, body: 'other' }, { service: 's3' })).toMatchObject({ ok: true });
    const strict = await verify(wire, { service: 's3', allowUnsignedPayload: false });
    expect(strict).toMatchObject({ code: 'UnsignedPayload' });
    expect((strict as { canonicalRequest?: string }).canonicalRequest).toContain(
      createHash('sha256').update('text').digest('hex'),
    );
  });

  it('of any other service may not, unless that is allowed', async () => {
    const wire = signed({ ...put, headers: unsigned });
    expect(await verify(wire)).toMatchObject({ code: 'UnsignedPayload' });
    expect(await verify(wire, { allowUnsignedPayload: true })).toMatchObject({ ok: true });
  });

  it('of a presigned S3 URL is unsigned', async () => {
    const wire = signed({ path: '/bucket/key', service: 's3', signQuery: true });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
  });

  it('is compared with the hash that was sent', async () => {
    const wire = signed({ ...put, service: 's3' });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
    expect(await verify({ ...wire, body: 'other' }, { service: 's3' })).toMatchObject({ code: 'PayloadHashMismatch' });
  });
});

describe('the path', () => {
  it.each([
    ['/a/./b/../c//d/', '/a/c/d/', 'service', true],
    ['/a/./b/../c//d/', '/a/x/d/', 'service', false],
  ])('%s is %s for %s: %p', async (target, path, service, ok) => {
    expect(await verify({ ...signed({ path, service }), target }, { service })).toMatchObject({ ok });
  });

  it('of S3 is encoded once and not normalized', async () => {
    const wire = signed({ path: '/a//b/../c%20d', service: 's3' });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
    expect(await verify(wire, { service: 's3', normalizePath: true })).toMatchObject({ ok: false });
    expect(await verify(wire, { service: 's3', doubleEncodePath: true })).toMatchObject({ ok: false });
  });
});

it('lets headers that are added on the way be unsigned', async () => {
  const through = withHeaders({ 'X-Amz-Cf-Id': 'abc', 'X-Amzn-Trace-Id': 'Root=1', 'X-Forwarded-For': '127.0.0.1' });
  expect(await verify(through)).toMatchObject({ ok: true });
  expect(await verify(through, { unsignedHeaders: [] })).toMatchObject({ code: 'HeaderNotSigned' });
  expect(await verify(withHeaders({ 'X-Amz-Acl': 'public-read' }))).toMatchObject({ code: 'HeaderNotSigned' });
  expect(await verify(withHeaders({ 'X-Amz-Acl': 'x' }), { unsignedHeaders: ['x-amz-acl'] })).toMatchObject({
    ok: true,
  });
});

it('shows what it computed where the signature differs, in AWS’s form', async () => {
  const result = await verify({ ...vanilla, target: '/?a=b' });
  const canonicalRequest = `GET\n/\na=b\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n${createHash('sha256').digest('hex')}`;
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  expect((result as { canonicalRequest?: string }).canonicalRequest).toBe(canonicalRequest);
  expect(result).toEqual({
    ok: false,
    code: 'SignatureMismatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    stringToSign: `AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n${hash}`,
  });
});

it('shows no secret in any result', async () => {
  const sessionToken = 'a-private-token';
  const found = { secretAccessKey, sessionToken, expiration: new Date('2100-01-01'), identityId: 'us-east-1:1' };
  const good = signed({ sessionToken });
  const results = [
    await verifyRequest(good, { credentials: () => found, now }),
    await verifyRequest({ ...good, target: '/other' }, { credentials: () => found, now }),
    await verifyRequest(good, { credentials: () => ({ ...found, sessionToken: 'x' }), now }),
  ];
  expect(results[0]).toMatchObject({ ok: true, caller: { identityId: 'us-east-1:1', expiration: found.expiration } });
  for (const result of results) {
    const shown = inspect(result, { depth: 9 }) + JSON.stringify(result);
    expect(shown).not.toContain(secretAccessKey);
    expect(shown).not.toContain(sessionToken);
  }
  expect(found.secretAccessKey).toBe(secretAccessKey); // what the lookup gave is left as it was
});

it('lets what the lookup throws through, and waits for a slow one', async () => {
  const failing = (): Promise<VerifyCredentials> => Promise.reject(new Error('database down'));
  await expect(verify(vanilla, { credentials: failing })).rejects.toThrow('database down');
  const slow = async (): Promise<VerifyCredentials> => {
    await new Promise((done) => setTimeout(done, 5));
    return { secretAccessKey };
  };
  expect(await verify(vanilla, { credentials: slow })).toMatchObject({ ok: true });
});

it.each<[string, Record<string, unknown>]>([
  ['credentials: expected a function', { credentials: { secretAccessKey } }],
  ['maxSkewSeconds: expected seconds, 0 or more, got -1', { maxSkewSeconds: -1 }],
  ['maxSkewSeconds: expected seconds, 0 or more, got NaN', { maxSkewSeconds: NaN }],
  ["region: expected a name or undefined, got ''", { region: '' }],
  ["service: expected a name or undefined, got ''", { service: '' }],
  ['now: expected a function that gives a valid Date', { now: () => new Date(NaN) }],
  ['now: expected a function that gives a valid Date', { now: () => 5 }],
])('throws for a wrong option: %s', async (message, options) => {
  const wrong = verify(vanilla, options);
  await expect(wrong).rejects.toBeInstanceOf(VerifyError);
  await expect(wrong).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringContaining(message) as string,
  });
  await expect(wrong).rejects.not.toMatchObject({ message: expect.stringContaining(secretAccessKey) as string });
});

it.each([{}, { method: 'GET' }, { method: 'GET', target: '/' }, { method: '', target: '/', headers: {} }])(
  'throws for a request that is none: %o',
  async (request) => {
    const wrong = verify(request as WireRequest);
    await expect(wrong).rejects.toMatchObject({ name: 'VerifyError', code: 'InvalidRequest' });
  },
);
