/** What is refused before anything is sent, in its whole words. */
import { createSignedFetch } from '../../src/signedFetch/index';
import { wasNeverConnected } from '../../src/signedFetch/connection';
import { prepareRequest, readDestination } from '../../src/signedFetch/prepareRequest';
import { followedRedirect } from '../../src/signedFetch/response';
import { ANY_KEYS, closeAll, rejection, startGateway } from '../support/signedFetchHarness';

afterAll(closeAll);

const URL_OF_API = 'https://api.example.com/dev/';
const signedFetch = createSignedFetch({ credentials: ANY_KEYS, retry: false });
const messageOf = async (call: Promise<unknown>): Promise<string> => ((await rejection(call)) as Error).message;

it.each<[string, unknown, object]>([
  ['url: expected a URL, or a Request, got Object', {}, {}],
  ['url: expected an absolute URL, got a string of 2 characters', '/a', {}],
  [
    "params: expected an option of fetch's (a query stands in the URL, what is sent in body), got Object",
    URL_OF_API,
    { params: {} },
  ],
  ['metod: expected it under the name method, got a string of 3 characters', URL_OF_API, { metod: 'PUT' }],
  [
    'body: expected what fetch takes: JSON.stringify an object first, got Object',
    URL_OF_API,
    { method: 'PUT', body: {} },
  ],
  [
    "headers['a']: expected a name and a line of text that fetch takes, got a string of 3 characters",
    URL_OF_API,
    { headers: { a: 'b\nc' } },
  ],
  [
    'headers: expected a name and a line of text that fetch takes, got a string of 1 characters',
    URL_OF_API,
    { headers: { 'a b': 'c' } },
  ],
  ['mode: expected a value that fetch takes, got a string of 1 characters', URL_OF_API, { mode: 'x' }],
])('a call: %s', async (message, input, init) => {
  expect(await messageOf(signedFetch(input as string, init))).toBe(message);
});

// The Fetch Standard's RequestInit, what Node, Next.js and graphql-request add, and our own two.
it.each([
  ...['method', 'headers', 'body', 'mode', 'credentials', 'cache', 'redirect', 'referrer', 'referrerPolicy'],
  ...['integrity', 'keepalive', 'signal', 'window', 'duplex', 'priority', 'dispatcher', 'next', 'errorPolicy'],
  ...['timeout', 'retry'],
])('a call: %s without its last letter', async (name) => {
  const slip = name.slice(0, -1);
  const message = await messageOf(signedFetch(URL_OF_API, { [slip]: 1 }));
  expect(message).toBe(`${slip}: expected it under the name ${name}, got 1`);
});

it.each<[string, object]>([
  ['retry: expected false, a whole number, or { attempts: 1 or more }, got Boolean', { retry: true }],
  ['retry: expected false, a whole number, or { attempts: 1 or more }, got 1.5', { retry: 1.5 }],
  ['retry: expected false, a whole number, or { attempts: 1 or more }, got 0', { retry: { attempts: 0 } }],
  ['retry.methods: expected an array, got a string of 3 characters', { retry: { methods: 'PUT' } }],
  ['retry.methods: expected texts such as POST, got 5', { retry: { methods: [5] } }],
  ['retry.statuses: expected numbers such as 503, got a string of 3 characters', { retry: { statuses: ['503'] } }],
  ['retry.baseDelay: expected milliseconds, got -1', { retry: { baseDelay: -1 } }],
  ['retry.baseDelay: expected milliseconds, got Infinity', { retry: { baseDelay: Infinity } }],
  ['clock: expected a clock of createClock, got Object', { clock: {} }],
  ['hash: expected an engine, got Object', { hash: {} }],
  [
    'credentials: expected accessKeyId and secretAccessKey as text, or a function that gets them, got null',
    { credentials: null },
  ],
])('an option: %s', (message, options) => {
  const make = () => createSignedFetch({ credentials: ANY_KEYS, ...options });
  expect(make).toThrow(expect.objectContaining({ message }) as Error);
});

