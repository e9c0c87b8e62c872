/** What a browser hides. */
import { newClient } from '../../../src/index';
import { date, sign } from '../../support/awsTexts';
import { explainWords } from '../../support/explainWords';

const hidden = new TypeError('Failed to fetch');
const explainThrown = (networkError: unknown, signed: { url: string } = sign(), now = Number(date)) =>
  explainWords({ networkError }, signed, { now: () => now });

/** As in a page of that origin. */
function inPage<T>(origin: string, run: () => T): T {
  Object.assign(globalThis, { location: { origin } });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(globalThis, 'location');
  }
}

it.each(['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed', 'Network Error'])(
  '%s',
  (text) => {
    expect(explainThrown(new TypeError(text), sign({ headers: { 'X-Customer': '7' } }))).toEqual({
      code: 'CorsHidden',
      cause:
        'The browser shows the page no answer. Either there was none (offline, a wrong host name), or, more likely where the network is up, there was one without CORS headers: the refusals of API Gateway (403) have none until they are switched on, and a failed preflight (OPTIONS) looks the same.',
      difference:
        'Access-Control-Allow-Origin: missing in the answer of https://abc123.execute-api.eu-west-1.amazonaws.com, or in that to its preflight',
      advice:
        "Look at the request in the browser's network tab: its status and body show the real refusal. Then switch on, at the gateway, and deploy:\n(1) Gateway responses DEFAULT_4XX and DEFAULT_5XX with the header Access-Control-Allow-Origin: your page's origin (and Access-Control-Expose-Headers: Date,x-amzn-ErrorType,x-amzn-RequestId), so that refusals can be read.\n(2) An OPTIONS method on each resource, without IAM authorization and without an API key, that allows the method POST and the headers authorization,content-type,x-amz-date,x-amz-security-token,x-customer.\n(3) Access-Control-Allow-Origin in what the API itself answers (with a Lambda proxy integration, the function has to add it).\nThe request is dated 2024-05-01T12:00:00Z by this device's clock. A gateway refuses what is more than 5 minutes off: compare it with the right time.",
    });
  },
);

it.each([
  [61, "1 hour 1 minute behind this device's clock"],
  [-61, "1 hour 1 minute ahead of this device's clock"],
  [6, "6 minutes behind this device's clock"],
])('a device that is known to be %d minutes off: the clock is named', (minutes, off) => {
  const lines = explainThrown(hidden, sign(), Number(date) + minutes * 60_000)?.advice.split('\n') ?? [];
  expect(lines.at(-1)).toBe(
    `The request is dated 2024-05-01T12:00:00Z, ${off}, which is known to be off by that. If the clock was set right since then, log in again, or reload the page.`,
  );
});

it('of a presigned URL', () => {
  expect(explainThrown(hidden, { url: 'no url' })).toMatchObject({
    code: 'CorsHidden',
    cause:
      'The browser shows the page no answer. Either there was none (offline, a wrong host name), or, more likely where the network is up, there was one without CORS headers: the refusals of API Gateway (403) have none until they are switched on, and a failed preflight (OPTIONS) looks the same.',
    difference: 'Access-Control-Allow-Origin: missing in the answer of the gateway, or in that to its preflight',
    advice:
      "Look at the request in the browser's network tab: its status and body show the real refusal. Then switch on, at the gateway, and deploy:\n(1) Gateway responses DEFAULT_4XX and DEFAULT_5XX with the header Access-Control-Allow-Origin: your page's origin (and Access-Control-Expose-Headers: Date,x-amzn-ErrorType,x-amzn-RequestId), so that refusals can be read.\n(2) An OPTIONS method on each resource, without IAM authorization and without an API key, that allows the method GET and the headers authorization,content-type,x-amz-date,x-amz-security-token.\n(3) Access-Control-Allow-Origin in what the API itself answers (with a Lambda proxy integration, the function has to add it).",
  });
});

