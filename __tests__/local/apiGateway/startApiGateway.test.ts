import { nodeHash } from '../../../src/hash/node';
import { call, identityId, sign, start } from '../../support/apiGatewayHarness';
import type { Call } from '../../support/apiGatewayHarness';

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
        role: 'Cognito_localAuth_Role',
        userArn: 'arn:aws:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials',
        requestId: response.headers.get('x-amzn-requestid'),
      },
    });
    expect(response.headers.get('x-amz-apigw-id')).toMatch(/=$/);
    expect(gateway.requests).toEqual([
      {
        ...{ method: 'POST', path: '/dev/notes', status: 200, identityId },
        ...{ accessKeyId: credentials.accessKeyId, username: 'user@example.com' },
      },
    ]);
  });

  it('is computed by node:crypto, and its key but once for a caller', async () => {
    const hmac = jest.spyOn(nodeHash, 'hmac');
    try {
      const { gateway, credentials } = await start();
      await call(gateway, credentials, '/notes');
      const first = hmac.mock.calls.length;
      await call(gateway, credentials, '/notes');
      expect([first, hmac.mock.calls.length]).toEqual([5, 5]); // four to derive the key, and one with it
    } finally {
      hmac.mockRestore();
    }
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
