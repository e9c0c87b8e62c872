/** The door: its options, and input that no one would give it on purpose. */
import { explain } from '../../src/explain/index';
import type { ExplainOptions, SignedParts } from '../../src/explain/index';
import { sentRequest } from '../../src/signedFetch/index';
import { SigV4Error } from '../../src/sigv4';
import { canonicalLines, host, mismatch, read, sign } from '../support/awsTexts';

const LATE = 'Signature expired: 20240501T120000Z is now earlier than 20240501T125500Z (20240501T130000Z - 5 min.)';

describe('options', () => {
  const explainWith = (options: object) =>
    explain({ status: 403, body: JSON.stringify({ message: LATE }) }, sign(), options);

  it.each<[string, () => Date | number]>([
    ['a Date', () => new Date('2024-05-01T13:00:00Z')],
    ['milliseconds', () => Date.parse('2024-05-01T13:00:00Z')],
  ])('now may give %s', (_, now) => {
    expect(explainWith({ now })?.code).toBe('SignatureTooOld');
    expect(explainWith({ now: () => Number(now()) - 3_600_000 })?.code).toBe('ClockBehind');
  });

  it('now that gives no time is refused by name', () => {
    expect(() => explainWith({ now: () => 'x' })).toThrow(
      'now: expected a function that gives a valid Date, or milliseconds since 1970',
    );
  });

  it('now is this device’s clock where it is not given', () => {
    expect(explainWith({})?.code).toBe('ClockBehind');
    expect(explainWith({ now: undefined, clock: undefined })?.code).toBe('ClockBehind');
  });

  it.each<[object, string]>([
    [{ nwo: Date.now }, 'nwo: expected a known option, such as now, got Function'],
    [
      { now: 1_714_568_400_000 },
      'now: expected a function that gives a valid Date, or milliseconds since 1970, got 1714568400000',
    ],
  ])('%j is refused by name', (options, message) => {
    expect(() => explainWith(options)).toThrow(SigV4Error);
    expect(() => explainWith(options)).toThrow(message);
    expect(() => explain({ networkError: undefined }, sign(), options as ExplainOptions)).toThrow(message);
  });
});

it('takes whatever it is given without throwing', () => {
  const answers = [
    ...['{', 'null', '[]', '[1]', '"x"', '{"message":1}', '{"errors":[]}', '{"errors":[null]}', '{"error":[]}'],
    `'${'\n'.repeat(9)}'`,
    'x'.repeat(1e6),
    '{"error":'.repeat(7000) + '""' + '}'.repeat(7000),
  ];
  const requests: SignedParts[] = [
    { url: '' },
    { url: 'no url', method: 'GET' },
    { url: `https://${host}`, headers: new Headers() },
    sign(),
  ];
  const start = mismatch(canonicalLines()).slice(0, 300);
  for (const answer of [...answers, ...answers.map((text) => `${start}${text}`)]) {
    for (const request of requests) expect(() => read(answer, request)).not.toThrow();
  }
});

it.each([
  ['refusal', undefined, sign()],
  ['refusal', 'Forbidden', sign()],
  ['signed', { status: 403, headers: {}, body: '' }, 'https://example.com'],
])('%s that is no object is refused by name', (name, refusal, signed) => {
  expect(() => explain(refusal as never, signed as never)).toThrow(`${name}: expected an object, got`);
});

it.each<[string, object, string]>([
  ['no status', { body: '{}' }, 'refusal.status: expected a number, got undefined'],
  ['a status in text', { status: '403', body: '' }, 'refusal.status: expected a number, got a string'],
  [
    'a body that is still to be read',
    { status: 403, body: new Response('{}').body },
    'refusal.body: expected text (await response.text()), or what it was parsed to, got ReadableStream',
  ],
  [
    'a body that axios gives as a Blob',
    { status: 403, body: new Blob(['{}']) },
    'refusal.body: expected text (await response.text()), or what it was parsed to, got Blob',
  ],
  ['a body that is being read', { status: 403, body: new Response('{}').text() }, '(await response.text())'],
  ...['data', 'text', 'message', 'content', 'responseText'].map((name): [string, object, string] => [
    `${name} in place of the body`,
    { status: 403, [name]: '{"message":"Forbidden"}' },
    `refusal.body: expected the answer, which stands here as ${name} (body: response.${name}), got undefined`,
  ]),
  ['nothing in it', {}, 'refusal.status: expected a number, got undefined'],
])('a refusal with %s is refused by name', (_, refusal, message) => {
  expect(() => explain(refusal as never, sign())).toThrow(message);
});

it.each<[string, string, object, object]>([
  ['headrs', 'headers', { status: 403, headrs: {}, body: '' }, sign()],
  ['bodyy', 'body', { status: 403, bodyy: '' }, sign()],
  ['networkEror', 'networkError', { status: 403, networkEror: 1 }, sign()],
  ['metod', 'method', { status: 403 }, { url: '', metod: 'GET' }],
  ['headrs', 'headers', { status: 403 }, { url: '', headrs: {} }],
  ['bodyy', 'body', { status: 403 }, { url: '', bodyy: '' }],
  ['payloadHas', 'payloadHash', { status: 403 }, { url: '', payloadHas: '' }],
])('a name with a slip, %s, is refused, and %s is offered', (slip, meant, refusal, signed) => {
  expect(() => explain(refusal as never, signed as never)).toThrow(`${slip}: expected it under the name ${meant},`);
});

it('takes what sentRequest gives for a response that it does not know', () => {
  const signed = sentRequest(new Response())?.signed;
  const refusal = { status: 403, body: JSON.stringify({ message: LATE }) };
  // The time is in the answer alone; of what was signed nothing can be compared.
  expect(explain(refusal, signed)?.code).toBe('ClockBehind');
  expect(explain({ status: 403, body: JSON.stringify({ message: mismatch(canonicalLines()) }) }, signed)).toMatchObject(
    { code: 'SignatureMismatch', cause: expect.stringContaining('what was signed cannot be read') as string },
  );
});

it.each([{}, { text: 'https://api.test/' }, { url: undefined }, { url: new URL('https://api.test/') }])(
  'what was signed without its URL as text is refused by name: %p',
  (signed) => {
    const message = 'signed.url: expected the URL of the request, as text, got';
    expect(() => explain({ status: 403, body: '' }, signed as never)).toThrow(message);
    expect(() => explain({ networkError: new Error() }, signed as never)).toThrow(message);
  },
);

it('a body that is empty is no mistake', () => {
  expect(explain({ status: 403 }, sign())).toBeUndefined();
  expect(explain({ status: 403, body: null }, sign())).toBeUndefined();
  expect(explain({ status: 403, body: '', data: {} } as never, sign())).toBeUndefined();
});
