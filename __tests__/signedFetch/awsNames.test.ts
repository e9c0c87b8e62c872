/** The names and sentences by which AWS's refusals are known: each of them, and nothing that only holds one. */
import { isGatewayRefusal } from '../../src/signedFetch/gatewayRefusal';
import { isDateRefused, isTokenRefused } from '../../src/signedFetch/refusal';
import { isGatewayThrottle, isThrottled } from '../../src/signedFetch/throttling';
import { onPage } from '../support/signedFetchHarness';

const SERVICE = new URL('https://sts.eu-west-1.amazonaws.com/');
const API = new URL('https://abc.execute-api.eu-west-1.amazonaws.com/dev');
const typed = (status: number, type: string, body = '{}') =>
  new Response(body, { status, headers: { 'x-amzn-errortype': type, 'content-type': 'application/json' } });
const inJson = (status: number, body: string) =>
  new Response(body, { status, headers: { 'content-type': 'application/json' } });

describe('throttling', () => {
  // THROTTLING_ERROR_CODES of @smithy/core, without TransactionInProgressException.
  const NAMES = [
    ...['BandwidthLimitExceeded', 'EC2ThrottledException', 'LimitExceededException', 'PriorRequestNotComplete'],
    ...['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'RequestThrottled', 'SlowDown'],
    ...['RequestThrottledException', 'ThrottledException', 'Throttling', 'ThrottlingException'],
    'TooManyRequestsException',
  ];

  test.each(NAMES)('%s, and no name that only holds it', async (name) => {
    for (const status of [400, 403, 429, 500, 503]) {
      expect(await isThrottled(typed(status, name), SERVICE, false)).toBe(true);
      expect(await isThrottled(inJson(status, JSON.stringify({ __type: name })), SERVICE, false)).toBe(true);
    }
    for (const other of [`My${name}`, `${name}2`]) {
      expect(await isThrottled(typed(400, other), SERVICE, true)).toBe(false);
      expect(await isGatewayThrottle(typed(429, other), API)).toBe(false);
    }
    for (const status of [200, 401, 404, 499])
      expect(await isThrottled(typed(status, name), SERVICE, true)).toBe(false);
    expect(await isThrottled(typed(400, name), API, false)).toBe(false);
    expect(await isThrottled(typed(400, name), API, true)).toBe(true);
    expect(await isGatewayThrottle(typed(429, name), API)).toBe(true);
  });

  test.each([
    ['{"message":"Too Many Requests"}', true],
    [' \n{"message":  "Limit Exceeded"}\n ', true],
    ['{"message":"Too Many Requests"} x', false],
    ['x {"message":"Too Many Requests"}', false],
    ['{"message":x"Too Many Requests"}', false],
    ['{"message":"Too many"}', false],
  ])("the gateway's own body: %j is %p", async (body, isOwn) => {
    expect(await isGatewayThrottle(inJson(429, body), API)).toBe(isOwn);
    expect(await isGatewayThrottle(inJson(429, body), SERVICE)).toBe(true); // no API behind it
  });

  test.each(['appsync-api', 'execute-api', 'lambda-url'])('a host of %s has an API behind it', async (service) => {
    const suffix = service === 'lambda-url' ? 'on.aws' : 'amazonaws.com';
    const url = new URL(`https://abc.${service}.eu-west-1.${suffix}/`);
    expect(await isThrottled(typed(400, 'SlowDown'), url, false)).toBe(false);
    expect(await isGatewayThrottle(inJson(429, '{}'), url)).toBe(false);
  });

  test('a host of AWS that names no service may have an API behind it', async () => {
    const balancer = new URL('https://abc.eu-west-1.elb.amazonaws.com/');
    expect(await isThrottled(typed(400, 'SlowDown'), balancer, false)).toBe(false);
  });

  test.each(['myexecute-api', 'vpc-lattice-svcs2', 'lambda2'])(
    '%s, whose name only holds that of one, has none',
    async (name) => {
      const url = new URL(`https://${name}.eu-west-1.amazonaws.com/`);
      expect(await isThrottled(typed(400, 'SlowDown'), url, false)).toBe(true);
    },
  );
});

describe('a refusal', () => {
  const given = (status: number, body: string) => ({ status, headers: new Headers(), body });

  test.each([
    ...['AccessDenied', 'ExpiredToken', 'IncompleteSignature', 'InvalidAccessKeyId', 'InvalidClientTokenId'],
    ...['InvalidSignature', 'InvalidToken', 'MissingAuthenticationToken', 'RequestTimeTooSkewed', 'Unauthorized'],
    ...['XAmzContentSHA256Mismatch', 'SignatureDoesNotMatch', 'UnrecognizedClient', 'Forbidden'],
  ])('%s names one, and no name that only holds it does', (name) => {
    for (const own of [name, `${name}Exception`]) {
      expect(isGatewayRefusal(given(403, JSON.stringify({ __type: own })))).toBe(true);
      expect(isGatewayRefusal(given(403, ` \n<Error><Code>${own}</Code></Error>`))).toBe(true);
      expect(isGatewayRefusal(given(403, `<?xml version="1.0"?><Error><Code>${own}</Code></Error>`))).toBe(true);
      for (const other of [`My${own}`, `${own}2`]) {
        expect(isGatewayRefusal(given(403, JSON.stringify({ __type: other })))).toBe(false);
      }
    }
    expect(isGatewayRefusal(given(403, JSON.stringify({ code: `${name}Exception` })))).toBe(true);
    expect(isGatewayRefusal(given(403, JSON.stringify({ code: name })))).toBe(false);
    expect(isGatewayRefusal(given(403, `<a><Error><Code>${name}</Code></Error></a>`))).toBe(false);
    expect(isGatewayRefusal(given(404, JSON.stringify({ __type: name })))).toBe(false);
  });

  test.each([
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
  ])('%d with %s alone, whatever the white space', (status, word) => {
    const whole = [`{"message":"${word}"}`, ` \n{  "Message"  :  "${word}"  } \n`];
    for (const body of whole) expect(isGatewayRefusal(given(status, body))).toBe(true);
    const parts = [
      `x{"message":"${word}"}`,
      `{"message":"${word}"}x`,
      `{"xmessage":"${word}"}`,
      `{"message":"${word}s"}`,
    ];
    for (const body of parts) expect(isGatewayRefusal(given(status, body))).toBe(false);
    expect(isGatewayRefusal(given(400, whole[0]!))).toBe(false);
  });
});

describe('the reason of a refusal', () => {
  const refusal = (response: Response, text = '{}', isIdempotent = true) => ({
    url: API,
    isIdempotent,
    response,
    text,
  });
  const plain = (status = 403) => inJson(status, '{}');
  const says = (message: string) => JSON.stringify({ message });
  const EARLIER =
    'Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z (20150830T124600Z - 5 min.)';
  const LATER =
    'Signature not yet current: 20150830T123600Z is still later than 20150830T122730Z (20150830T122600Z + 90 sec.)';
  const TOO_LARGE = 'The difference between the request time and the current time is too large.';
  const EXPIRED = 'The security token included in the request is expired';

  // CLOCK_SKEW_ERROR_CODES of @smithy/core that name nothing but the date; the credentials' are those of STS and API Gateway.
  test.each<[string, (one: ReturnType<typeof refusal>) => boolean]>([
    ['RequestExpired', isDateRefused],
    ['RequestInTheFuture', isDateRefused],
    ['RequestTimeTooSkewed', isDateRefused],
    ['ExpiredToken', isTokenRefused],
    ['ExpiredTokenException', isTokenRefused],
    ['UnrecognizedClient', isTokenRefused],
    ['UnrecognizedClientException', isTokenRefused],
    ['InvalidClientTokenId', isTokenRefused],
  ])('%s, in the header or the body', (name, isRefused) => {
    expect(isRefused(refusal(typed(403, name)))).toBe(true);
    expect(isRefused(refusal(plain(), JSON.stringify({ __type: name })))).toBe(true);
    for (const other of [`My${name}`, `${name}2`]) {
      expect(isRefused(refusal(typed(403, other)))).toBe(false);
      expect(isRefused(refusal(plain(), JSON.stringify({ __type: other })))).toBe(false);
    }
    expect(isRefused(refusal(typed(403, name), '{}', false))).toBe(false); // an API may pass the header on
  });

  test.each<[string, (one: ReturnType<typeof refusal>) => boolean]>([
    [EARLIER, isDateRefused],
    [LATER, isDateRefused],
    [LATER.replace('90 sec.', '5 min'), isDateRefused],
    [TOO_LARGE, isDateRefused],
    [TOO_LARGE.replace('current', "server's").slice(0, -1), isDateRefused],
    [EXPIRED, isTokenRefused],
    [`${EXPIRED.replace('expired', 'invalid')}.`, isTokenRefused],
  ])('%s: the whole message', async (message, isRefused) => {
    expect(isRefused(refusal(plain(), says(message)))).toBe(true);
    expect(isRefused(refusal(plain(), says(`x ${message}`)))).toBe(false);
    expect(isRefused(refusal(plain(), says(`${message} x`)))).toBe(false);
    const once = (response: Response) => isRefused(refusal(response, says(message), false));
    expect(once(plain())).toBe(false);
    for (const name of ['InvalidSignatureException', 'SignatureDoesNotMatch'])
      expect(once(typed(403, name))).toBe(true);
    for (const name of ['MyInvalidSignatureException', 'SignatureDoesNotMatch2']) {
      expect(once(typed(403, name))).toBe(false);
    }
    // A page cannot see the header of another origin.
    expect(await onPage(() => Promise.resolve([once(plain()), once(plain(400))]))).toEqual([true, false]);
  });
});
