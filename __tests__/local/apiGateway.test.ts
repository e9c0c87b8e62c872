import aws4 from 'aws4';
import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { startApiGateway } from '../../src/local/apiGateway';
import type { ApiGatewayOptions, LocalApiGateway } from '../../src/local/apiGateway';
import { CredentialStore } from '../../src/local/credentials';
import type { IssuedCredentials } from '../../src/local/credentials';
import { listen } from '../../src/local/http';

const identityId = 'us-east-1:11111111-2222-3333-4444-555555555555';
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function start(options: Partial<ApiGatewayOptions> = {}) {
  const store = options.store ?? new CredentialStore(options.now ? { now: options.now } : {});
  const gateway = await startApiGateway({ store, ...options });
  stops.push(() => gateway.close());
  const credentials = store.issue({ identityId, authenticated: true, username: 'user@example.com' });
  return { store, gateway, credentials };
}

interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  query?: boolean;
  region?: string;
  service?: string;
  date?: string;
}

/** Signs with aws4, which knows nothing of our signer, and sends with fetch. `path` is below the stage. */
function sign(gateway: LocalApiGateway, credentials: Partial<IssuedCredentials>, path: string, call: Call = {}) {
  const url = new URL(gateway.url + path);
  const { method = 'GET', body, query = false } = call;
  const headers: Record<string, string> = { ...call.headers };
  if (call.date) headers['X-Amz-Date'] = call.date;
  if (body !== undefined && !headers['content-type']) headers['content-type'] = 'application/json';
  const signed = aws4.sign(
    {
      host: url.host,
      path: url.pathname + url.search,
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      service: call.service ?? 'execute-api',
      region: call.region ?? gateway.region,
      signQuery: query,
    },
    credentials,
  );
  const sent = Object.fromEntries(
    Object.entries(signed.headers as Record<string, unknown>).map(([k, v]) => [k, String(v)]),
  );
  delete sent.Host;
  delete sent['Content-Length'];
  return { url: url.origin + signed.path!, init: { method, headers: sent, ...(body === undefined ? {} : { body }) } };
}

async function call(
  gateway: LocalApiGateway,
  credentials: Partial<IssuedCredentials>,
  path: string,
  options: Call = {},
) {
  const { url, init } = sign(gateway, credentials, path, options);
  return fetch(url, init);
}

async function refusal(response: Response) {
  const body = (await response.json()) as { message?: string; Message?: string };
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), ...body };
}

describe('a good signature', () => {
  it('reaches the handler, which is told who called', async () => {
    let seen: unknown;
    const { gateway, credentials } = await start({
      handler: async (request, caller) => {
        seen = { url: new URL(request.url).pathname, body: await request.text(), caller };
        return Response.json({ ok: true });
      },
    });
    const response = await call(gateway, credentials, '/notes?b=2&a=1', { method: 'POST', body: '{"a":1}' });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true });
    expect(seen).toEqual({
      url: '/notes',
      body: '{"a":1}',
      caller: {
        identityId,
        accessKeyId: credentials.accessKeyId,
        authenticated: true,
        username: 'user@example.com',
        userArn: 'arn:aws:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials',
        requestId: response.headers.get('x-amzn-requestid'),
      },
    });
    expect(response.headers.get('x-amz-apigw-id')).toMatch(/=$/);
    expect(gateway.requests).toEqual([
      { method: 'POST', path: '/dev/notes', status: 200, identityId, accessKeyId: credentials.accessKeyId },
    ]);
  });

  it.each<[string, string, Call]>([
    ['in the header', '/notes', {}],
    ['in the query', '/notes?color=red', { query: true }],
    ['with a reserved path', '/notes/a%20b@(c):*,é', {}],
    ['with a query of many kinds', "/notes?q=it's&q=a%20b&plus=a%2Bb&empty=&x=%C3%A9", {}],
    ['with DELETE', '/notes/1', { method: 'DELETE' }],
    ['with a body that is not ASCII', '/notes', { method: 'PUT', body: 'é — 漢字' }],
    ['of the stage alone', '', {}],
  ])('is accepted %s', async (_, path, options) => {
    const { gateway, credentials } = await start({ handler: () => new Response('yes') });
    const response = await call(gateway, credentials, path, options);
    expect(await response.text()).toBe('yes');
  });

  it('is accepted with the token added after signing, as the old client does', async () => {
    const { gateway, credentials } = await start({ handler: () => new Response('yes') });
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const { url, init } = sign(gateway, { accessKeyId, secretAccessKey }, '/notes');
    const response = await fetch(url, { ...init, headers: { ...init.headers, 'x-amz-security-token': sessionToken } });
    expect(response.status).toBe(200);
  });

  it('shows the handler nothing of the signature', async () => {
    let seen: Request | undefined;
    const handler = (request: Request): Response => {
      seen = request;
      return new Response(null, { status: 204 });
    };
    const { gateway, credentials } = await start({ handler });
    await call(gateway, credentials, '/notes?keep=a%2Cb', { query: true });
    expect(new URL(seen!.url).search).toBe('?keep=a%2Cb');
    await call(gateway, credentials, '/notes');
    expect([...seen!.headers.keys()]).not.toEqual(expect.arrayContaining(['authorization']));
    expect([...seen!.headers].flat().join()).not.toContain(credentials.sessionToken);
  });

  it('answers HEAD without a body', async () => {
    const { gateway, credentials } = await start({ handler: () => new Response('text', { headers: { etag: '"1"' } }) });
    const response = await call(gateway, credentials, '/notes', { method: 'HEAD' });
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([200, '"1"', '']);
  });
});

