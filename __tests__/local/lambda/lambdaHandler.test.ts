/** Functions behind a gateway, called over HTTP with requests that are signed. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lambdaHandler, startLocalAws } from '../../../src/local';
import { call, identityId, sign, start } from '../../support/apiGatewayHarness';
import { call as callApi, credentialsOf, logIn, users } from '../../support/localAwsHarness';
import { temporaryFolder } from '../../support/temporaryFolder';

interface RestEvent {
  path: string;
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  requestContext: { path: string; requestId: string; identity: Record<string, string | null> };
}

test('a function learns who called, by real logins', async () => {
  let event: RestEvent | undefined;
  const handler = (given: RestEvent): Promise<object> => {
    event = given;
    return Promise.resolve({ statusCode: 200, body: JSON.stringify({ hello: given.path }) });
  };
  const aws = await startLocalAws({
    userPool: { users },
    identityPool: { allowGuests: true },
    apiGateway: { handler: lambdaHandler({ handler }) },
  });
  try {
    const token = (await logIn(aws.config)).getIdToken();
    const user = await credentialsOf(aws.config, token.getJwtToken());
    const response = await callApi(aws.config, user.keys, '/notes/1');
    expect(await response.json()).toEqual({ hello: '/notes/1' });
    const provider = aws.identityPool.userPoolProvider;
    const { sub } = token.payload as { sub: string };
    expect(event!.requestContext).toMatchObject({
      path: '/dev/notes/1',
      requestId: response.headers.get('x-amzn-requestid'),
    });
    expect(event!.requestContext.identity).toMatchObject({
      accessKey: user.keys.accessKeyId,
      cognitoAuthenticationProvider: `${provider},${provider}:CognitoSignIn:${sub}`,
      cognitoAuthenticationType: 'authenticated',
      cognitoIdentityId: user.identityId,
      cognitoIdentityPoolId: aws.config.cognito.IDENTITY_POOL_ID,
    });

    const guest = await credentialsOf(aws.config);
    await callApi(aws.config, guest.keys, '/notes/1');
    expect(event!.requestContext.identity).toMatchObject({
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: 'unauthenticated',
      cognitoIdentityId: guest.identityId,
    });
  } finally {
    await aws.stop();
  }
});

test('headers arrive in the sender’s case, without the signature, and a body as it was sent', async () => {
  let event: (RestEvent & { body: string }) | undefined;
  const handler = (given: RestEvent & { body: string }): Promise<object> => {
    event = given;
    return Promise.resolve({});
  };
  const { gateway, credentials } = await start({ handler: lambdaHandler({ handler }) });
  const headers = { 'X-Note': 'a', 'X-Forwarded-For': '10.0.0.1' };
  const response = await call(gateway, credentials, '/notes?a=b%20c', {
    method: 'POST',
    body: '{"text":"ä"}',
    headers,
  });
  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(event!.body).toBe('{"text":"ä"}');
  expect(event!.multiValueHeaders).toMatchObject({ 'X-Note': ['a'], 'X-Forwarded-For': ['127.0.0.1'] });
  expect(event!.requestContext.identity.cognitoIdentityId).toBe(identityId);
  expect(JSON.stringify(event!.headers)).not.toMatch(/AWS4-HMAC|security-token|10\.0\.0\.1/i);
});

test('what a function throws is told to onError alone', async () => {
  const errors: unknown[] = [];
  const reason = new Error('private');
  const { gateway, credentials } = await start({
    handler: lambdaHandler({ handler: () => Promise.reject(reason), frontend: 'http' }),
    onError: (error) => void errors.push(error),
  });
  const response = await call(gateway, credentials, '/');
  expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(errors).toEqual([reason]);
});

test.each([true, false])('with CORS on refusals: %s, it is on what stands in for an answer', async (refusals) => {
  const handler = lambdaHandler({ handler: () => Promise.reject(new Error('private')) });
  const { gateway, credentials } = await start({ handler, cors: { refusals } });
  const response = await call(gateway, credentials, '/', { headers: { origin: 'http://localhost:3000' } });
  expect([response.status, response.headers.has('access-control-allow-origin')]).toEqual([502, refusals]);
});

test('a time that is up is the function’s to answer, or the gateway’s where that is shorter', async () => {
  const handler = (): Promise<never> => new Promise(() => undefined);
  const own = await start({ handler: lambdaHandler({ handler, frontend: 'http', timeout: 20 }) });
  expect((await call(own.gateway, own.credentials, '/')).status).toBe(503);
  const shorter = await start({ handler: lambdaHandler({ handler, frontend: 'http' }), timeout: 20 });
  expect((await call(shorter.gateway, shorter.credentials, '/')).status).toBe(503);
});

test('a caller who hangs up is not waited for, and no error', async () => {
  const errors: unknown[] = [];
  let isCalled = (): void => undefined;
  const called = new Promise<void>((resolve) => (isCalled = resolve));
  const handler = (): Promise<never> => {
    isCalled();
    return new Promise(() => undefined);
  };
  const made = lambdaHandler({ handler });
  let ended: Promise<Response> | undefined;
  const { gateway, credentials } = await start({
    handler: (...given) => (ended = Promise.resolve(made(...given))),
    onError: (error) => void errors.push(error),
  });
  const { url, init } = sign(gateway, credentials, '/');
  const hangUp = new AbortController();
  const fetched = fetch(url, { ...init, signal: hangUp.signal });
  await called;
  hangUp.abort();
  await expect(fetched).rejects.toThrow('aborted');
  expect((await ended!).status).toBe(504);
  expect(errors).toEqual([]);
});

describe('a file', () => {
  let file: string;
  beforeEach(() => {
    file = join(temporaryFolder(), 'notes.mjs');
  });

  test('is loaded anew between two calls', async () => {
    await writeFile(file, 'export const handler = async (event, context) => context.functionName;');
    const { gateway, credentials } = await start({ handler: lambdaHandler({ file, frontend: 'http' }) });
    expect(await (await call(gateway, credentials, '/')).text()).toBe('notes');
    await writeFile(file, 'export const handler = async () => "changed";');
    expect(await (await call(gateway, credentials, '/')).text()).toBe('changed');
  });

  test('that is wrong is a 502, until it is right again', async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    await writeFile(file, 'export const main = 1;');
    const { gateway, credentials } = await start({ handler: lambdaHandler({ file }), onError });
    expect((await call(gateway, credentials, '/')).status).toBe(502);
    expect(errors.map(String)).toEqual([`LocalAwsError: exportName: ${file} has no export handler; it exports main`]);
    await writeFile(file, 'export const handler = async () => ({ statusCode: 200 });');
    expect((await call(gateway, credentials, '/')).status).toBe(200);
  });

  test('streams: the client reads the first part before the second is written', async () => {
    // The second part is written once the client says that it has read the first.
    await writeFile(
      file,
      `let goOn;
      const asked = new Promise((resolve) => { goOn = resolve; });
      export const handler = awslambda.streamifyResponse(async (event, plain) => {
        const stream = awslambda.HttpResponseStream.from(plain, { statusCode: 200, headers: { 'Content-Type': 'text/event-stream' } });
        if (event.path === '/go-on') {
          goOn();
          stream.write('went on');
        } else {
          stream.write('first');
          await asked;
          stream.write('second');
        }
        stream.end();
      });`,
    );
    const { gateway, credentials } = await start({ handler: lambdaHandler({ file }) });
    const response = await call(gateway, credentials, '/');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body!.getReader();
    const read = async () => Buffer.from((await reader.read()).value!).toString();
    expect(await read()).toBe('first');
    expect(await (await call(gateway, credentials, '/go-on')).text()).toBe('went on');
    expect(await read()).toBe('second');
    expect((await reader.read()).done).toBe(true);
  });
});
