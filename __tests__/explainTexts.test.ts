/** Refusals in the forms in which AWS sends them, as developers report them in public threads; the values are samples. */
import { createHash } from 'node:crypto';
import { explain } from '../src/explain/index';
import type { Explanation, Refusal, SignedParts } from '../src/explain/index';
import { newClient } from '../src/sigv4';
import type { RequestToSign } from '../src/sigv4';

const accessKey = 'ASIAIOSFODNN7EXAMPLE';
const sessionToken = `IQoJb3JpZ2luX2Vj${'EXAMPLETOKEN'.repeat(40)}`;
const endpoint = 'https://abc123.execute-api.eu-west-1.amazonaws.com/dev';
const client = newClient({ accessKey, secretKey: 'wJalrXUtnFEMI/K7MDENG', sessionToken, endpoint });
const date = new Date('2024-05-01T12:00:00Z');
const body = '{"text":"very private"}';
const sign = (request: RequestToSign = {}) =>
  client.signRequest({ method: 'POST', path: '/notes', date, body, ...request });
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What API Gateway would have computed for `sign()`, written out by hand. */
function gatewaySaw(change: { type?: string; token?: string; body?: string } = {}): string {
  const { type = 'application/json', token = sessionToken } = change;
  const lines = (shownToken: string): string =>
    [
      'POST',
      '/dev/notes',
      '',
      'accept:application/json',
      `content-type:${type}`,
      'host:abc123.execute-api.eu-west-1.amazonaws.com',
      'x-amz-date:20240501T120000Z',
      `x-amz-security-token:${shownToken}`,
      '',
      'accept;content-type;host;x-amz-date;x-amz-security-token',
      sha256(change.body ?? body),
    ].join('\n');
  const stringToSign = `AWS4-HMAC-SHA256\n20240501T120000Z\n20240501/eu-west-1/execute-api/aws4_request\n${sha256(lines(sessionToken))}`;
  return (
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.' +
    `\n\nThe Canonical String for this request should have been\n'${lines(token)}'\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`
  );
}

function read(
  answer: string | object,
  signed: SignedParts = sign(),
  more: Partial<Refusal> = {},
): Explanation | undefined {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return explain({ status: 403, headers: {}, body: text, ...more }, signed);
}

