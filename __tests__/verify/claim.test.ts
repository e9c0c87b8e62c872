import { inspect } from 'node:util';
import type { RefusalCode } from '../../src/verify';
import {
  credential,
  now,
  signature,
  signed,
  signBySteps,
  vanilla,
  verify,
  withHeaders,
} from '../support/verifyHarness';

describe('the Authorization header', () => {
  const parts = [`Credential=${credential}`, 'SignedHeaders=host;x-amz-date', `Signature=${signature}`] as const;
  const missing = (name: string): string => `Authorization header requires '${name}' parameter.`;

  it.each([
    ['without spaces', `AWS4-HMAC-SHA256 ${parts.join(',')}`],
    ['with spaces only', `AWS4-HMAC-SHA256 ${parts.join(' ')}`],
    ['in another order', `AWS4-HMAC-SHA256 ${[...parts].reverse().join(', ')}`],
    ['with more space', `  AWS4-HMAC-SHA256   ${parts.join(' ,  ')} `],
    ['with a parameter that is unknown', `AWS4-HMAC-SHA256 ${parts.join(', ')}, Other=1`],
    [
      'with such ones twice',
      `AWS4-HMAC-SHA256 ${parts.join(', ')}, Signatures=1, XSignature=1, Signatures=2, XSignature=2`,
    ],
  ])('is read %s', async (_, Authorization) => {
    expect(await verify(withHeaders({ Authorization }))).toMatchObject({ ok: true });
  });

  it.each<[string, string | undefined, RefusalCode, string]>([
    ['none', undefined, 'MissingAuthentication', 'Missing Authentication Token'],
    ['empty', '', 'IncompleteSignature', missing('Credential')],
    ['no Credential', `AWS4-HMAC-SHA256 ${parts[1]}, ${parts[2]}`, 'IncompleteSignature', missing('Credential')],
    ['no SignedHeaders', `AWS4-HMAC-SHA256 ${parts[0]}, ${parts[2]}`, 'IncompleteSignature', missing('SignedHeaders')],
    ['no Signature', `AWS4-HMAC-SHA256 ${parts[0]}, ${parts[1]}`, 'IncompleteSignature', missing('Signature')],
    ...['Credential', 'SignedHeaders', 'Signature'].map((name): [string, string, RefusalCode, string] => [
      `two of ${name}`,
      `AWS4-HMAC-SHA256 ${name}=x, ${parts.join(', ')}`,
      'IncompleteSignature',
      `'${name}' parameter only once`,
    ]),
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
    ...['private/AWS4-HMAC', 'AWS4-HMAC/private', `AWS4-private${'x'.repeat(40)}`].map(
      (algorithm): [string, string, RefusalCode, string] => [
        `an algorithm that may be a secret, ${algorithm}`,
        `${algorithm} ${parts.join(', ')}`,
        'UnsupportedAlgorithm',
        "Unsupported AWS 'algorithm': (only AWS4-HMAC-SHA256",
      ],
    ),
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
    ...['host;;x', 'host;x-amz-date:', ':host;x-amz-date'].map((names): [string, string, RefusalCode, string] => [
      `the names ${names}`,
      `AWS4-HMAC-SHA256 ${parts[0]}, SignedHeaders=${names}, ${parts[2]}`,
      'IncompleteSignature',
      'SignedHeaders must be header names joined by semicolons.',
    ]),
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
    const date = 'Sun, 30 Aug 2015 12:36:00 GMT';
    const request = signBySteps({ date, host: 'example.amazonaws.com' });
    expect(await verify(request)).toMatchObject({ ok: true, date: now() });
    expect(await verify({ ...request, headers: { ...request.headers, date: date.replace('36', '37') } })).toMatchObject(
      { code: 'SignatureMismatch' },
    );
  });

  it.each(['Sun, 31 Feb 2015 12:36:00 GMT', 'Zzz, 30 Aug 2015 12:36:00 GMT'])(
    '%p in a Date header is none',
    async (date) => {
      const result = await verify(signBySteps({ date, host: 'example.amazonaws.com' }));
      expect(result).toMatchObject({ ok: false, message: expect.stringContaining('Date') as string });
    },
  );

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

  it.each(['19691231T235959Z', 'Sun, 30 Aug 1903 12:36:00 GMT'])('before 1970 is none: %p', async (date) => {
    const headers = date.endsWith('GMT') ? { 'X-Amz-Date': undefined, Date: date } : { 'X-Amz-Date': date };
    expect(await verify(withHeaders(headers))).toMatchObject({ code: 'InvalidDate' });
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
