import { inspect } from 'node:util';
import { ApigClientError, createApigClientFactory } from '../../src/generatedSdk';
import { password, username, users } from '../support/localAwsHarness';
import { startLocalAws } from '../../src/local';
import { createApig } from '../../src/apig';
import { notesApi } from '../support/notesApi';
import { ANY_KEYS, answer, closeAll, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import type { Echo } from '../support/signedFetchHarness';

afterAll(closeAll);

const open = { accessKey: ANY_KEYS.accessKeyId, secretKey: ANY_KEYS.secretAccessKey };
/** A document of one path. */
const api = (path: string, item: object, more: object = {}) => ({ openapi: '3.0.1', paths: { [path]: item }, ...more });
const parameter = (name: string, where: string, required = false) => ({ name, in: where, required });

test('the notes API, by its export, over the local gateway, with the keys of a user who has logged in', async () => {
  const aws = await startLocalAws({ userPool: { users } });
  try {
    const apig = createApig(aws.config);
    await apig.login(username, password);
    const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } = await apig.getAwsCredentials();
    const factory = createApigClientFactory(notesApi);
    const config = { accessKey, secretKey, sessionToken, region: 'us-east-1', invokeUrl: aws.apiGateway.url };
    const client = factory.newClient(config);

    const made = await client.notesPost({}, { content: 'Milch, Brötchen' });
    expect(made).toMatchObject({ statusText: 'OK', data: { content: 'Milch, Brötchen' } });
    const { id } = made.data;
    expect(await client.notesIdPut({ id }, { content: 'Milk' })).toMatchObject({
      status: 200,
      data: { id, content: 'Milk' },
    });
    expect((await client.notesGet()).data).toMatchObject([{ id, content: 'Milk' }]);
    const preflight = { origin: 'https://example.com', 'access-control-request-method': 'PUT' };
    expect((await client.notesIdOptions({ id }, {}, { headers: preflight })).headers).toHaveProperty(
      'access-control-allow-methods',
    );
    expect((await client.notesIdDelete({ id })).status).toBeLessThan(300);
    const error = await rejection(client.notesIdGet({ id }));
    expect(error).toBeInstanceOf(ApigClientError);
    expect(error).toMatchObject({
      status: 404,
      response: { status: 404 },
      message: 'Request failed with status code 404',
    });
  } finally {
    await aws.stop();
  }
});

test('a refusal has its explanation, and shows neither headers nor keys', async () => {
  const { url } = await startGateway();
  const client = createApigClientFactory(notesApi).newClient({ ...open, apiKey: 'the-api-key', invokeUrl: url });
  const error = await rejection(client.notesGet());
  expect(error).toMatchObject({ status: 403, explanation: { code: 'UnknownAccessKey' } });
  expect(inspect(error) + JSON.stringify(error)).not.toMatch(/the-api-key|AWS4-HMAC|wJalr/);
});

test('the advice names the option of newClient', async () => {
  const { url, credentials } = await startGateway();
  const client = createApigClientFactory(notesApi).newClient({ credentials, region: 'eu-west-1', invokeUrl: url });
  const error = (await rejection(client.notesGet())) as ApigClientError;
  expect(error.explanation?.code).toBe('WrongRegion');
  expect(error.explanation?.advice).toContain('region');
  expect(error.explanation?.advice).not.toContain('apiGateway.REGION');
});

test('half a surrogate pair is sent as the replacement character, in paths and queries', async () => {
  const { url, credentials } = await startGateway();
  const get = { parameters: [parameter('q', 'query')] };
  const client = createApigClientFactory(api('/pets/{id}', { get })).newClient({ credentials, invokeUrl: url });
  const { config } = await client.petsIdGet!({ id: '\ud800', q: 'a\udc00' });
  expect(config.url).toBe(`${url}/pets/%EF%BF%BD?q=a%EF%BF%BD`);
});

