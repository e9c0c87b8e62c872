/** What invokeApig makes of an answer, and of none. */
import { createServer } from 'node:http';
import { createApig } from '../../src/apig/index';
import type { Apig, ResponseType } from '../../src/apig/index';
import type { LocalAws } from '../../src/local';
import { startEcho } from '../support/echoApi';
import { password, username } from '../support/localAwsHarness';
import { closeServer, listenLocally } from '../support/localServer';

let echo: LocalAws;
let app: Apig;
beforeAll(async () => {
  echo = await startEcho();
  app = createApig(echo.config);
  await app.login(username, password);
});
afterAll(() => echo.stop());

describe('what comes back', () => {
  test.each([200, 201, 202])('%i is success', async (status) => {
    expect(await app.invokeApig({ path: `/status/${status}`, method: 'POST', body: { ok: true } })).toEqual({
      ok: true,
    });
  });

  test('an empty body is undefined', async () => {
    expect(await app.invokeApig({ path: '/status/204' })).toBeUndefined();
    expect(await app.invokeApig({ path: '/raw', method: 'POST' })).toBeUndefined();
  });

  test.each([400, 404, 409, 422])('%i is an ApigError with the response’s text', async (status) => {
    await expect(
      app.invokeApig({ path: `/status/${status}`, method: 'POST', body: { why: 'no' } }),
    ).rejects.toMatchObject({
      name: 'ApigError',
      code: 'HttpError',
      message: '{"why":"no"}',
      status,
      body: { why: 'no' },
      method: 'POST',
      url: `${echo.config.apiGateway.URL}/status/${status}`,
    });
  });

  test('the gateway’s own refusal carries its request id', async () => {
    const apig = createApig(echo.config, {
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x'.repeat(40) },
    });
    await expect(apig.invokeApig({ path: '/' })).rejects.toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('security token') as string },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  test('something other than JSON', async () => {
    const call = app.invokeApig({ path: '/raw', method: 'POST', body: '<p>' });
    await expect(call).rejects.toMatchObject({
      name: 'RequestError',
      code: 'InvalidResponse',
      message: expect.stringContaining("responseType: 'text'") as string,
    });
  });

  test.each<[ResponseType, (value: unknown) => unknown]>([
    ['text', (value) => value],
    ['blob', (value) => (value as Blob).text()],
    ['arrayBuffer', (value) => new TextDecoder().decode(value as ArrayBuffer)],
    ['response', (value) => (value as Response).text()],
  ])('responseType %s', async (responseType, read) => {
    const value = await app.invokeApig({ path: '/raw', method: 'POST', body: 'as it is', responseType });
    expect(await read(value)).toBe('as it is');
  });
});

describe('no answer', () => {
  test('an API that cannot be reached', async () => {
    const apiGateway = { REGION: 'us-east-1', URL: 'http://127.0.0.1:9/dev' };
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' };
    const call = createApig({ apiGateway }, { credentials }).invokeApig({ path: '/', retry: false });
    await expect(call).rejects.toMatchObject({ name: 'RequestError', code: 'NetworkError' });
  });

  test('an API that takes too long, and one that the app gives up on', async () => {
    const server = createServer(() => undefined);
    const { url: URL } = await listenLocally(server);
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' };
    const apig = createApig({ apiGateway: { REGION: 'us-east-1', URL } }, { credentials });
    await expect(apig.invokeApig({ path: '/', timeout: 50 })).rejects.toMatchObject({ code: 'Timeout' });
    const controller = new AbortController();
    const call = apig.invokeApig({ path: '/', signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    await closeServer(server);
  });
});