describe('a refusal is that of API Gateway', () => {
  it('unsigned', async () => {
    const { gateway } = await start();
    const response = await fetch(gateway.url + '/notes');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
    expect(await refusal(response)).toEqual({
      status: 403,
      type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
    expect(gateway.requests).toEqual([
      { method: 'GET', path: '/dev/notes', status: 403, refusal: 'MissingAuthentication' },
    ]);
  });

  it('wrong secret: with the canonical request and the string to sign', async () => {
    const { gateway, credentials } = await start();
    const wrong = { ...credentials, secretAccessKey: 'wrong' };
    const date = '20150830T123600Z';
    const { gateway: old, credentials: oldCredentials } = await start({ now: () => new Date('2015-08-30T12:36:10Z') });
    expect((await refusal(await call(gateway, wrong, '/notes'))).type).toBe('InvalidSignatureException');

    const path = '/notes/a%20b?b=2&a=1%202';
    const got = await refusal(await call(old, { ...oldCredentials, secretAccessKey: 'wrong' }, path, { date }));
    const canonicalRequest = [
      'GET',
      '/dev/notes/a%2520b',
      'a=1%202&b=2',
      `host:127.0.0.1:${old.port}`,
      `x-amz-date:${date}`,
      `x-amz-security-token:${oldCredentials.sessionToken}`,
      '',
      'host;x-amz-date;x-amz-security-token',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ].join('\n');
    const hash = createHash('sha256').update(canonicalRequest).digest('hex');
    const stringToSign = `AWS4-HMAC-SHA256\n${date}\n20150830/us-east-1/execute-api/aws4_request\n${hash}`;
    expect(got).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message:
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.' +
        `\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'` +
        `\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`,
    });
  });

  it('body changed on the way', async () => {
    const { gateway, credentials } = await start();
    const { url, init } = sign(gateway, credentials, '/notes', { method: 'POST', body: '{"a":1}' });
    const got = await refusal(await fetch(url, { ...init, body: '{"a":2}' }));
    expect(got.type).toBe('InvalidSignatureException');
    expect(got.message).toContain(createHash('sha256').update('{"a":2}').digest('hex') + "'");
  });

  it('date too old, date too new', async () => {
    const { gateway, credentials } = await start({ now: () => new Date('2015-08-30T12:36:00Z') });
    expect(await refusal(await call(gateway, credentials, '/notes', { date: '20150830T123059Z' }))).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message: 'Signature expired: 20150830T123059Z is now earlier than 20150830T123100Z (20150830T123600Z - 5 min.)',
    });
    expect(await refusal(await call(gateway, credentials, '/notes', { date: '20150830T124101Z' }))).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message:
        'Signature not yet current: 20150830T124101Z is still later than 20150830T124100Z (20150830T123600Z + 5 min.)',
    });
  });

  it('carries its own clock in Date, from which a client can learn', async () => {
    const { gateway } = await start({ now: () => new Date('2015-08-30T12:36:00Z') });
    expect((await fetch(gateway.url)).headers.get('date')).toBe('Sun, 30 Aug 2015 12:36:00 GMT');
  });

  it('region and service', async () => {
    const { gateway, credentials } = await start();
    expect(await refusal(await call(gateway, credentials, '/', { region: 'eu-west-1' }))).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message: "Credential should be scoped to a valid region, not 'eu-west-1'. ",
    });
    expect(await refusal(await call(gateway, credentials, '/', { service: 'lambda' }))).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'execute-api'. ",
    });
  });

  it('unknown key, foreign token, no token: one and the same', async () => {
    const { gateway, store, credentials } = await start();
    const other = store.issue({ identityId, authenticated: true });
    const expected = {
      status: 403,
      type: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    };
    const { accessKeyId, secretAccessKey } = credentials;
    const unknown = { ...credentials, accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' };
    const foreign = { ...credentials, sessionToken: other.sessionToken };
    for (const wrong of [unknown, foreign, { accessKeyId, secretAccessKey }]) {
      expect(await refusal(await call(gateway, wrong, '/'))).toEqual(expected);
    }
  });

  it('expired credentials', async () => {
    let time = new Date('2015-08-30T12:36:00Z');
    const { gateway, credentials } = await start({ now: () => time });
    time = new Date('2015-08-30T13:36:00Z');
    expect(await refusal(await call(gateway, credentials, '/', { date: '20150830T133600Z' }))).toEqual({
      status: 403,
      type: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
  });

  it('another scheme: its value is not shown', async () => {
    const { gateway } = await start();
    const basic = await refusal(await fetch(gateway.url, { headers: { authorization: 'Basic c2VjcmV0OnNlY3JldA==' } }));
    expect(basic).toMatchObject({ status: 403, type: 'IncompleteSignatureException' });
    expect(basic.message).toMatch(
      /^Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\./,
    );
    const bearer = await refusal(await fetch(gateway.url, { headers: { authorization: 'Bearer abc.def.ghi' } }));
    expect(bearer.message).toMatch(/^Invalid key=value pair \(missing equal-sign\) in Authorization header/);
    expect(basic.message! + bearer.message!).not.toMatch(/c2VjcmV0|abc/);
  });

  it('another stage', async () => {
    const { gateway, credentials } = await start({ stage: 'prod' });
    expect((await call(gateway, credentials, '/notes')).status).toBe(200);
    for (const path of ['/dev/notes', '/production/notes', '/', '/prod/../dev/notes']) {
      const response = await fetch(new URL(gateway.url).origin + path);
      expect(await refusal(response)).toEqual({ status: 403, type: 'ForbiddenException', message: 'Forbidden' });
    }
  });

  it('a body above 10 MB', async () => {
    const { gateway, credentials } = await start({
      handler: async (request) => new Response(`${(await request.text()).length}`),
    });
    const fits = await call(gateway, credentials, '/', { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024) });
    expect(await fits.text()).toBe('10485760');
    const tooLarge = await call(gateway, credentials, '/', { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(tooLarge.status).toBe(413);
    expect(await tooLarge.text()).toBe('HTTP content length exceeded 10485760 bytes.');
  });

  it('the policy', async () => {
    const { gateway, credentials } = await start({
      policy: {
        Statement: [
          { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:us-east-1:*:*/dev/GET/*' },
          { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/*/secret*' },
        ],
      },
    });
    const user = 'User: arn:aws:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials';
    const resource = 'arn:aws:execute-api:us-east-1:********9012:local00api/dev';
    expect((await call(gateway, credentials, '/notes')).status).toBe(200);
    expect(await refusal(await call(gateway, credentials, '/notes', { method: 'POST', body: '{}' }))).toEqual({
      status: 403,
      type: 'AccessDeniedException',
      Message: `${user} is not authorized to perform: execute-api:Invoke on resource: ${resource}/POST/notes because no identity-based policy allows the execute-api:Invoke action`,
    });
    for (const path of ['/secret/1', '/%73ecret/1']) {
      expect(await refusal(await call(gateway, credentials, path))).toEqual({
        status: 403,
        type: 'AccessDeniedException',
        Message: `${user} is not authorized to perform: execute-api:Invoke on resource: ${resource}/GET/secret/1 with an explicit deny in an identity-based policy`,
      });
    }
  });
});

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
      'TypeError: handler: expected it to return a Response, got undefined',
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
}, 30_000);

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
  ['handler, target', { handler: () => new Response(), target: 'http://localhost' }],
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
    (gateway) => gateway.close(),
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ name: 'LocalAwsError', code: 'InvalidOption' });
  expect(String(error)).toContain(`${option}: expected`);
  expect(String(error)).not.toContain('secret');
});
