/** Beside the package whose place it takes: both call the same server, which compares what comes. */
import theirs from 'aws-api-gateway-client';
import { ApigClientError, apigClientFactory } from '../../src/generatedSdk';
import type { AdditionalParams, InvokeApiClient } from '../../src/generatedSdk';
import { ANY_KEYS, answer, closeAll, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import type { Seen } from '../support/signedFetchHarness';

afterAll(closeAll);

const keys = { accessKey: ANY_KEYS.accessKeyId, secretKey: ANY_KEYS.secretAccessKey, region: 'eu-west-1' };

/** The same call by both; what came of each. */
async function callBoth(config: object, ...call: Parameters<InvokeApiClient['invokeApi']>) {
  const server = await startServer(answer(200, { 'content-type': 'application/json' }, '{"a":1}'));
  const full = { ...config, invokeUrl: `${server.url}/dev` };
  const expected = await theirs.newClient({ ...full }).invokeApi(...call);
  const got = await apigClientFactory.newClient(full).invokeApi(...call);
  const [first, second] = server.seen.map(readSeen);
  return { expected, got, theirs: first!, ours: second! };
}

/** What a server acts on: not which client it was, nor the moment that the signature has. */
function readSeen({ method, path, headers, body }: Seen) {
  const named = Object.fromEntries(headers);
  const scope = /Credential=[^/]+\/\d+\/([^,]+)/.exec(named.authorization ?? '')?.[1];
  const names = [
    'accept',
    'x-api-key',
    'x-note',
    'x-amz-security-token',
    ...(body.length === 0 ? [] : ['content-type']),
  ];
  const kept = Object.fromEntries(names.map((name) => [name, named[name]]));
  const [bare, query = ''] = path.split('?');
  const pairs = query.split('&').sort(); // theirs are sorted, ours as they were passed
  return { method, path: bare, pairs, scope, body: Buffer.from(body).toString(), headers: kept };
}

const additional: AdditionalParams = {
  headers: { 'x-note': 'one' },
  queryParams: { q: 'a&b ü', list: [1, 2], zero: 0 },
};

test.each<[string, object, Parameters<InvokeApiClient['invokeApi']>]>([
  ['a GET', keys, [{ id: 'a/b ü' }, '/notes/{id}', 'get', additional]],
  ['a session token and an API key', { ...keys, sessionToken: 'token', apiKey: 'key' }, [{}, '/notes', 'GET']],
  ['a body', keys, [{}, '/notes', 'POST', {}, { content: 'Brötchen' }]],
  ['a body of text, which is sent as JSON text', keys, [{}, '/notes', 'POST', {}, 'text']],
  ['text under another type', keys, [{}, '/notes', 'POST', { headers: { 'Content-Type': 'text/plain' } }, 'text']],
  ['an empty body', keys, [{}, '/notes', 'POST', {}, {}]],
  [
    'types of its own',
    { ...keys, defaultAcceptType: 'text/csv', defaultContentType: 'application/json' },
    [{}, '/a', 'PUT', {}, [1]],
  ],
  ['no keys', {}, [{}, '/notes', 'POST', additional, { content: 'x' }]],
  ['slashes in a value', keys, [{ rest: 'a/b c' }, '/files/{+rest}', 'GET']],
])('the server gets the same as from the package: %s', async (_, config, call) => {
  const { expected, got, ...seen } = await callBoth(config, ...call);
  expect(seen.ours).toEqual(seen.theirs);
  expect(got.status).toBe(expected.status);
  expect(got.data).toEqual(expected.data);
  expect(got.headers['content-type']).toBe(expected.headers['content-type']);
});

test('a refusal rejects with what the package rejects with', async () => {
  const server = await startServer(answer(404, {}, '{"message":"Not found"}'));
  const config = { ...keys, invokeUrl: server.url };
  const expected = (await rejection(theirs.newClient({ ...config }).invokeApi({}, '/a', 'GET'))) as ApigClientError;
  const got = (await rejection(apigClientFactory.newClient(config).invokeApi({}, '/a', 'GET'))) as ApigClientError;
  expect(got).toBeInstanceOf(ApigClientError);
  expect(got.message).toBe(expected.message);
  expect(got.response.data).toEqual(expected.response.data);
  expect(got.response.status).toBe(expected.response.status);
});

test('retries are how many more times a call is sent', async () => {
  const server = await startServer(answer(503));
  const client = apigClientFactory.newClient({ ...keys, invokeUrl: server.url, retries: 0 });
  expect(await rejection(client.invokeApi({}, '/a', 'GET'))).toMatchObject({ status: 503 });
  expect(server.seen).toHaveLength(1);
});

test('a clock that is behind', async () => {
  const server = await startServer(answer(200));
  const config = { ...keys, invokeUrl: server.url, systemClockOffset: 31 * 86_400_000 };
  await apigClientFactory.newClient(config).invokeApi({}, '/a', 'GET');
  await theirs.newClient({ ...config }).invokeApi({}, '/a', 'GET');
  const months = server.seen.map(({ headers }) => headers.get('x-amz-date')!.slice(0, 6));
  expect(months[0]).toBe(months[1]);
  expect(months[0]).not.toBe(new Date().toISOString().slice(0, 7).replace('-', ''));
});

test('another host is signed than the one that is called', async () => {
  const { url, credentials } = await startGateway();
  const call = (host?: string) =>
    apigClientFactory.newClient({ credentials, invokeUrl: url, host }).invokeApi({}, '/a', 'GET');
  expect((await call(new URL(url).host)).status).toBe(200);
  expect(await rejection(call('api.example.com'))).toMatchObject({ status: 403 });
});

test.each<[string, () => unknown, RegExp]>([
  ['no URL', () => apigClientFactory.newClient({} as never), /invokeUrl: expected/],
  ['an unknown option', () => apigClientFactory.newClient({ invokeURL: '' } as never), /invokeURL.*invokeUrl/s],
  [
    'no offset',
    () => apigClientFactory.newClient({ invokeUrl: 'https://a', systemClockOffset: '1' } as never),
    /systemClockOffset: expected/,
  ],
])('what cannot be used is named: %s', (_, make, message) => {
  expect(make).toThrow(message);
});

test.each<[string, unknown[], RegExp]>([
  ['a value that is missing', [{}, '/a/{id}', 'GET'], /params\.id: expected/],
  ['a template of another kind', [{ q: 1 }, '/a{?q}', 'GET'], /pathTemplate: expected names in braces/],
  ['no method', [{}, '/a'], /method: expected/],
  ['no template', [{}, 1, 'GET'], /pathTemplate: expected/],
  ['another additional parameter', [{}, '/a', 'GET', { header: {} }], /additionalParams\.header/],
])('a call that cannot be made rejects, in words: %s', async (_, call, message) => {
  const client = apigClientFactory.newClient({ invokeUrl: 'https://api.example.com' });
  await expect(client.invokeApi(...(call as Parameters<typeof client.invokeApi>))).rejects.toThrow(message);
});