it('in a page: names its origin, and a page of https that calls http', () => {
  const url = 'http://api.test/dev';
  const explanation = inPage('https://app.test', () => explainThrown(hidden, { url }));
  expect(explanation?.advice).toContain('Access-Control-Allow-Origin: https://app.test (');
  expect(explanation?.cause).toMatch(
    /looks the same\. Here the page is https and the API http, which browsers block as well\.$/,
  );
  const others = [
    inPage('http://app.test', () => explainThrown(hidden, { url })),
    inPage('https://app.test', () => explainThrown(hidden)),
  ];
  for (const { cause } of others.map((other) => other!)) expect(cause).toMatch(/looks the same\.$/);
});

it('in a page, of a URL that cannot be read', () => {
  expect(inPage('https://app.test', () => explainThrown(hidden, { url: 'no url' }))?.difference).toBe(
    'Access-Control-Allow-Origin: missing in the answer of the gateway, or in that to its preflight',
  );
});

it('in a page of the API’s own origin there is no CORS', () => {
  expect(inPage('https://api.test', () => explainThrown(hidden, { url: 'https://api.test/dev' }))).toBeUndefined();
});

it('asks for no leave for headers that need none', () => {
  const headers = {
    accept: 'x',
    'accept-language': 'x',
    'content-language': 'x',
    range: 'x',
    'x-range': 'x',
    'range-unit': 'x',
  };
  const explanation = explainWords({ networkError: hidden }, { url: 'https://api.test', headers });
  expect(explanation?.advice).toContain('and the headers range-unit,x-range.');
  const one = explainWords({ networkError: hidden }, { url: 'https://api.test', headers: { 'x-range': 'x' } });
  expect(one?.advice).toContain('and the headers x-range.');
});

it('is found below an error that wraps it', () => {
  expect(explainThrown(new Error('no answer', { cause: hidden }))?.code).toBe('CorsHidden');
  expect(explainThrown(new TypeError('Load failed', { cause: new Error('DNS') }))?.code).toBe('CorsHidden');
});

it('is looked for in a circle of errors as well, and not without end', () => {
  const circle = new Error('no answer');
  circle.cause = circle;
  expect(explainThrown(circle)).toBeUndefined();
  const wrap = (times: number): Error => {
    let error: Error = hidden;
    for (let i = 0; i < times; i++) error = new Error('no answer', { cause: error });
    return error;
  };
  expect(explainThrown(wrap(4))?.code).toBe('CorsHidden');
  expect(explainThrown(wrap(5))).toBeUndefined();
  expect(explainThrown(wrap(50_000))).toBeUndefined();
});

it.each<[string, unknown]>([
  ['an abort', new DOMException('This operation was aborted', 'AbortError')],
  [
    "Node's fetch",
    new TypeError('fetch failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }),
  ],
  ['nothing', undefined],
  ['a text', 'Failed to fetch'],
  ['another that cannot load', new TypeError('Preview: Load failed')],
  ['another of a network', new TypeError('Your Network Error')],
  ['one with more of it', new TypeError('Network Error 7')],
])('is not %s', (_, networkError) => {
  expect(explainThrown(networkError)).toBeUndefined();
});

describe('of a connection', () => {
  const url = newClient({
    ...{
      accessKey: 'AKIDEXAMPLE',
      secretKey: 'secret',
      endpoint: 'wss://abc123.execute-api.eu-west-1.amazonaws.com/prod',
    },
  }).presignUrl({ date });

  it('a WebSocket API has no gateway responses, and is asked without a preflight', () => {
    const explanation = inPage('https://app.test', () => explainThrown(hidden, { url }));
    expect(explanation).toMatchObject({
      code: 'CorsHidden',
      difference:
        'Access-Control-Allow-Origin: missing in the answer of wss://abc123.execute-api.eu-west-1.amazonaws.com',
    });
    expect(explanation?.advice).toMatch(
      /^Look in the browser's network tab: .*\nThe request is dated 2024-05-01T12:00:00Z /,
    );
    expect(explanation?.advice).not.toContain('DEFAULT_4XX');
  });

  it('is no refusal that is hidden where the page has the same origin', () => {
    const origin = 'https://abc123.execute-api.eu-west-1.amazonaws.com';
    expect(inPage(origin, () => explainThrown(hidden, { url }))).toBeUndefined();
  });
});
