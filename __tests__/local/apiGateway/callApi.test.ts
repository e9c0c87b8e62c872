import { request as httpRequest } from 'node:http';
import { ApiFailure, startApiGateway } from '../../../src/local/apiGateway';
import type { ApiContext, ApiHandler } from '../../../src/local/apiGateway';
import { CredentialStore } from '../../../src/local/credentials';
import { listen } from '../../../src/local/http';
import { call, identityId, refusal, sign, start, stops } from '../../support/apiGatewayHarness';

describe('the API behind it', () => {
  it('a handler that throws, or gives no Response, is a 502', async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const throwing = await start({ handler: () => Promise.reject(new Error('private')), onError });
    expect(await refusal(await call(throwing.gateway, throwing.credentials, '/'))).toEqual({
      status: 502,
      type: 'InternalServerErrorException',
      message: 'Internal server error',
    });
    const empty = await start({ handler: (() => undefined) as unknown as () => Response, onError });
    expect((await call(empty.gateway, empty.credentials, '/')).status).toBe(502);
    expect(errors.map(String)).toEqual([
      'Error: private',
      'TypeError: handler: expected it to return a Response, such as Response.json(value), got undefined',
    ]);
  });

  it('one that does not answer is a 504, and its request is aborted', async () => {
    let signal: AbortSignal | undefined;
    const handler = (request: Request): Promise<Response> => {
      signal = request.signal;
      return new Promise(() => undefined);
    };
    const { gateway, credentials } = await start({ handler, timeout: 30 });
    const got = await refusal(await call(gateway, credentials, '/'));
    expect(got).toEqual({ status: 504, type: 'InternalServerErrorException', message: 'Endpoint request timed out' });
    expect(signal!.aborted).toBe(true);
  });

  it('one that failed and knows what the gateway answers has it answer so', async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown): void => void errors.push(error);
    const reason = new Error('private');
    const failing = (): never => {
      throw new ApiFailure(Response.json({ message: 'its own' }, { status: 503 }), reason);
    };
    const { gateway, credentials } = await start({ handler: failing, onError });
    expect(await refusal(await call(gateway, credentials, '/'))).toMatchObject({ status: 503, message: 'its own' });
    expect(errors).toEqual([reason]);
  });

  it('a handler learns where the request came in, and its headers as they were sent', async () => {
    let seen: ApiContext | undefined;
    const handler: ApiHandler = (_request, _caller, context) => {
      seen = context;
      return new Response('yes');
    };
    const now = (): Date => new Date('2024-06-01T12:00:00Z');
    const { gateway, credentials } = await start({ handler, now, region: 'eu-west-1', stage: 'prod' });
    await call(gateway, credentials, '/notes', { date: '20240601T120000Z', headers: { 'X-Note': 'a' } });
    expect(seen).toMatchObject({
      stage: 'prod',
      region: 'eu-west-1',
      accountId: '123456789012',
      apiId: 'local00api',
      time: now(),
    });
    expect(gateway.arn).toBe(`arn:aws:execute-api:eu-west-1:${seen!.accountId}:${seen!.apiId}`);
    expect(seen!.rawHeaders).toEqual(expect.arrayContaining([['X-Note', 'a']]));
    expect(JSON.stringify(seen!.rawHeaders)).not.toMatch(/AWS4-HMAC|security-token/i);
  });

  it('a target gets the request, and who called', async () => {
    const seen: { path: string; headers: Record<string, string>; body: string }[] = [];
    const target = await listen(async (request, { rawPath }) => {
      seen.push({ path: rawPath, headers: Object.fromEntries(request.headers), body: await request.text() });
      return new Response('made', { status: 201, headers: { 'x-own': 'yes', connection: 'x-hop', 'x-hop': '1' } });
    });
    stops.push(() => target.close());
    const { gateway, credentials } = await start({ target: target.url + '/base/' });
    const headers = { 'X-Amzn-Identity-Id': 'spoofed', 'X-Amzn-Identity-Admin': 'spoofed', 'x-mine': 'kept' };
    const response = await call(gateway, credentials, '/notes/1?a=b%2Fc', { method: 'PUT', body: 'hello', headers });
    expect([response.status, await response.text(), response.headers.get('x-own')]).toEqual([201, 'made', 'yes']);
    expect(response.headers.has('x-hop')).toBe(false);
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ path: '/base/notes/1?a=b%2Fc', body: 'hello' });
    expect(seen[0]!.headers).toMatchObject({
      host: `127.0.0.1:${target.port}`,
      'x-mine': 'kept',
      'x-forwarded-host': `127.0.0.1:${gateway.port}`,
      'x-amzn-identity-id': identityId,
      'x-amzn-identity-type': 'authenticated',
      'x-amzn-identity-username': 'user%40example.com',
      'x-amzn-identity-access-key-id': credentials.accessKeyId,
    });
    expect(Object.keys(seen[0]!.headers)).not.toEqual(expect.arrayContaining(['x-amzn-identity-admin']));
    expect(JSON.stringify(seen[0]!.headers)).not.toMatch(/spoofed|AWS4-HMAC/);
  });

  it('the answer of a target streams', async () => {
    let finish: () => void = () => undefined;
    const target = await listen(() => {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode('first'));
          finish = () => {
            controller.enqueue(new TextEncoder().encode('second'));
            controller.close();
          };
        },
      });
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    });
    stops.push(() => target.close());
    const { gateway, credentials } = await start({ target: target.url });
    const reader = (await call(gateway, credentials, '/')).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('first'); // while the answer is still open
    finish();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe('second');
    expect((await reader.read()).done).toBe(true);
  });

  it('a target that is down is a 502', async () => {
    const gone = await listen(() => new Response());
    await gone.close();
    const { gateway, credentials } = await start({ target: gone.url });
    expect(await refusal(await call(gateway, credentials, '/'))).toEqual({
      status: 502,
      type: 'InternalServerErrorException',
      message: 'Network error communicating with endpoint',
    });
  });
});