test('a platform without streams and URL.canParse, as React Native is, sends all the same', async () => {
  const { url, credentials } = await startGateway();
  const post = { responses: {} };
  const lacking = [
    [globalThis, 'ReadableStream'],
    [URL, 'canParse'],
  ] as const;
  const owns = lacking.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name)!);
  for (const [owner, name] of lacking) Reflect.deleteProperty(owner, name);
  try {
    const client = createApigClientFactory(api('/a', { post })).newClient({ credentials, invokeUrl: url });
    expect((await client.aPost!({}, { content: 'x' })).status).toBe(200);
  } finally {
    for (const [i, [owner, name]] of lacking.entries()) Object.defineProperty(owner, name, owns[i]!);
  }
});

test('parameters go where the document says, additional ones before them, and x-api-key goes along', async () => {
  const { url, credentials } = await startGateway();
  const get = {
    parameters: [
      parameter('x-note', 'header'),
      parameter('q', 'query'),
      parameter('left', 'query'),
      parameter('c', 'cookie'),
    ],
  };
  const factory = createApigClientFactory(
    api('/pets/{petId}/{proxy+}', { get, parameters: [parameter('petId', 'path'), parameter('proxy', 'path')] }),
  );
  const client = factory.newClient({ credentials, apiKey: 'key', invokeUrl: url });
  const params = { petId: 'a/b ü', proxy: 'x/y z', 'x-note': 'one', q: 'a&b', c: 'no', unknown: 'no' };
  const { data, config } = await client.petsPetIdProxyGet!(
    params,
    { ignored: true },
    { queryParams: { more: [1, 2] }, headers: { 'X-Note': 'two' } },
  );
  const got = data as Echo;
  expect(new URL(got.url).pathname).toBe('/pets/a%2Fb%20%C3%BC/x/y%20z');
  expect(new URL(got.url).search).toBe('?q=a%26b&more=1%2C2');
  expect(got.headers).toMatchObject({ 'x-note': 'two', 'x-api-key': 'key', accept: 'application/json' });
  expect(got.headers).not.toHaveProperty('content-type');
  expect(got.body).toBe('');
  expect(config).toMatchObject({ method: 'GET', headers: { 'x-note': 'two' } });
  expect(config.headers).not.toHaveProperty('authorization');
});

test.each<[string, unknown, string]>([
  ['an object as JSON', { a: 'ü' }, '{"a":"ü"}'],
  ['text as JSON text, as there', 'hello', '"hello"'],
  ['an empty object as none, as there', {}, ''],
  ['null as none, as there', null, ''],
  ['an array', [1], '[1]'],
  ['a number, which is lost there', 0, '0'],
  ['bytes as they are', new TextEncoder().encode('bytes'), 'bytes'],
])('a body is sent: %s', async (_, body, sent) => {
  const { url, credentials } = await startGateway();
  const client = createApigClientFactory(api('/a', { post: {} })).newClient({ credentials, invokeUrl: url });
  const { body: got, headers } = (await client.aPost!({}, body)).data as Echo;
  expect(Buffer.from(got, 'latin1').toString()).toBe(sent);
  expect(headers['content-type']).toBe(sent === '' ? undefined : 'application/json');
});

test('without keys, nothing is signed', async () => {
  const server = await startServer(answer(200, {}, 'text'));
  const client = createApigClientFactory(api('/a', { get: {} })).newClient({ invokeUrl: server.url });
  expect(await client.aGet!()).toMatchObject({ status: 200, data: 'text' });
  expect(server.seen[0]!.headers.get('authorization')).toBeNull();
});

test('ANY stands for all methods that are not declared beside it', () => {
  const item = { 'x-amazon-apigateway-any-method': {}, options: {} };
  const client = createApigClientFactory(api('/', item)).newClient({ invokeUrl: 'https://api.example.com' });
  const names = ['rootDelete', 'rootGet', 'rootHead', 'rootOptions', 'rootPatch', 'rootPost', 'rootPut'];
  expect(Object.keys(client).sort()).toEqual(names);
});