describe('a mismatch', () => {
  const message = gatewaySaw({ type: 'application/json; charset=utf-8' });
  const expected = { code: 'HeaderChanged', difference: expect.stringContaining('the header content-type') as string };
  it.each<[string, string | object]>([
    ['with "message"', { message }],
    ['with "Message"', { Message: message }],
    ['wrapped by an app', { error: { message } }],
    ['as JSON of JSON', JSON.stringify(JSON.stringify({ message }))],
    ['as bare text', message],
    ['as text copied out of JSON, escapes and all', JSON.stringify(message).slice(1, -1)],
    ['with Windows line breaks', { message: message.replaceAll('\n', '\r\n') }],
  ])('is read %s', (_, answer) => {
    expect(read(answer)).toMatchObject(expected);
  });

  it('is wrong keys where all is equal', () => {
    expect(read({ message: gatewaySaw() })).toMatchObject({
      code: 'WrongSecretKey',
      cause: expect.stringContaining('ASIA…MPLE') as string,
    });
  });

  it.each(['[hidden]', '****', '<token>'])(
    'is wrong keys where all is equal and the token was masked as %s',
    (token) => {
      expect(read({ message: gatewaySaw({ token }) })?.code).toBe('WrongSecretKey');
    },
  );

  it('elsewhere is told, and nothing is said of a token that was masked', () => {
    const explanation = read({ message: gatewaySaw({ type: 'text/plain', token: '[hidden]' }) });
    expect(explanation?.difference).toBe(
      'the header content-type: signed as "application/json", arrived as "text/plain"',
    );
  });

  it('in the token is told without showing it', () => {
    // A gateway that saw another token hashes that one.
    const other = 'OTHERTOKEN'.repeat(48);
    const seen = gatewaySaw({ token: other }).replace(/[0-9a-f]{64}'\n$/, `${sha256('another canonical request')}'\n`);
    const explanation = read({ message: seen });
    expect(explanation).toMatchObject({
      code: 'HeaderChanged',
      difference:
        'the header x-amz-security-token: its value changed (not shown; signed with 496, arrived with 480 characters)',
    });
  });

  it('is not put down to the keys where the body that was signed is not known', () => {
    const { url, headers, method } = sign();
    const seen = gatewaySaw().replace(/[0-9a-f]{64}'\n$/, `${sha256('another canonical request')}'\n`);
    const explanation = read({ message: seen }, { url, headers, method, body: new Blob([body]) });
    expect(explanation).toMatchObject({ code: 'SignatureMismatch', difference: 'not comparable: the body' });
    const known = { url, headers, method, body: new Blob([body]), payloadHash: sha256(body) };
    expect(read({ message: gatewaySaw() }, known)?.code).toBe('WrongSecretKey');
  });

  it('without the canonical request names what to check', () => {
    const short = gatewaySaw().split('\n')[0]!;
    expect(read({ message: short })).toMatchObject({
      code: 'SignatureMismatch',
      advice: expect.stringContaining('secret access key') as string,
    });
    const headers = { 'x-amzn-ErrorType': 'InvalidSignatureException' };
    expect(read({ message: 'No entry.' }, sign(), { headers })?.code).toBe('SignatureMismatch');
  });
});

describe('texts of AWS', () => {
  it.each<[message: string, expected: Partial<Record<keyof Explanation, unknown>>]>([
    [
      "Credential should be scoped to a valid region, not 'eu-west-1'. ",
      { code: 'WrongRegion', difference: expect.stringContaining('"eu-west-1"') },
    ],
    [
      "Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: 'execute-api'. ",
      { code: 'WrongRegion', advice: expect.stringContaining('custom domain name') },
    ],
    ['Credential should be scoped to a valid region.', { code: 'WrongRegion' }],
    ["Credential should be scoped to correct service: 'execute-api'.", { code: 'WrongService' }],
    [
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20240430' != '20240501', from '20240501T120000Z'.",
      {
        code: 'WrongScope',
        difference: 'the date in the credential scope: scope of "20240430", but x-amz-date is of "20240501"',
      },
    ],
    ['The security token included in the request is expired', { code: 'TokenExpired' }],
    ['The security token included in the request is invalid.', { code: 'TokenInvalid' }],
    ['Missing Authentication Token', { code: 'MissingAuthentication' }],
    [
      "'very private' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer very private'.",
      { code: 'IncompleteSignature', difference: expect.stringContaining('arrived as "Bearer …"') },
    ],
    [
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=Bearer very private",
      { code: 'IncompleteSignature', difference: expect.stringContaining('"Bearer …"') },
    ],
    ['User is not authorized to access this resource with an explicit deny', { code: 'AuthorizerRefused' }],
    [
      'User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes',
      { code: 'NotAuthorized', cause: expect.stringContaining('resource policy') },
    ],
    [
      'User: arn:aws:sts::123456789012:assumed-role/Guests/CognitoIdentityCredentials is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes because no session policy allows the execute-api:Invoke action',
      { code: 'NotAuthorized', difference: expect.stringContaining('the session policy of the role Guests') },
    ],
    [
      'User: arn:aws:iam::123456789012:user/sample is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes with an explicit deny in a resource-based policy',
      { code: 'ExplicitDeny', cause: expect.stringContaining('in the resource-based policy') },
    ],
    ['Forbidden', { code: 'Forbidden', advice: expect.stringContaining('HTTP API') }],
  ])('%s', (message, expected) => {
    for (const answer of [{ message }, { Message: message }]) {
      const explanation = read(answer);
      expect(explanation).toMatchObject(expected);
      expect(JSON.stringify(explanation)).not.toMatch(/very private|EXAMPLETOKEN|[0-9a-f]{64}/);
    }
  });

  it.each<[string, string, string]>([
    [
      'Signature expired: 20240501T120000Z is now earlier than 20240501T125500Z (20240501T130000Z - 5 min.)',
      'ClockBehind',
      '1 hour too early',
    ],
    [
      'Signature not yet current: 20240501T120000Z is still later than 20240501T105500Z (20240501T105000Z + 5 min.)',
      'ClockAhead',
      '1 hour 10 minutes too late',
    ],
    [
      'Signature expired: 20240501T120000Z is now earlier than 20240504T125500Z',
      'ClockBehind',
      '3 days 1 hour too early',
    ],
  ])('%s', (message, code, difference) => {
    const explanation = explain({ status: 403, body: JSON.stringify({ message }) }, sign(), { now: () => date });
    expect(explanation).toMatchObject({ code, difference: expect.stringContaining(difference) as string });
  });

  it('Forbidden, by type: no word of HTTP APIs, but of the API key that was sent', () => {
    const headers = new Headers({ 'x-amzn-ErrorType': 'ForbiddenException' });
    const explanation = read({ message: 'Forbidden' }, sign({ headers: { 'x-api-key': 'very private' } }), { headers });
    expect(explanation).toMatchObject({
      code: 'Forbidden',
      advice: expect.stringContaining('in no usage plan') as string,
    });
    expect(JSON.stringify(explanation)).not.toMatch(/HTTP API|very private/);
  });

  it('texts that were replaced are known by their type', () => {
    const types = {
      AccessDeniedException: 'NotAuthorized',
      ExpiredTokenException: 'TokenExpired',
      UnrecognizedClientException: 'TokenInvalid',
      MissingAuthenticationTokenException: 'MissingAuthentication',
      'IncompleteSignatureException:http://internal.amazon.com/coral/': 'IncompleteSignature',
    };
    for (const [type, code] of Object.entries(types)) {
      expect(read({ error: 'No entry.' }, sign(), { headers: [['X-Amzn-ErrorType', type]] })?.code).toBe(code);
    }
    const typed = { __type: 'com.amazon.coral.service#ExpiredTokenException', message: 'No entry.' };
    expect(read(typed)?.code).toBe('TokenExpired');
    expect(read('', sign(), { headers: { 'x-amzn-errortype': 'ExpiredTokenException' } })?.code).toBe('TokenExpired');
  });

  it('a refused signature without its text: the Date header tells a wrong clock', () => {
    const headers = (time: string) => ({
      'x-amzn-errortype': 'InvalidSignatureException',
      date: `Wed, 01 May 2024 ${time} GMT`,
    });
    const code = (time: string, now: string) =>
      explain({ status: 403, headers: headers(time), body: '' }, sign(), { now: () => new Date(now) })?.code;
    expect(code('13:00:00', '2024-05-01T12:00:01Z')).toBe('ClockBehind');
    expect(code('11:00:00', '2024-05-01T12:00:01Z')).toBe('ClockAhead');
    expect(code('13:00:00', '2024-05-01T13:00:01Z')).toBe('SignatureTooOld');
    expect(code('12:04:00', '2024-05-01T12:00:01Z')).toBe('SignatureMismatch');
  });

  it('401 of another authorizer', () => {
    expect(read({ message: 'Unauthorized' }, sign(), { status: 401 })?.code).toBe('WrongAuthorizer');
  });

  it.each<[string, string]>([
    ["Request blocked. We can't connect to the server for this app or website at this time.", 'AWS WAF'],
    [
      'This distribution is not configured to allow the HTTP request method that was used for this request.',
      'does not let POST through',
    ],
    ['The Amazon CloudFront distribution is configured to block access from your country.', 'this country'],
    ['Bad request.', 'it does not say why'],
  ])('an error page of CloudFront: %s', (text, cause) => {
    const page = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN"><HTML><HEAD><TITLE>ERROR: The request could not be satisfied</TITLE></HEAD><BODY><H1>403 ERROR</H1>\n${text}<PRE>\nGenerated by cloudfront (CloudFront)\nRequest ID: sample\n</PRE></BODY></HTML>`;
    expect(read(page)).toMatchObject({ code: 'BlockedByCloudFront', cause: expect.stringContaining(cause) as string });
  });
});

describe('no refusal of a gateway', () => {
  it.each<[string, number, string]>([
    ['a 403 of the app', 403, '{"error":"This note belongs to someone else"}'],
    ['a 403 of a framework', 403, '{"statusCode":403,"message":"Forbidden"}'],
    ['a 403 in text', 403, 'Forbidden'],
    ['a 403 in HTML', 403, '<html><body>403 Forbidden</body></html>'],
    ['an empty 403', 403, ''],
    ['a 401 of the app', 401, '{"error":"Unauthorized"}'],
    ['a 404 that says Forbidden', 404, '{"message":"Forbidden"}'],
    ['a 404', 404, '{"message":"Not Found"}'],
    ['a 500', 500, '{"message":"Internal server error"}'],
    ['a 200 with the text of a refusal', 200, JSON.stringify({ message: gatewaySaw() })],
  ])('%s', (_, status, text) => {
    expect(explain({ status, body: text }, sign())).toBeUndefined();
  });
});

describe('what a browser hides', () => {
  it.each(['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed', 'Network Error'])(
    '%s',
    (text) => {
      const explanation = explain({ networkError: new TypeError(text) }, sign({ headers: { 'X-Customer': '7' } }));
      expect(explanation?.code).toBe('CorsHidden');
      expect(explanation?.difference).toContain('https://abc123.execute-api.eu-west-1.amazonaws.com');
      for (const part of [
        'DEFAULT_4XX and DEFAULT_5XX',
        'Access-Control-Allow-Origin',
        'OPTIONS',
        'without IAM authorization',
        'POST',
      ]) {
        expect(explanation?.advice).toContain(part);
      }
      expect(explanation?.advice).toContain('authorization,content-type,x-amz-date,x-amz-security-token,x-customer');
    },
  );

  it('is found below an error that wraps it', () => {
    const error = new Error('no answer', { cause: new TypeError('Failed to fetch') });
    expect(explain({ networkError: error }, sign())?.code).toBe('CorsHidden');
  });

  it('is looked for in a circle of errors as well, and not without end', () => {
    const circle = new Error('no answer');
    circle.cause = circle;
    expect(explain({ networkError: circle }, sign())).toBeUndefined();
    let deep: Error = new TypeError('Failed to fetch');
    for (let i = 0; i < 50_000; i++) deep = new Error('no answer', { cause: deep });
    expect(explain({ networkError: deep }, sign())).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['an abort', new DOMException('This operation was aborted', 'AbortError')],
    [
      "Node's fetch",
      new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }),
    ],
    ['nothing', undefined],
  ])('is not %s', (_, networkError) => {
    expect(explain({ networkError }, sign())).toBeUndefined();
  });
});

