/** What a handler gives and no client can be sent is a failure of the handler’s: the gateway’s 502, and `onError` is told. */
import type { ApiHandler } from '../../../src/local';
import { call, refusal, start } from '../../support/apiGatewayHarness';

const read = async (): Promise<Response> => {
  const response = new Response('read');
  await response.text();
  return response;
};

test.each<[string, () => unknown]>([
  ['nothing', () => undefined],
  ['text', () => 'hello'],
  ['an object', () => ({ statusCode: 200 })],
  ['Response.error(), whose status is 0', () => Response.error()],
  ['a status that is none', () => ({ status: 99, statusText: '', headers: new Headers(), body: null })],
  ['a body that was read already', read],
  [
    'a body that is being read',
    () => {
      const response = new Response('locked');
      response.body!.getReader();
      return response;
    },
  ],
  ['a length that is none', () => new Response('x', { headers: { 'content-length': 'x' } })],
])('%s', async (_, give) => {
  const errors: unknown[] = [];
  const handler = give as ApiHandler;
  const { gateway, credentials } = await start({ handler, onError: (error) => void errors.push(error) });
  expect(await refusal(await call(gateway, credentials, '/'))).toEqual({
    status: 502,
    type: 'InternalServerErrorException',
    message: 'Internal server error',
  });
  expect(errors).toHaveLength(1);
});

test('what is of the connection does not go on, and does no harm', async () => {
  const headers = {
    connection: 'x-hop',
    'x-hop': '1',
    'transfer-encoding': 'chunked',
    trailer: 'x',
    upgrade: 'h2c',
    'x-own': '1',
  };
  const { gateway, credentials } = await start({ handler: () => new Response('hello', { headers }) });
  const response = await call(gateway, credentials, '/');
  expect([response.status, await response.text()]).toEqual([200, 'hello']);
  expect(['x-own', 'x-hop', 'trailer', 'upgrade'].map((name) => response.headers.get(name))).toEqual([
    '1',
    null,
    null,
    null,
  ]);
});
