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
    expect(error.message.includes(`in ${attempts} attempts`)).toBe(attempts > 1);
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

  test('by the name localhost, which Node tries at each of its addresses', async () => {
    const url = (await closedUrl()).replace('127.0.0.1', 'localhost');
    expect(await rejection(signedFetch(url, POST))).toMatchObject({ code: 'NetworkError', attempts: 4 });
  });

  // As Node words them; which of them a machine meets depends on its network.
  const failure = (code: string, syscall: string): Error => {
    const where = syscall === 'getaddrinfo' ? { hostname: '127.0.0.1' } : { address: '127.0.0.1', port: 80 };
    return Object.assign(new Error(code), { code, syscall, ...where });
  };
  const severalAddresses = (...errors: NodeJS.ErrnoException[]): Error =>
    Object.assign(new AggregateError(errors), { code: errors[0]!.code });
  const FAILURES: [boolean, string, Error][] = [
    [true, 'refused', failure('ECONNREFUSED', 'connect')],
    [true, 'no route to it', failure('EHOSTUNREACH', 'connect')],
    [true, 'no network', failure('ENETUNREACH', 'connect')],
    [true, 'no such name', failure('ENOTFOUND', 'getaddrinfo')],
    [true, 'no name server', failure('EAI_AGAIN', 'getaddrinfo')],
    [true, 'no address', severalAddresses(failure('ENETUNREACH', 'connect'), failure('ECONNREFUSED', 'connect'))],
    [false, 'perhaps one', severalAddresses(failure('ECONNREFUSED', 'connect'), failure('EHOSTUNREACH', 'read'))],
    [false, 'a route that was lost on the way', failure('EHOSTUNREACH', 'read')],
    [false, 'a network that was lost on the way', failure('ENETUNREACH', 'write')],
    [false, 'a slow connection', failure('UND_ERR_CONNECT_TIMEOUT', 'connect')],
    [false, 'a reset', failure('ECONNRESET', 'read')],
  ];

  describe.each(FAILURES)('%s: %s', (isProof, _, cause) => {
    const thrown = new TypeError('fetch failed', { cause });
    const attempts = async (init: RequestInit): Promise<unknown> => {
      const send = createSignedFetch({
        credentials: ANY_KEYS,
        retry: { ...QUICK, attempts: 2 },
        fetch: () => Promise.reject(thrown),
      });
      return ((await rejection(send('http://127.0.0.1/', { method: 'POST', ...init }))) as RequestError).attempts;
    };

    test('of whichever host', async () => {
      for (const url of ['http://localhost:1/', 'https://api.example.com/', 'http://[::1]:1/']) {
        const retry = { ...QUICK, attempts: 2 };
        const send = createSignedFetch({ credentials: ANY_KEYS, retry, fetch: () => Promise.reject(thrown) });
        const error = await rejection(send(url, { ...POST, redirect: 'error' }));
        expect((error as RequestError).attempts).toBe(isProof ? 2 : 1);
      }
    });

    test('as an error', () => {
      expect(wasNeverConnected(thrown)).toBe(isProof);
    });

    test("of the app's own fetch, where that follows no redirects", async () => {
      expect(await attempts({ redirect: 'manual' })).toBe(isProof ? 2 : 1);
      expect(await attempts({ redirect: 'error' })).toBe(isProof ? 2 : 1);
    });

    test('of one that may have followed some: then it is proof of nothing', async () => {
      expect(await attempts({})).toBe(1);
      expect(await attempts({ redirect: 'follow' })).toBe(1);
      expect(await attempts({ method: 'PUT' })).toBe(2); // which may be done twice
    });
  });
});

test('causes in a circle come to an end', () => {
  const circle: Error = new Error('fetch failed');
  circle.cause = circle;
  expect(wasNeverConnected(circle)).toBe(false);
  expect(wasNeverConnected(undefined)).toBe(false);
});