const destination = readDestination(URL_OF_API);

it.each<[string, object]>([
  ["path: expected a path below the API's URL, got undefined", { path: undefined }],
  ['method: expected an HTTP method that fetch sends, got "TRACE"', { method: 'trace' }],
  ['method: expected one that has a body, such as POST, or no body, got "HEAD"', { method: 'HEAD', body: 'a' }],
  [
    'body: expected text, bytes, JSON, or a form, Blob or stream that the platform can read, got Symbol',
    { body: Symbol('a') },
  ],
  [
    'body: expected text, bytes, JSON, or a form, Blob or stream that the platform can read (JSON holds no BigInt and no circle), got Object',
    { body: { a: 1n } },
  ],
])('a prepared call: %s', (message, call) => {
  const prepare = () => prepareRequest(destination, { path: '/', method: 'PUT', ...call });
  expect(prepare).toThrow(expect.objectContaining({ message }) as Error);
});

it('the headers for all calls are added where the call has none of the name, and a plus in the path stays one', () => {
  const defaultHeaders = { 'X-App': 'a', Accept: 'text/csv', Authorization: 'Bearer b' };
  const { headers, url } = prepareRequest(destination, { path: '/a+b é', headers: { 'x-app': 'c' }, defaultHeaders });
  expect(Object.fromEntries(headers)).toEqual({ 'x-app': 'c', accept: 'text/csv' });
  expect(url.href).toBe('https://api.example.com/dev/a+b%20%C3%A9');
});

it.each<[string, Partial<Response>, string]>([
  ['no', { redirected: false, url: 'https://a.test/b' }, 'no'],
  ['no, by a fetch that has no redirected', { url: 'https://a.test/a' }, 'no'],
  ['no, but for the fragment', { url: 'https://a.test/a#b' }, 'no'],
  ['within the origin', { redirected: true, url: 'https://a.test/b' }, 'within'],
  ['within the origin, by a fetch that has no redirected', { url: 'https://a.test/b' }, 'within'],
  ['elsewhere', { redirected: true, url: 'https://b.test/a' }, 'elsewhere'],
  ['elsewhere, on another port', { url: 'https://a.test:8443/a' }, 'elsewhere'],
  ['a response without a URL', { redirected: false, url: '' }, 'unknown'],
  ['a URL that is none', { redirected: true, url: '/b' }, 'unknown'],
])('followed: %s', (_, response, followed) => {
  expect(followedRedirect(response as Response, 'https://a.test/a')).toBe(followed);
});

it.each<[string, unknown, boolean]>([
  ['refused', { code: 'ECONNREFUSED' }, true],
  [
    'refused on each address',
    { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH', syscall: 'connect' }] },
    true,
  ],
  ['cut off on one of them', { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNRESET' }] }, false],
  ['cut off, with no address', { code: 'ECONNRESET', errors: [] }, false],
  ['refused, with no address', { code: 'ECONNREFUSED', errors: [] }, true],
  ['unreachable while it was open', { code: 'EHOSTUNREACH', syscall: 'read' }, false],
  ['unreachable', { cause: { code: 'EHOSTUNREACH', syscall: 'connect' } }, true],
  ['a code that only holds one', { code: 'XECONNREFUSED' }, false],
  ['nothing', undefined, false],
])('never connected: %s', (_, failure, expected) => {
  expect(wasNeverConnected(failure)).toBe(expected);
});

it('credentials that a forced renewal gives are the ones of the next attempt, though the provider goes on with the old ones', async () => {
  const { url, credentials } = await startGateway();
  const provider = ({ forceRefresh }: { forceRefresh: boolean }) => (forceRefresh ? credentials : ANY_KEYS);
  const response = await createSignedFetch({ credentials: provider as never, retry: false })(url);
  expect(response.status).toBe(200);
});
