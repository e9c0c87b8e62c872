/** A device's clock that is off: learned from a refusal, and gone back on where it was right. */
import { createClock, createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, startGateway, startServer } from '../support/signedFetchHarness';
import { HOUR } from '../support/clocks';

afterAll(closeAll);

/** The time of the gateway, which stands still, in whole seconds as its refusals state it. */
const START = Math.floor(Date.now() / 1000) * 1000;
const now = (): Date => new Date(START);

describe("the device's clock", () => {
  test.each([
    ['an hour behind', -HOUR],
    ['an hour ahead', HOUR],
    ['a year behind', -365 * 24 * HOUR],
    ['six minutes ahead', 6 * 60_000],
  ])('%s: learned from the first refusal, and right from then on', async (_, skew) => {
    const { url, credentials, gateway } = await startGateway({ now });
    const lasting = { ...credentials, expiration: undefined };
    const signedFetch = createSignedFetch({ credentials: lasting, now: () => START + skew, retry: false });
    const first = await signedFetch(url + '/x', { method: 'POST', body: 'once' });
    expect([first.status, sentRequest(first)!.attempts]).toEqual([200, 2]);
    const second = await signedFetch(url + '/x');
    expect([second.status, sentRequest(second)!.attempts]).toEqual([200, 1]);
    expect(gateway.requests.map(({ refusal, status }) => refusal ?? status)).toEqual([
      skew < 0 ? 'SignatureExpired' : 'SignatureNotYetCurrent',
      200,
      200,
    ]);
  });

  test('signed fetches that share a clock learn from each other', async () => {
    const { url, credentials } = await startGateway({ now });
    const clock = createClock(() => new Date(START - HOUR));
    await createSignedFetch({ credentials, clock })(url);
    expect([clock.offset, clock.now()]).toEqual([HOUR, START]);
    const response = await createSignedFetch({ credentials, clock })(url);
    expect(sentRequest(response)!.attempts).toBe(1);
  });

  test.each(['GET', 'HEAD', 'POST'])('%s, several at once: each is sent again when one has learned', async (method) => {
    const { url, credentials } = await startGateway({ now });
    const signedFetch = createSignedFetch({ credentials, now: () => START - HOUR, retry: false });
    const all = await Promise.all(Array.from({ length: 8 }, () => signedFetch(url, { method })));
    expect(all.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect((await signedFetch(url, { method })).status).toBe(200);
  });

  test('what another call has learned meanwhile is kept, and gone back to by no one but that call', async () => {
    const headers = { ...SIGNATURE, 'content-type': 'application/json', date: hour.toUTCString() };
    const server = await startServer(answer(403, headers, '{"message":"No."}'));
    const clock = createClock(() => START);
    const send: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (clock.offset === 0) clock.correct(START + HOUR + 10_000); // as the other call sees it
      return response;
    };
    await createSignedFetch({ credentials: ANY_KEYS, clock, fetch: send })(server.url);
    expect(server.seen).toHaveLength(2);
    expect(clock.offset).toBe(HOUR + 10_000);
  });

  test('a clock that is set by its owner later is learned again', async () => {
    const { url, credentials } = await startGateway({ now });
    let skew = -HOUR;
    const signedFetch = createSignedFetch({ credentials, now: () => START + skew });
    await signedFetch(url);
    skew = 0;
    const response = await signedFetch(url);
    expect([response.status, sentRequest(response)!.attempts]).toEqual([200, 2]);
  });

  // Texts as AWS sends them; the times in them are the server's.
  const expired = (at: Date): string => {
    const text = at.toISOString().replace(/[:-]|\.\d+/g, '');
    return JSON.stringify({
      message: `Signature expired: 20010101T000000Z is now earlier than ${text} (${text} - 5 min.)`,
    });
  };
  const SIGNATURE = { 'x-amzn-errortype': 'InvalidSignatureException' };
  const hour = new Date(START + HOUR);
  test.each<[string, number, Record<string, string>, string]>([
    ['the text alone, its Date hidden from the page', 403, { date: 'hidden' }, expired(hour)],
    ['the Date alone, the text replaced', 403, { ...SIGNATURE, date: hour.toUTCString() }, '{"message":"No."}'],
    [
      'the Date alone, no text at all',
      403,
      { ...SIGNATURE, date: hour.toUTCString(), 'content-type': 'image/png' },
      '',
    ],
    ['the code and the Date', 400, { date: hour.toUTCString(), 'x-amzn-errortype': 'RequestExpired' }, '{}'],
    [
      'S3',
      403,
      { date: 'hidden', 'content-type': 'application/xml' },
      `<Error><Code>RequestTimeTooSkewed</Code><ServerTime>${hour.toISOString()}</ServerTime></Error>`,
    ],
  ])('is learned from %s', async (_, status, headers, body) => {
    const server = await startServer(
      answer(status, { 'content-type': 'application/json', ...headers }, body),
      answer(200),
    );
    const clock = createClock(() => START);
    const response = await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    expect(response.status).toBe(200);
    expect(clock.offset).toBe(HOUR);
  });

  test('a refusal for another reason leaves it alone', async () => {
    const headers = { ...SIGNATURE, 'content-type': 'application/json' };
    const near = new Date(START + 120_000).toUTCString(); // so that the date is not what the signature was refused for
    const server = await startServer(answer(403, { ...headers, date: near }));
    const clock = createClock(() => START);
    const response = await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    expect(await response.json()).toEqual({}); // still there to be read
    expect([response.status, server.seen.length, clock.offset]).toEqual([403, 1, 0]);
  });

  test.each<[string, Record<string, string>, string]>([
    ['there is no Date', {}, '{"message":"No."}'],
    ['the Date cannot be read', { date: 'yesterday' }, '{"message":"No."}'],
    ['its text has a time that is none', {}, expired(hour).replace(/\(\d{8}/, '(20159999')],
    [
      'the ServerTime of its text is none',
      {},
      '<Error><Code>RequestTimeTooSkewed</Code><ServerTime>now</ServerTime></Error>',
    ],
  ])('is moved to nowhere where %s', async (_, headers, body) => {
    let sent = 0;
    const send = (): Promise<Response> => {
      sent++;
      const typed = { ...SIGNATURE, 'content-type': 'application/json', ...headers };
      return Promise.resolve(new Response(body, { status: 403, headers: typed }));
    };
    const clock = createClock(() => START);
    await createSignedFetch({ credentials: ANY_KEYS, clock, fetch: send })(
      'https://abc.execute-api.eu-west-1.amazonaws.com/',
    );
    expect([sent, clock.offset, clock.now()]).toEqual([1, 0, START]);
  });

  test.each<[string, Record<string, string>, string]>([
    ["by an API's own 403", {}, '{"message":"No."}'],
    [
      'by a signature that does not match',
      SIGNATURE,
      '{"message":"The request signature we calculated does not match …"}',
    ],
    ['by a cache', { ...SIGNATURE, age: '0' }, '{"message":"No."}'],
    ['by a cache that keeps the text', { ...SIGNATURE, age: '3600' }, expired(hour)],
  ])('is not moved %s', async (_, headers, body) => {
    const type = { 'content-type': 'application/json', date: hour.toUTCString() };
    const server = await startServer(answer(403, { ...type, ...headers }, body));
    const clock = createClock(() => START);
    const response = await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    expect([response.status, server.seen.length, clock.offset]).toEqual([403, 1, 0]);
  });

  test.each<[string, string]>([
    ['Date', '{"message":"No."}'],
    ['text', expired(hour)],
  ])('goes back where the signature is refused again after the %s was believed', async (_, body) => {
    const headers = { ...SIGNATURE, 'content-type': 'application/json', date: hour.toUTCString() };
    const server = await startServer(answer(403, headers, body));
    const clock = createClock(() => START + 60_000);
    clock.correct(START); // what was learned before
    await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    const [first, second] = server.seen.map(({ headers }) => headers.get('x-amz-date')!.slice(0, 11));
    expect(second).not.toBe(first); // the hour
    expect(clock.offset).toBe(-60_000);
  });

  test('stays where it is right and the signature still does not match', async () => {
    const headers = { ...SIGNATURE, 'content-type': 'application/json' };
    const mismatch = '{"message":"The request signature we calculated does not match the signature you provided."}';
    const server = await startServer(answer(403, headers, expired(hour)), answer(403, headers, mismatch));
    const clock = createClock(() => START);
    await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
    expect(clock.offset).toBe(HOUR);
  });

  test('is corrected once: a server that goes on refusing has its way', async () => {
    const headers = { date: new Date(0).toUTCString(), 'x-amzn-errortype': 'RequestTimeTooSkewed' };
    const server = await startServer(answer(403, headers));
    const response = await createSignedFetch({ credentials: ANY_KEYS })(server.url);
    expect([response.status, server.seen.length]).toEqual([403, 2]);
  });
});

test.each<[string, object, string]>([
  ['a device clock that is no function', { now: 5 }, 'now'],
  ['null in its place', { now: null }, 'now'],
  ['a clock that is a time', { clock: 5 }, 'clock'],
  ['a clock that cannot be corrected', { clock: { now: Date.now, offset: 0 } }, 'clock'],
  ["a device's clock in the place of a clock", { clock: Date.now }, 'clock'],
])('%s is refused', (_, options, option) => {
  const refusal = expect.objectContaining({ name: 'SigV4Error', code: 'InvalidOption', option }) as Error;
  expect(() => createSignedFetch({ credentials: ANY_KEYS, ...options })).toThrow(refusal);
});

test.each([5, null])('a clock cannot be made of %p', (now) => {
  const refusal = expect.objectContaining({ name: 'SigV4Error', code: 'InvalidOption', option: 'now' }) as Error;
  expect(() => createClock(now as never)).toThrow(refusal);
});

test('a clock of its own making will do', async () => {
  const server = await startServer(answer(200));
  const clock = { now: () => START, correct: () => undefined, offset: 0 };
  await createSignedFetch({ credentials: ANY_KEYS, clock })(server.url);
  expect(server.seen[0]!.headers.get('x-amz-date')).toBe(
    now()
      .toISOString()
      .replace(/[:-]|\.\d+/g, ''),
  );
});