it('takes whatever it is given without throwing', () => {
  const answers = [
    '{',
    'null',
    '[]',
    '[1]',
    '"x"',
    '{"message":1}',
    '{"errors":[]}',
    `'${'\n'.repeat(9)}'`,
    'x'.repeat(1e6),
  ];
  const requests: SignedParts[] = [
    { url: '' },
    { url: 'no url', method: 'GET' },
    { url: endpoint, headers: new Headers() },
    sign(),
  ];
  for (const answer of [...answers, ...answers.map((text) => `${gatewaySaw().slice(0, 300)}${text}`)]) {
    for (const request of requests) expect(() => read(answer, request)).not.toThrow();
  }
  const parsed = { message: 'Forbidden' } as unknown as string;
  expect(() => explain({ status: 403, body: parsed }, sign())).not.toThrow();
  const slow = [
    `User: x is not authorized to perform: a:b on resource: y${' '.repeat(1e5)}`,
    `${gatewaySaw().slice(0, 260)}${"' ".repeat(5e4)}`,
  ];
  for (const answer of slow) expect(() => read(answer)).not.toThrow();
});

describe('a hostile page', () => {
  it.each(['<', '<style', '<style>', '<script', '<a ', '<style></script>', '<!', '</'])(
    'of %s is read in a time that grows with its length alone',
    (part) => {
      // Beside as many bytes in short pages: level where the time grows with the length, 32 times as long where with its square.
      const [long, short] = [65_536, 2048].map((length) => part.repeat(length / part.length)) as [string, string];
      const ratios = Array.from({ length: 3 }, () => {
        const times = [long, short].map((page) => {
          const start = performance.now();
          for (let rest = 10 * 65_536; rest > 0; rest -= page.length) expect(read(page)).toBeUndefined();
          return performance.now() - start;
        });
        return times[0]! / times[1]!;
      });
      expect(Math.min(...ratios)).toBeLessThan(8);
    },
  );

  it('is read without its tags, styles and scripts', () => {
    const text = "Request blocked. We can't connect to the server";
    const pages = [
      `<html><STYLE type="a">a</style>${text} Generated by cloudfront`,
      `<html><script>"<style>"</SCRIPT>${text}<style>a</style> Generated by cloudfront`,
      `<html><style>${text}<style Generated by cloudfront`,
      `<html><script <style>a</style>${text} Generated by cloudfront`,
      `<html><<b>${text}</b <i>Generated by cloudfront`,
    ];
    for (const page of pages)
      expect(read(page)).toMatchObject({
        code: 'BlockedByCloudFront',
        cause: expect.stringContaining('AWS WAF') as string,
      });
    for (const hidden of [
      `<html><style>${text} Generated by cloudfront</style>`,
      `<html><script>${text}</style> Generated by cloudfront</script>`,
    ]) {
      expect(read(hidden)).toBeUndefined();
    }
  });
});
