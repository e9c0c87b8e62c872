/** What a call sends, and what it makes of the answer. */
import { createServer } from 'node:http';
import { apigClientFactory, createApigClientFactory } from '../../src/generatedSdk';
import type { ApigClientConfig, ApigClientError } from '../../src/generatedSdk';
import { closeServer, listenLocally } from '../support/localServer';
import { ANY_KEYS, answer, closeAll, rejection, startServer } from '../support/signedFetchHarness';
import type { Seen } from '../support/signedFetchHarness';

afterAll(closeAll);

const document = { openapi: '3.0.1', paths: { '/a': { get: {}, head: {}, post: {} } } } as const;
const keys = { accessKey: ANY_KEYS.accessKeyId, secretKey: ANY_KEYS.secretAccessKey };

/** A client of a server that answers like this, and what comes there. */
async function start(config: ApigClientConfig = {}, ...answers: Parameters<typeof startServer>) {
  const { url, seen } = await startServer(...(answers.length > 0 ? answers : [answer(200)]));
  const client = createApigClientFactory(document).newClient({ ...keys, invokeUrl: url, retry: false, ...config });
  return { client, url, seen };
}
const typeOf = ({ headers }: Seen) => headers.get('content-type');
const textOf = ({ body }: Seen) => Buffer.from(body).toString();

test('forms, Blobs and streams go out as they are, under a type of their own', async () => {
  const { client, seen } = await start();
  const form = new FormData();
  form.append('name', 'Ada');
  await client.aPost({}, form);
  const [boundary] = /(?<=^multipart\/form-data; boundary=).+$/.exec(typeOf(seen[0]!)!)!;
  expect(textOf(seen[0]!)).toContain(`${boundary}\r\nContent-Disposition: form-data; name="name"\r\n\r\nAda\r\n`);
  await client.aPost({}, new Blob(['a,b'], { type: 'text/csv' }));
  await client.aPost({}, new URLSearchParams({ a: 'b c' }));
  await client.aPost({}, new Blob(['streamed']).stream());
  expect(seen.slice(1).map(textOf)).toEqual(['a,b', 'a=b+c', 'streamed']);
  expect(seen.slice(1, 3).map(typeOf)).toEqual(['text/csv', 'application/x-www-form-urlencoded;charset=UTF-8']);
});

test('a HEAD has no body, as a GET has none', async () => {
  const { client, seen } = await start();
  await client.aHead({}, { a: 1 } as never);
  await client.aGet({}, { a: 1 } as never);
  expect(seen.map((one) => [one.method, textOf(one), typeOf(one)])).toEqual([
    ['HEAD', '', null],
    ['GET', '', null],
  ]);
});

test('text without a signature is sent as it is, as there', async () => {
  const { client, seen } = await start({ accessKey: '', secretKey: '' });
  await client.aPost({}, 'text');
  expect([textOf(seen[0]!), typeOf(seen[0]!)]).toEqual(['text', 'application/json']);
});

test('a header of the call goes before the API key of the client', async () => {
  const { client, seen } = await start({ apiKey: 'of the client' });
  await client.aGet();
  await client.aGet({}, {}, { headers: { 'X-Api-Key': 'of the call' } });
  expect(seen.map(({ headers }) => headers.get('x-api-key'))).toEqual(['of the client', 'of the call']);
});

test('empty text is no region and no API key', async () => {
  const { client, seen } = await start({ region: '', apiKey: '' });
  await client.aGet();
  expect(seen[0]!.headers.get('authorization')).toContain('/us-east-1/execute-api/');
  expect(seen[0]!.headers.has('x-api-key')).toBe(false);
});

test('a timeout of 0 is that of the client', async () => {
  const server = createServer(() => undefined); // it never answers
  const { url } = await listenLocally(server);
  const client = createApigClientFactory(document).newClient({ ...keys, invokeUrl: url, timeout: 20 });
  const error = await rejection(client.aGet({}, {}, { timeout: 0 }));
  expect(error).toMatchObject({ code: 'Timeout', message: expect.stringContaining('within 20 ms') as string });
  await closeServer(server);
});

test('the token that a refusal repeats is hidden; what the API itself answers is not touched', async () => {
  const sessionToken = 'the/session+token==';
  const text = JSON.stringify({ message: `Token ${sessionToken}` });
  const { client } = await start({ sessionToken }, answer(200, {}, text), answer(403, {}, text));
  expect((await client.aGet()).data).toEqual({ message: `Token ${sessionToken}` });
  const error = (await rejection(client.aGet())) as ApigClientError;
  expect(error.data).toEqual({ message: 'Token [hidden]' });
});

test('what another origin refuses, to which a redirect led, is no word about our keys', async () => {
  const type = { 'x-amzn-errortype': 'MissingAuthenticationTokenException' };
  const other = await startServer(answer(403, type, '{"message":"Missing Authentication Token"}'));
  const { client, url } = await start({}, answer(302, { location: `${other.url}/there` }));
  expect(url).not.toBe(other.url);
  const error = await rejection(client.aGet());
  expect(error).toMatchObject({ status: 403 });
  expect(error).not.toHaveProperty('explanation');
});

test('a name that every object has is no parameter', async () => {
  const paths = { '/a/{constructor}': { get: {} } };
  const client = createApigClientFactory({ openapi: '3.0.1', paths }).newClient({ invokeUrl: 'https://example.com' });
  const message = /params\.constructor: expected a value \(it must be defined\)/;
  expect(() => client.aConstructorGet({} as never)).toThrow(message);
  const byTemplate = apigClientFactory.newClient({ invokeUrl: 'https://example.com' });
  await expect(byTemplate.invokeApi({}, '/a/{constructor}', 'GET')).rejects.toThrow(message);
});
