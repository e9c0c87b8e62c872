/** Libraries that take a fetch are handed ours. */
import ky, { HTTPError } from 'ky';
import createClient from 'openapi-fetch';
import { createSignedFetch } from '../../src/signedFetch/index';
import { ANY_KEYS, answer, closeAll, startGateway, startServer } from '../support/signedFetchHarness';

afterAll(closeAll);

interface Note {
  id: string;
  content: string;
}

/** What openapi-typescript makes of the description of the gateway's notes API. */
interface Paths {
  '/notes': {
    get: { responses: { 200: { content: { 'application/json': Note[] } } } };
    post: {
      requestBody: { content: { 'application/json': { content: string } } };
      responses: { 200: { content: { 'application/json': Note } } };
    };
  };
  '/notes/{id}': {
    get: {
      parameters: { path: { id: string } };
      responses: { 200: { content: { 'application/json': Note } }; 404: { content: { 'application/json': object } } };
    };
    delete: { parameters: { path: { id: string } }; responses: { 200: { content: { 'application/json': object } } } };
  };
}

test('openapi-fetch, which passes Request objects', async () => {
  const { url, credentials } = await startGateway({ handler: undefined });
  const api = createClient<Paths>({ baseUrl: url, fetch: createSignedFetch({ credentials }) });
  const made = await api.POST('/notes', { body: { content: 'Milch, Brötchen' } });
  expect(made.error).toBeUndefined();
  const id = made.data!.id;
  expect((await api.GET('/notes')).data).toMatchObject([{ content: 'Milch, Brötchen' }]);
  expect((await api.GET('/notes/{id}', { params: { path: { id } } })).data).toMatchObject({ id });
  expect((await api.DELETE('/notes/{id}', { params: { path: { id } } })).response.ok).toBe(true);
  expect((await api.GET('/notes/{id}', { params: { path: { id } } })).response.status).toBe(404);
});

describe('ky', () => {
  test('JSON, search parameters, forms', async () => {
    const { url, credentials } = await startGateway();
    const api = ky.create({ prefixUrl: url, fetch: createSignedFetch({ credentials }) });
    expect(await api.get('a', { searchParams: { q: "it's (x) *" } }).json()).toMatchObject({ method: 'GET' });
    expect(await api.put('a', { json: { a: 'ü' } }).json()).toMatchObject({
      method: 'PUT',
      body: Buffer.from('{"a":"ü"}').toString('latin1'),
      headers: { 'content-type': 'application/json' },
    });
    const body = new FormData();
    body.set('a', 'b');
    expect(await api.post('a', { body }).json()).toMatchObject({ method: 'POST' });
  });

  test('its own timeout and retry stay its own', async () => {
    const server = await startServer(answer(500), answer(200));
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS, retry: false });
    const api = ky.create({ fetch: signedFetch, retry: { limit: 1, delay: () => 1 } });
    expect((await api.get(server.url)).status).toBe(200);
    const mute = await startServer(() => new Promise(() => undefined));
    await expect(api.get(mute.url, { timeout: 100 })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('a refusal is an HTTPError', async () => {
    const { url } = await startGateway();
    const api = ky.create({ fetch: createSignedFetch({ credentials: ANY_KEYS }) });
    await expect(api.get(url)).rejects.toBeInstanceOf(HTTPError);
  });
});
