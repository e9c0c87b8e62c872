/** Where redirects lead to, and what goes along, with the versions of axios that there are. */
import { createServer } from 'node:http';
import type { Readable } from 'node:stream';
import type { AxiosAdapter, AxiosRequestConfig } from 'axios';
import { signAxios } from '../../src/axios/index';
import { answer, ANY_KEYS, closeAll, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import type { Seen } from '../support/signedFetchHarness';
import { loadAxios, VERSIONS_AND_ADAPTERS } from '../support/signedAxios';
import { listenLocally } from '../support/localServer';

afterAll(closeAll);

const keys = { ...ANY_KEYS, sessionToken: 'the-session-token' };
const moved = (location: string, status = 302) => answer(status, { location });
const byName = (url: string): string => url.replace('127.0.0.1', 'localhost');
/** All that came, as one text to search. */
const everything = ({ method, path, headers }: Seen): string => JSON.stringify([method, path, [...headers]]);
const SIGNATURE = /the-session-token|x-amz-|authorization|AKIDEXAMPLE|Signature=/i;

describe.each(VERSIONS_AND_ADAPTERS)('%s, adapter %s', (name, adapter) => {
  async function start(config: AxiosRequestConfig = {}, credentials: typeof keys = keys) {
    const axios = await loadAxios(name);
    const api = axios.create({ ...(adapter && { adapter }), ...config });
    signAxios(api, { credentials, signBody: true });
    return api;
  }

  test.each([301, 302, 303, 307, 308])('another port, another host, nothing of the signature: %d', async (status) => {
    const api = await start({ headers: { Cookie: 'a=b', 'X-Api-Key': 'the-key', 'X-Mine': '1' } });
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const other = await startServer(answer(200));
      for (const target of [other.url, byName(other.url)]) {
        const server = await startServer(moved(`${target}/there`, status));
        const isGet = method === 'GET' || method === 'HEAD';
        const response = await api.request({ url: server.url, method, ...(!isGet && { data: { a: 1 } }) });
        expect(response.status).toBe(200);
        expect(everything(server.seen[0]!)).toMatch(SIGNATURE);
        expect(everything(other.seen.at(-1)!)).not.toMatch(SIGNATURE);
        expect(everything(other.seen.at(-1)!)).not.toMatch(/cookie|the-key/);
        expect(other.seen.at(-1)!.headers.get('x-mine')).toBe('1');
      }
    }
  });

  test('and nothing is signed any more where it leads back', async () => {
    const other = await startServer(() => new Response(null, { status: 307, headers: { location: back } }));
    const server = await startServer(moved(other.url, 307), answer(200));
    const back = `${server.url}/admin`;
    await (await start()).post(server.url, 'x');
    expect(everything(server.seen[1]!)).not.toMatch(SIGNATURE);
  });

  test.each<[number, string, string]>([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [302, 'PATCH', 'PATCH'],
    [307, 'POST', 'POST'],
    [308, 'PUT', 'PUT'],
    [308, 'GET', 'GET'],
  ])('within the origin, signed afresh: %d, a %s becomes a %s', async (status, method, then) => {
    const seen: object[] = [];
    const { url, credentials, gateway } = await startGateway({
      handler: async (request) => {
        const type = request.headers.get('content-type');
        seen.push({ method: request.method, path: new URL(request.url).pathname, type, body: await request.text() });
        const headers = { location: '../there?a=1' };
        return seen.length === 1 ? new Response(null, { status, headers }) : Response.json({ a: 1 });
      },
    });
    const api = await start({}, credentials);
    const data = /^(GET|HEAD)$/.test(method) ? undefined : { ü: 1 };
    const response = await api.request<unknown>({ url: `${url}/a/b/here`, method, data });
    expect(gateway.requests.map((one) => one.refusal ?? one.status)).toEqual([status, 200]);
    expect(response.data).toEqual(then === 'HEAD' ? '' : { a: 1 });
    const isKept = then === method && data !== undefined;
    const type = isKept ? (expect.stringContaining('json') as string) : null;
    expect(seen[1]).toEqual({ method: then, path: '/a/there', type, body: isKept ? '{"ü":1}' : '' });
    expect(response.config.url).toBe(`${url}/a/b/here`); // the caller's own
    const { res } = response.request as { res?: { responseUrl: string } }; // of Node's http alone
    expect(res?.responseUrl).toBe(adapter === 'fetch' ? undefined : `${url}/a/there?a=1`);
  });

  test('what the app says of redirects holds', async () => {
    const server = await startServer(moved('/there'));
    const status = (config: AxiosRequestConfig): Promise<unknown> =>
      start(config).then(async (api) => rejection(api.get(`${server.url}/here`)));
    expect(await status({ maxRedirects: 0 })).toMatchObject({ isAxiosError: true, response: { status: 302 } });
    expect(server.seen).toHaveLength(1);
    const tooMany = (await status({ maxRedirects: 2 })) as Error;
    expect(tooMany).toMatchObject({ name: 'RequestError', code: 'InvalidResponse' });
    expect(tooMany.message).toContain('the API answered with a redirect after 2 others');
    expect(server.seen).toHaveLength(4);
    await status({});
    expect(server.seen).toHaveLength(25);
  });

  test('a redirect to nowhere is the answer, and a POST is sent once', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await startServer(moved('', status));
      const error = await rejection((await start()).post(server.url, 'x'));
      expect(error).toMatchObject({ isAxiosError: true, response: { status } });
      expect(server.seen).toHaveLength(1);
    }
  });

  test('beforeRedirect is called, changes headers, and can refuse', async () => {
    const server = await startServer(moved('/there?a=1', 307), answer(200));
    const calls: unknown[] = [];
    const api = await start({
      beforeRedirect: (options, details) => {
        calls.push([options.href, options.path, options.method, details.statusCode, details.headers.location]);
        (options.headers as Record<string, string>)['x-hop'] = '1';
      },
    });
    await api.post(`${server.url}/here`, 'x');
    expect(calls).toEqual([[`${server.url}/there?a=1`, '/there?a=1', 'POST', 307, '/there?a=1']]);
    expect(server.seen[1]!.headers.get('x-hop')).toBe('1');
    expect(server.seen[1]!.headers.get('authorization')).toContain('x-hop');
    const reason = new Error('not there');
    const strict = await start({
      beforeRedirect: () => {
        throw reason;
      },
    });
    const again = await startServer(moved('/there'));
    expect(await rejection(strict.get(again.url))).toBe(reason);
    expect(again.seen).toHaveLength(1);
  });

  test('a stream is given after redirects as well', async () => {
    const server = await startServer(moved('/there'), answer(200, {}, 'all'));
    const { data } = await (await start({ responseType: 'stream' })).get<Readable>(server.url);
    const chunks: Uint8Array[] = [];
    for await (const chunk of data) chunks.push(chunk as Uint8Array);
    expect(Buffer.concat(chunks).toString()).toBe('all');
  });

  test.each(['POST', 'PATCH'])('a %s is sent once, whatever comes after a redirect', async (method) => {
    let count = 0;
    const refreshed = () => ({ ...keys, accessKeyId: `AKID${++count}` });
    const refused = answer(403, { 'x-amzn-errortype': 'ExpiredTokenException' });
    for (const status of [302, 307]) {
      const server = await startServer(moved('/there', status), refused);
      const api = (await loadAxios(name)).create({ ...(adapter && { adapter }), validateStatus: () => true });
      signAxios(api, { credentials: refreshed });
      expect((await api.request({ url: `${server.url}/here`, method, data: 'x' })).status).toBe(403);
      expect(server.seen.map(({ path }) => path)).toEqual(['/here', '/there']);
    }
    const acted: unknown[] = [];
    const gone = createServer((request, response) => {
      acted.push(request.method);
      gone.close();
      response.writeHead(302, { location: '/there', connection: 'close' }).end();
    });
    const { url } = await listenLocally(gone);
    expect(await rejection((await start()).request({ url, method }))).toMatchObject({ isAxiosError: true });
    expect(acted).toEqual([method]);
  });

  test('what another origin refuses is no word about our credentials', async () => {
    const asked: unknown[] = [];
    const other = await startServer(answer(403, { 'x-amzn-errortype': 'ExpiredTokenException' }));
    const server = await startServer(moved(other.url));
    const api = (await loadAxios(name)).create(adapter ? { adapter } : {});
    signAxios(api, {
      credentials: (context) => {
        asked.push(context);
        return keys;
      },
    });
    expect(await rejection(api.get(server.url))).toMatchObject({ response: { status: 403 } });
    expect(asked).toEqual([{ forceRefresh: false }]);
  });
});

