/** The data of a GET: signed and sent where axios's adapter sends it, refused in words where it cannot. */
import axios from 'axios';
import { signAxios } from '../../src/axios/index';
import type { CredentialProvider } from '../../src/signedFetch/index';
import { verifyRequest } from '../../src/verify';
import { answer, ANY_KEYS, closeAll, rejection, startServer } from '../support/signedFetchHarness';

afterAll(closeAll);

const start = (adapter?: string, credentials: CredentialProvider = ANY_KEYS) => {
  const api = axios.create({ ...(adapter === undefined ? {} : { adapter }) });
  signAxios(api, { credentials, region: 'us-east-1', service: 'es' });
  return api;
};

test.each([undefined, 'http'])('adapter %s: it arrives, and the signature covers it', async (adapter) => {
  const server = await startServer(answer(200));
  await start(adapter).get(`${server.url}/_search`, { data: { query: 'x' } });
  const { method, path, headers, ...seen } = server.seen[0]!;
  const body = Buffer.from(seen.body).toString();
  expect([method, body]).toEqual(['GET', '{"query":"x"}']);
  const verify = (sent: string) =>
    verifyRequest({ method, target: path, headers: [...headers], body: sent }, { credentials: () => ANY_KEYS });
  expect(await verify(body)).toMatchObject({ ok: true });
  expect(await verify('{"query":"y"}')).toMatchObject({ code: 'SignatureMismatch' });
});

test.each(['GET', 'HEAD'])('adapter fetch: a %s with data is refused before anything is sent', async (method) => {
  const server = await startServer(answer(200));
  expect(await rejection(start('fetch').request({ url: server.url, method, data: { a: 1 } }))).toMatchObject({
    code: 'InvalidMethod',
    message: `method: expected one that has a body, such as POST: only axios's http adapter, in Node, sends the data of a GET, got "${method}"`,
  });
  expect(server.seen).toHaveLength(0);
});

test.each(['http', 'fetch'])('adapter %s: text as a form in parts without its boundary is refused', async (adapter) => {
  const server = await startServer(answer(200));
  const headers = { 'content-type': 'multipart/form-data' };
  const credentials = jest.fn(() => ANY_KEYS);
  expect(await rejection(start(adapter, credentials).post(server.url, 'text', { headers }))).toMatchObject({
    code: 'InvalidHeader',
    option: "headers['content-type']",
  });
  expect(credentials).not.toHaveBeenCalled();
  const form = new FormData();
  form.append('a', '1');
  expect((await start(adapter).post(server.url, form, { headers })).status).toBe(200);
  expect(server.seen.map((seen) => seen.headers.get('content-type'))).toEqual([expect.stringContaining('boundary=')]);
});
