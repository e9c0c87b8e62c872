/** What fetch throws, and whether it shows that no one can have acted on the request. */
import { RequestError } from '../../src/errors';
import { wasNeverConnected } from '../../src/signedFetch/connection';
import { createSignedFetch } from '../../src/signedFetch/index';
import { ANY_KEYS, closeAll, closedUrl, rejection, startSocketServer } from '../support/signedFetchHarness';

afterAll(closeAll);

const QUICK = { baseDelay: 1 };
const POST = { method: 'POST', body: 'x' };
const signedFetch = createSignedFetch({ credentials: ANY_KEYS, retry: QUICK });

describe('where no answer comes', () => {
  test.each([
    ['GET', 4],
    ['PUT', 4],
    ['POST', 1],
  ])('a %s cut off without an answer is sent %d times', async (method, attempts) => {
    const server = await startSocketServer((socket) => {
      socket.once('data', () => socket.destroy());
    });
    const error = (await rejection(signedFetch(server.url + '/notes?token=hidden', { method }))) as RequestError;
    expect(error).toBeInstanceOf(RequestError);
    expect(error).toMatchObject({ code: 'NetworkError', attempts, method, url: server.url + '/notes' });
    expect(error.message).toContain(`${method} /notes: no answer from ${server.url}`);
    if (attempts > 1) expect(error.message).toContain(`in ${attempts} attempts`);
    expect(error.message).not.toContain('hidden');
    expect((error.cause as Error).message).toBe('fetch failed');
    expect(server.count()).toBe(attempts);
    await server.close();
  });

  test('a connection that is refused is tried again even for a POST, which no one can have acted on', async () => {
    const error = (await rejection(signedFetch(await closedUrl(), { method: 'POST', body: 'x' }))) as RequestError;
    expect(error).toMatchObject({ code: 'NetworkError', attempts: 4 });
    expect(error).toMatchObject({ cause: { cause: { code: 'ECONNREFUSED' } } });
  });

  test('a host that does not exist likewise', async () => {
    const init = { method: 'POST', retry: { ...QUICK, attempts: 2 } };
    const error = await rejection(signedFetch('http://no-such-host.invalid/', init));
    expect(error).toMatchObject({ code: 'NetworkError', attempts: 2 });
  });

  // As Node words them; which of them a machine meets depends on its network.
  const failure = (code: string, syscall: string): Error => {
    const where = syscall === 'getaddrinfo' ? { hostname: '127.0.0.1' } : { address: '127.0.0.1', port: 80 };
    return Object.assign(new Error(code), { code, syscall, ...where });
  };
  const severalAddresses = (...errors: NodeJS.ErrnoException[]): Error =>
    Object.assign(new AggregateError(errors), { code: errors[0]!.code });
  test.each<[number, string, Error]>([
    [2, 'no route to it', failure('EHOSTUNREACH', 'connect')],
    [2, 'no network', failure('ENETUNREACH', 'connect')],
    [2, 'no name server', failure('EAI_AGAIN', 'getaddrinfo')],
    [2, 'no address', severalAddresses(failure('ENETUNREACH', 'connect'), failure('ECONNREFUSED', 'connect'))],
    [1, 'perhaps one address', severalAddresses(failure('ECONNREFUSED', 'connect'), failure('EHOSTUNREACH', 'read'))],
    [1, 'a route that was lost on the way', failure('EHOSTUNREACH', 'read')],
    [1, 'a network that was lost on the way', failure('ENETUNREACH', 'write')],
    [1, 'a slow connection', failure('UND_ERR_CONNECT_TIMEOUT', 'connect')],
    [1, 'a reset', failure('ECONNRESET', 'read')],
  ])('a POST is sent %d times: %s', async (attempts, _, cause) => {
    const fetchSigned = createSignedFetch({
      credentials: ANY_KEYS,
      retry: { ...QUICK, attempts: 2 },
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
    });
    const error = await rejection(fetchSigned('http://127.0.0.1/', { method: 'POST' }));
    expect(error).toMatchObject({ code: 'NetworkError', attempts });
  });
});

describe('a connection that never came to be', () => {
  /** As Node words it. */
  const failure = (code: string, details: object): Error =>
    Object.assign(new Error(`${code} ${Object.values(details).join(' ')}`), { code, syscall: 'connect', ...details });
  const refused = (address: string, port: number): Error => failure('ECONNREFUSED', { address, port });
  const unknown = (hostname: string): Error => failure('ENOTFOUND', { syscall: 'getaddrinfo', hostname });
  const several = (...errors: Error[]): Error =>
    Object.assign(new AggregateError(errors, errors.join(', ')), { code: 'ECONNREFUSED' });

  test.each<[number, string, Error, RequestInit?]>([
    [2, 'http://127.0.0.1:3000/', refused('127.0.0.1', 3000)],
    [2, 'http://127.0.0.1/', refused('127.0.0.1', 80)],
    [2, 'https://127.0.0.1/', refused('127.0.0.1', 443)],
    [2, 'http://[::1]:3000/', refused('::1', 3000)],
    [2, 'http://localhost:3000/', several(refused('::1', 3000), refused('127.0.0.1', 3000))],
    [2, 'https://api.example.com/', unknown('api.example.com')],
    [1, 'http://127.0.0.1:3000/', refused('127.0.0.1', 3001)],
    [1, 'https://127.0.0.1/', refused('127.0.0.1', 80)],
    [1, 'http://127.0.0.1:3000/', refused('127.0.0.2', 3000)],
    [1, 'http://localhost:3000/', several(refused('::1', 3000), refused('127.0.0.2', 3000))],
    [1, 'https://api.example.com/', unknown('www.example.com')],
    [1, 'https://api.example.com/', failure('ECONNREFUSED', {})],
    // Which addresses a name has, only the error knows: it may be another name's, after a redirect.
    [1, 'https://api.example.com/', refused('192.0.2.1', 443)],
    [2, 'https://api.example.com/', refused('192.0.2.1', 443), { redirect: 'manual' }],
    [2, 'https://api.example.com/', refused('192.0.2.1', 443), { redirect: 'error' }],
  ])('sent %d times: a POST to %s, %s', async (attempts, url, cause, init = {}) => {
    const send = createSignedFetch({
      credentials: ANY_KEYS,
      retry: { ...QUICK, attempts: 2 },
      fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
    });
    const error = await rejection(send(url, { ...POST, ...init }));
    expect(error).toMatchObject({ code: 'NetworkError', attempts });
  });

  test('by the name localhost, which Node tries at each of its addresses', async () => {
    const url = (await closedUrl()).replace('127.0.0.1', 'localhost');
    expect(await rejection(signedFetch(url, POST))).toMatchObject({ code: 'NetworkError', attempts: 4 });
  });
});

test('causes in a circle come to an end', () => {
  const circle: Error = new Error('fetch failed');
  circle.cause = circle;
  expect(wasNeverConnected(circle)).toBe(false);
  expect(wasNeverConnected(undefined)).toBe(false);
});