describe('CORS', () => {
  const origin = 'http://localhost:5173';
  const preflight = {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'authorization,x-amz-date',
    },
  };

  it('answers preflights unsigned', async () => {
    const { gateway } = await start();
    const response = await fetch(gateway.url + '/notes', preflight);
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(response.headers.get('access-control-allow-headers')).toBe('authorization,x-amz-date');
  });

  it('lets pages read refusals, by default', async () => {
    const { gateway } = await start();
    const response = await fetch(gateway.url, { headers: { origin } });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-expose-headers')).toMatch(/x-amzn-ErrorType/i);
  });

  it('hides refusals, as AWS does, with refusals: false', async () => {
    const { gateway, credentials } = await start({ cors: { refusals: false } });
    expect((await fetch(gateway.url, { headers: { origin } })).headers.has('access-control-allow-origin')).toBe(false);
    const good = await call(gateway, credentials, '/notes', { headers: { origin } });
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  });

  it('does nothing with cors: false', async () => {
    const { gateway, credentials } = await start({ cors: false });
    expect((await fetch(gateway.url, preflight)).status).toBe(403);
    const good = await call(gateway, credentials, '/notes', { headers: { origin } });
    expect([good.status, good.headers.get('access-control-allow-origin')]).toEqual([200, null]);
  });

  it("leaves the API's own CORS headers alone", async () => {
    const handler = (): Response =>
      new Response('', { headers: { 'access-control-allow-origin': 'https://example.com' } });
    const { gateway, credentials } = await start({ handler });
    const response = await call(gateway, credentials, '/', { headers: { origin } });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://example.com');
  });
});

it('logs the latest thousand requests', async () => {
  const { gateway } = await start();
  const { origin } = new URL(gateway.url);
  for (let i = 0; i < 1010; i += 10) {
    await Promise.all(Array.from({ length: 10 }, async (_, j) => (await fetch(`${origin}/${i + j}`)).arrayBuffer()));
  }
  const numbers = gateway.requests.map(({ path }) => Number(path.slice(1))).sort((a, b) => a - b);
  expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([1000, 10, 1009]);
});

it('takes the target as it stood on the wire: a dot segment is not lost on the way to the check', async () => {
  const { gateway, credentials } = await start({ handler: (request) => new Response(new URL(request.url).pathname) });
  const { init } = sign(gateway, credentials, '/notes'); // aws4 resolves dot segments as API Gateway does
  const text = await new Promise<string>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: gateway.port, path: '/dev/other/../notes', headers: init.headers };
    httpRequest(options, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.on('end', () => {
        resolve(body);
      });
    })
      .on('error', reject)
      .end();
  });
  expect(text).toBe('/notes');
});

it.each<[string, Record<string, unknown>]>([
  ['handler and target', { handler: () => new Response(), target: 'http://localhost' }],
  ['handler', { handler: 'x' }],
  ['target', { target: 'ftp://localhost' }],
  ['target', { target: 'localhost:3000' }],
  ['target', { target: 'http://name:secret@localhost' }],
  ['stage', { stage: 'a/b' }],
  ['region', { region: 'US East' }],
  ['timeout', { timeout: 0 }],
  ['timeout', { timeout: NaN }],
  ['cors', { cors: 'yes' }],
  ['policy.Statement', { policy: {} }],
])('refuses a wrong %s: %o', async (option, wrong) => {
  const starting = startApiGateway({ store: new CredentialStore(), ...wrong });
  const error = await starting.then(
    (gateway) => gateway.stop(),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'LocalAwsError', code: 'InvalidOption' });
  expect(String(error)).toContain(`${option}: expected`);
  expect(String(error)).not.toContain('secret');
});