test('names that are alike are refused when called, until each route has one', async () => {
  const { url, credentials } = await startGateway();
  const document = { openapi: '3.1.0', paths: { '/a-b': { get: {} }, '/a_b': { get: {} }, '/c': { get: {} } } };
  const client = createApigClientFactory(document).newClient({ credentials, invokeUrl: url });
  expect(() => client.aBGet()).toThrow(/names: expected a name for each of the routes that are called aBGet/);
  expect((await client.cGet()).status).toBe(200);
  const named = createApigClientFactory(document, { names: { 'GET /a_b': 'underscoreGet' } });
  const both = named.newClient({ credentials, invokeUrl: url });
  expect(((await both.aBGet!()).data as Echo).url).toMatch(/\/a-b$/);
  expect(((await both.underscoreGet!()).data as Echo).url).toMatch(/\/a_b$/);
  expect(() => createApigClientFactory(document, { names: { 'GET /d': 'd' } })).toThrow("names['GET /d']");
});

test.each([
  ['missing', {}],
  ['empty', { id: '' }],
  ['another segment', { id: '..' }],
  ['the segment before', { id: '.' }],
  ['an object', { id: {} }],
])('a path parameter that is %s is refused at once, by its name', (_, params) => {
  const client = createApigClientFactory(api('/a/{id}', { get: {} })).newClient({
    invokeUrl: 'https://api.example.com',
  });
  expect(() => client.aIdGet!(params)).toThrow(/params\.id: expected/);
});

test('a required parameter is demanded, an optional one is not', () => {
  const get = { parameters: [parameter('a', 'query'), parameter('b', 'query', true)] };
  const client = createApigClientFactory(api('/', { get })).newClient({ invokeUrl: 'https://api.example.com' });
  expect(() => client.rootGet!({})).toThrow(/params\.b: expected a value \(it must be defined\)/);
});

test('options that are not known or cannot be used are named', () => {
  const factory = createApigClientFactory(notesApi);
  expect(() => factory.newClient({ acessKey: 'x' } as object)).toThrow(/acessKey.*accessKey/s);
  expect(() => factory.newClient({ invokeUrl: 'api.example.com' })).toThrow(/invokeUrl: expected/);
  for (const own of [open, { accessKey: open.accessKey }, { secretKey: open.secretKey }]) {
    expect(() => factory.newClient({ ...own, credentials: ANY_KEYS })).toThrow(/credentials: expected none together/);
  }
  expect(() => createApigClientFactory(api('/', {})).newClient()).toThrow(/invokeUrl: expected/);
  expect(() => createApigClientFactory([])).toThrow(/document: expected/);
});

describe('a document that is loaded', () => {
  test('from a URL, at run time, and from JSON text', async () => {
    const server = await startServer(answer(200, {}, JSON.stringify(notesApi)));
    const fromUrl = await createApigClientFactory(new URL(`${server.url}/api.json`));
    const fromText = await createApigClientFactory(JSON.stringify(notesApi));
    expect(Object.keys(fromUrl.newClient())).toEqual(Object.keys(fromText.newClient()));
    expect(Object.keys(fromUrl.newClient())).toContain('notesIdPut');
  });

  test.each([
    ['is refused', answer(403), /was answered with 403/],
    ['is YAML', answer(200, {}, 'openapi: 3.0.1'), /is not JSON \(YAML/],
  ])('that %s rejects, in words', async (_, respond, message) => {
    const server = await startServer(respond);
    const error = await rejection(createApigClientFactory(`${server.url}/api.json`));
    expect(error).toMatchObject({
      name: 'RequestError',
      code: 'InvalidResponse',
      message: expect.stringMatching(message) as string,
    });
  });

  test('that is broken JSON, or not to be reached, rejects', async () => {
    await expect(createApigClientFactory('{ "openapi": ')).rejects.toThrow(/document: expected valid JSON/);
    await expect(createApigClientFactory('openapi: 3.0.1\npaths: {}')).rejects.toThrow(
      'document: expected JSON or a URL; YAML has to be converted first, got a string of 24 characters',
    );
    const server = await startServer(answer(200));
    await server.close();
    await expect(createApigClientFactory(server.url)).rejects.toMatchObject({ code: 'NetworkError' });
  });
});
