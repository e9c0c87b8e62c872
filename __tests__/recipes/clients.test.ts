/** The recipes for clients, against the local AWS with a user who is logged in. */
import { execFileSync } from 'node:child_process';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { createApig } from '../../src/apig';
import * as axios from '../../recipes/axios';
import { read as readThroughCloudFront } from '../../recipes/cloudfront';
import * as honoClient from '../../recipes/hono-client';
import * as ky from '../../recipes/ky';
import { handler as nextHandler } from '../../recipes/next-route-handler';
import * as ofetch from '../../recipes/ofetch';
import * as openapiFetch from '../../recipes/openapi-fetch';
import { ask } from '../../recipes/server-sent-events';
import { read as readStream } from '../../recipes/streamed-answer';
import * as trpc from '../../recipes/trpc';
import { setHeader, startDamagingProxy } from '../support/damagingProxy';
import { password, username, users } from '../support/localAwsHarness';

const running: { stop(): Promise<void> }[] = [];
afterAll(() => Promise.all(running.map((aws) => aws.stop())));

/** A local AWS in front of an API, with a user who is logged in. Default: the notes API. */
async function start(handler?: (request: Request) => Response | Promise<Response>) {
  const aws: LocalAws = await startLocalAws({ userPool: { users }, ...(handler && { apiGateway: { handler } }) });
  running.push(aws);
  const apig = createApig(aws.config, { retry: false });
  await apig.login(username, password);
  return { apig, url: aws.config.apiGateway.URL };
}

let main: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  main = await start();
});

test('openapi-fetch', async () => {
  expect(await openapiFetch.addNote(main.apig, main.url)).toBe('Milk');
});

test('ky and ofetch', async () => {
  expect(await ky.addNote(main.apig, main.url)).toMatchObject({ content: 'Milk' });
  expect(await ofetch.addNote(main.apig, main.url)).toMatchObject({ content: 'Milk' });
});

test('axios', async () => {
  expect(await axios.addNote(main.apig, main.url)).toBe('Milk');
});

test('hono/client', async () => {
  const { apig, url } = await start((request) => honoClient.api.fetch(request));
  expect(await honoClient.greet(apig, url)).toBe('Hello Ada');
});

test('tRPC', async () => {
  const { apig, url } = await start(trpc.api);
  expect(await trpc.greet(apig, url)).toBe('Hello');
});

test('server-sent events, and a streamed answer', async () => {
  const text = 'data: Hello\n\ndata: Ada\n\nevent: done\ndata: -\n\n';
  const { apig } = await start(() => new Response(text, { headers: { 'content-type': 'text/event-stream' } }));
  const shown: string[] = [];
  await ask(apig, (part) => shown.push(part));
  expect(shown).toEqual(['Hello', 'Ada']);
  let all = '';
  await readStream(apig, (part) => (all += part));
  expect(all).toBe(text);
});

test('CloudFront in front, which puts the API’s own host into Host', async () => {
  const { host, port } = new URL(main.url);
  const distribution = await startDamagingProxy(Number(port));
  distribution.damage = setHeader('host', host);
  const response = await readThroughCloudFront(main.apig.credentials, distribution.url, host);
  await distribution.close();
  expect(response.status).toBe(200);
});

test('a route handler of Next.js, called as Next does', async () => {
  const GET = nextHandler(main.apig.credentials, main.url);
  const response = await GET(new Request('http://localhost:3000/notes?limit=1'));
  expect([response.status, Array.isArray(await response.json())]).toEqual([200, true]);
});

test('a Lambda function that takes its credentials from the chain of AWS', async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = await main.apig.getAwsCredentials();
  const environment = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken!,
    API_URL: main.url,
  };
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const { handler } = await import('../../recipes/lambda-to-api');
    expect(await handler({ content: 'Milk' })).toMatchObject({ content: 'Milk' });
  } finally {
    process.env = before;
  }
});

test('docs/recipes.md holds the text of these files', () => {
  expect(execFileSync('node', ['scripts/recipes.mjs', '--check'], { encoding: 'utf8' })).toBe('');
});
