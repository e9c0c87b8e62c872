/** The recipe for TanStack Query, in a component of React and against an API that waits. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createElement } from 'react';
import { createApig } from '../../src/apig';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { notes } from '../../recipes/tanstack-query';
import { password, username, users } from '../support/localAwsHarness';

const running: LocalAws[] = [];
afterEach(() => Promise.all(running.splice(0).map((aws) => aws.stop())));

/** A user who is logged in. Default: at the notes API. */
async function start(handler?: (request: Request) => Promise<Response>) {
  const aws: LocalAws = await startLocalAws({ userPool: { users }, ...(handler && { apiGateway: { handler } }) });
  running.push(aws);
  const apig = createApig(aws.config, { retry: false });
  await apig.login(username, password);
  return apig;
}

test('a component shows what the query has loaded', async () => {
  const apig = await start();
  await apig.invokeApig({ path: '/notes', method: 'POST', body: { content: 'Bread' } });
  const client = new QueryClient();
  await client.query(notes(apig));
  const reactDom = 'react-dom/server'; // which has no types of its own
  const { renderToString } = (await import(reactDom)) as { renderToString: (element: object) => string };
  function Notes() {
    const { data } = useQuery(notes(apig));
    return createElement(
      'p',
      null,
      data?.map(({ content }) => content),
    );
  }
  expect(renderToString(createElement(QueryClientProvider, { client }, createElement(Notes)))).toBe('<p>Bread</p>');
  client.clear();
});

test('a query that is cancelled ends its call, which the API sees', async () => {
  let arrived = (): void => undefined;
  const isThere = new Promise<void>((resolve) => (arrived = resolve));
  let hungUp = (_reason: string): void => undefined;
  const isOver = new Promise<string>((resolve) => (hungUp = resolve));
  const apig = await start(async ({ signal }) => {
    signal.addEventListener('abort', () => {
      hungUp('the caller has hung up');
    });
    arrived();
    await isOver;
    return Response.json([]);
  });
  const client = new QueryClient();
  const pending = client.query(notes(apig));
  await isThere;
  await client.cancelQueries(notes(apig));
  await expect(pending).rejects.toThrow('CancelledError');
  expect(await isOver).toBe('the caller has hung up');
});
