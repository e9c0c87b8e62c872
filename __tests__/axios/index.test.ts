import { Readable } from 'node:stream';
import axios from 'axios';
import type { AxiosRequestConfig, InternalAxiosRequestConfig } from 'axios';
import { signAxios } from '../../src/axios/index';
import { answer, ANY_KEYS, closeAll, startGateway, startServer } from '../support/signedFetchHarness';
import type { Echo } from '../support/signedFetchHarness';
import { start } from '../support/signedAxios';

afterAll(closeAll);

const latin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe.each(['http', 'fetch'])('with the adapter %s', (adapter) => {
  const call = async (config: AxiosRequestConfig): Promise<Echo> => {
    const { api } = await start({ adapter });
    return (await api.request<Echo>(config)).data;
  };

  test("the tutorial's GET", async () => {
    const { url, credentials } = await startGateway();
    const api = axios.create({ adapter });
    signAxios(api, { credentials, region: 'us-east-1', service: 'execute-api' });
    const response = await api.get<Echo>(`${url}/foo/bar`, { params: { baz: 'qux' } });
    expect(response.status).toBe(200);
    expect(response.data).toMatchObject({ method: 'GET' });
    expect(new URL(response.data.url).pathname + new URL(response.data.url).search).toBe('/foo/bar?baz=qux');
  });

  test("the tutorial's PUT, with a body and a content type", async () => {
    const { url, credentials } = await startGateway();
    const api = axios.create({ adapter });
    signAxios(api, { credentials });
    const headers = { 'content-type': 'application/json' };
    const { data } = await api.put<Echo>(`${url}/foo/bar`, { test: true }, { headers });
    expect(data).toMatchObject({ method: 'PUT', body: '{"test":true}', headers });
  });

  test.each<[string, AxiosRequestConfig, Partial<Echo>]>([
    ['JSON', { method: 'post', data: { a: 'ü' } }, { body: latin1('{"a":"ü"}') }],
    ['an array', { method: 'post', data: [1, 2] }, { body: '[1,2]' }],
    ['text', { method: 'post', data: 'grüße' }, { body: latin1('grüße') }],
    ['an empty text', { method: 'post', data: '' }, { body: '' }],
    ['text as JSON', { method: 'put', data: 'a', headers: { 'Content-Type': 'application/json' } }, { body: '"a"' }],
    ['no data', { method: 'post' }, { body: '' }],
    ['null', { method: 'post', data: null }, { body: '' }],
    ['DELETE', { method: 'delete' }, { method: 'DELETE' }],
    ['DELETE with a body', { method: 'delete', data: { a: 1 } }, { method: 'DELETE', body: '{"a":1}' }],
    ['GET with an empty text', { method: 'get', data: '' }, { method: 'GET', body: '' }],
    ['a form', { method: 'post', data: new URLSearchParams({ a: '1 2', ü: '&' }) }, { body: 'a=1+2&%C3%BC=%26' }],
    [
      'an object as a form',
      { method: 'post', data: { a: '1 2' }, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      { body: 'a=1+2' },
    ],
    ['a Buffer', { method: 'put', data: Buffer.from([0, 200, 255]) }, { body: '\0\xc8\xff' }],
    ['an ArrayBuffer', { method: 'put', data: new Uint8Array([0, 200, 255]).buffer }, { body: '\0\xc8\xff' }],
    ['a typed array', { method: 'put', data: new Uint8Array([0, 200, 255]) }, { body: '\0\xc8\xff' }],
    [
      'a part of a buffer, as it is',
      { method: 'put', data: new Uint8Array([1, 2, 3, 4]).subarray(1, 3), transformRequest: [] },
      { body: '\x02\x03' },
    ],
    ['a Blob', { method: 'put', data: new Blob(['x'], { type: 'text/csv' }) }, { body: 'x' }],
    ['a stream of the web', { method: 'put', data: new Blob(['xyz']).stream() }, { body: 'xyz' }],
  ])('%s', async (_, config, expected) => {
    expect(await call({ url: '/x', ...config })).toMatchObject(expected);
  });

  test('a Node stream, read into memory', async () => {
    expect(await call({ url: '/x', method: 'put', data: Readable.from(['a', Buffer.from('b')]) })).toMatchObject({
      body: 'ab',
      headers: { 'content-length': '2' },
    });
  });

  test('the content type is the one that belongs to the body', async () => {
    const type = async (config: AxiosRequestConfig): Promise<string | undefined> =>
      (await call({ url: '/x', ...config })).headers['content-type'];
    expect(await type({ method: 'put', data: new Blob(['x'], { type: 'text/csv' }) })).toBe('text/csv');
    expect(await type({ method: 'put', data: new Blob(['x']) })).toBe('application/octet-stream');
    const headers = { 'Content-Type': 'image/png' };
    expect(await type({ method: 'put', data: new Blob(['x'], { type: 'text/csv' }), headers })).toBe('image/png');
    expect(await type({ method: 'put', data: Buffer.from('x'), headers })).toBe('image/png');
    expect(await type({ method: 'delete' })).toBeUndefined();
  });

  test.each<[string, () => AxiosRequestConfig]>([
    [
      'FormData',
      () => {
        const data = new FormData();
        data.append('name', 'Zoë');
        data.append('file', new File([new Uint8Array([0, 255])], 'a.bin'));
        return { data };
      },
    ],
    ['an object as multipart', () => ({ data: { name: 'Zoë' }, headers: { 'Content-Type': 'multipart/form-data' } })],
    [
      'the FormData that axios has in Node',
      () => {
        const data = new axios.defaults.env!.FormData!() as FormData; // the package form-data, in Node
        data.append('name', 'Zoë');
        return { data };
      },
    ],
  ])('%s', async (_, config) => {
    const { headers, body } = await call({ url: '/x', method: 'post', ...config() });
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    const received = await new Response(Buffer.from(body, 'latin1'), { headers: { ...headers } }).formData();
    expect(received.get('name')).toBe('Zoë');
  });

  test('params and URLs, whatever their characters', async () => {
    const q = "it's (x) * ! ü [1] a:b$c,d+e~";
    const { url } = await call({ url: "/a b/(é)'*?first=1%202#hash", params: { q, list: [1, 2], none: undefined } });
    const { pathname, searchParams } = new URL(url);
    expect(decodeURIComponent(pathname)).toBe("/a b/(é)'*");
    expect([...searchParams].sort()).toEqual([
      ['first', '1 2'],
      ['list[]', '1'],
      ['list[]', '2'],
      ['q', q],
    ]);
  });

  test("a paramsSerializer of the caller's own", async () => {
    const params = { a: [1, 2], b: 'x y' };
    const serialize = ({ a, b }: typeof params): string => `a=${a.join(',')}&b=${b.replace(' ', '+')}`;
    for (const paramsSerializer of [{ serialize }, serialize, { indexes: null }]) {
      const { url } = await call({ url: '/x', params, paramsSerializer } as AxiosRequestConfig);
      expect(new URL(url).searchParams.get('b')).toBe('x y');
    }
  });

  test('the last transformRequest and the last interceptor have their say', async () => {
    const { api } = await start({ adapter });
    const change = (config: InternalAxiosRequestConfig): InternalAxiosRequestConfig => {
      config.headers.set('x-late', '1');
      return config;
    };
    api.interceptors.request.use(change);
    const { data } = await api.post<Echo>(
      '/x',
      { a: 1 },
      {
        transformRequest: [
          (body: object, headers) => {
            headers.set('x-last', '2');
            return JSON.stringify({ ...body, b: 2 });
          },
        ],
      },
    );
    expect(data).toMatchObject({ body: '{"a":1,"b":2}', headers: { 'x-late': '1', 'x-last': '2' } });
  });

  test('a header that is taken away stays away', async () => {
    const server = await startServer(answer(200));
    const api = axios.create({ adapter, baseURL: server.url });
    signAxios(api, { credentials: ANY_KEYS });
    await api.post('/x', 'text', { headers: { 'Content-Type': false, Accept: null } });
    const { headers } = server.seen[0]!;
    expect(headers.get('content-type')).toBeNull();
    expect(headers.get('accept')).toBe('*/*');
  });

  test('Host and Content-Length are left to the transport', async () => {
    const server = await startServer(answer(200));
    const api = axios.create({ adapter, baseURL: server.url });
    const sent: AxiosRequestConfig['headers'][] = [];
    const { getAdapter } = axios;
    signAxios(api, { credentials: ANY_KEYS });
    const spy = (config: InternalAxiosRequestConfig) => {
      sent.push(config.headers.toJSON());
      return getAdapter(adapter, config)(config);
    };
    await api.put('/x', 'text', { adapter: spy });
    expect(Object.keys(sent[0]!).filter((name) => /^(host|content-length)$/i.test(name))).toEqual([]);
    const { headers } = server.seen[0]!;
    expect(headers.get('authorization')).toContain('SignedHeaders=accept;content-type;host;x-amz-date');
    expect(headers.get('content-length')).toBe('4');
  });

  test("auth of axios's own gives way to the signature", async () => {
    expect(await call({ url: '/x', auth: { username: 'user', password: 'password' } })).toMatchObject({
      method: 'GET',
    });
  });
});