describe('what follows redirects by itself', () => {
  /** As XMLHttpRequest does it in React Native: with all headers, and a word of where the answer came from. */
  const follower: AxiosAdapter = async (config) => {
    const { url, method, headers } = config;
    const response = await fetch(url!, { method: method!.toUpperCase(), headers: headers.toJSON(true) });
    const { status, statusText } = response;
    const request = { responseURL: response.url };
    return { status, statusText, headers: {}, data: await response.text(), config, request };
  };

  test('an answer of another origin is refused in words', async () => {
    const other = await startServer(answer(200));
    const server = await startServer(moved(other.url));
    const api = (await loadAxios('axios')).create({ adapter: follower });
    signAxios(api, { credentials: keys });
    const error = (await rejection(api.get(`${server.url}/here?token=hidden`))) as Error;
    expect(error).toMatchObject({ name: 'RequestError', code: 'InvalidResponse' });
    expect(error.message).toMatch(/^GET \/here: .* this adapter has followed it by itself, with the session token/);
  });

  test('after one within the origin a POST has acted', async () => {
    let count = 0;
    const refused = answer(403, { 'x-amzn-errortype': 'ExpiredTokenException' });
    const server = await startServer(moved('/there', 303), refused);
    const api = (await loadAxios('axios')).create({ adapter: follower });
    signAxios(api, { credentials: () => ({ ...keys, accessKeyId: `AKID${++count}` }) });
    expect((await api.post(`${server.url}/here`)).status).toBe(403);
    expect(server.seen.map(({ path }) => path)).toEqual(['/here', '/there']);
  });

  test('a transport of the package follow-redirects, which is told not to', async () => {
    const other = await startServer(answer(200));
    const server = await startServer(moved(other.url));
    const name = 'follow-redirects'; // which has no types
    const { default: following } = (await import(name)) as { default: { http: unknown } };
    const api = (await loadAxios('axios')).create({ adapter: 'http', transport: following.http });
    signAxios(api, { credentials: keys });
    expect((await api.get(server.url)).status).toBe(200);
    expect(everything(other.seen[0]!)).not.toMatch(SIGNATURE);
  });
});
