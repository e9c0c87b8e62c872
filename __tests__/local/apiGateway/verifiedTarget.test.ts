// Raw requests through the gateway to a handler, which never sees another target than the one whose signature was verified.
import { start } from '../../support/apiGatewayHarness';
import { rawRequest, sendRaw, statusesOf } from '../../support/rawHttp';
import { policy, signedHeaders } from '../../support/smugglingTarget';

describe('the handler is given what was verified', () => {
  it.each([
    'a://x/dev/admin/users',
    'a://../../dev/secret',
    '*',
    'dev/notes',
    'http://evil.example/dev/notes',
    'https://evil.example/dev/notes',
    '/dev/notes#/../admin',
    '/dev\\..\\dev/notes',
    '/dev/x/%2e%2e/notes',
  ])('a signature for another target is not good for %s', async (sent) => {
    const urls: string[] = [];
    const handler = (request: Request): Response => {
      urls.push(request.url);
      return new Response('yes');
    };
    const { gateway, credentials } = await start({ handler, stage: 'dev' });
    for (const path of ['/', '/dev/notes', '/dev/secret', '/dev/admin/users']) {
      const headers = { ...signedHeaders(gateway, credentials, { path }), Connection: 'close' };
      expect(statusesOf(await sendRaw(gateway.port, rawRequest(`GET ${sent}`, headers)))[0]).toBeGreaterThanOrEqual(
        400,
      );
    }
    expect(urls).toEqual([]);
  });

  it.each<[string, string]>([
    ['/dev/notes?a=b', '/notes?a=b'],
    ['/dev//notes?a=b', '/notes?a=b'],
    ['/dev/admin/../notes?a=b', '/notes?a=b'],
    ['/prod/../dev/notes?a=b', '/notes?a=b'],
    ['http://HOST/dev/notes?a=b', '/notes?a=b'],
  ])('%s is one reading for all', async (sent, url) => {
    const urls: string[] = [];
    const handler = (request: Request): Response => {
      urls.push(request.url);
      return new Response('yes');
    };
    const { gateway, credentials } = await start({ handler, policy });
    const headers = { ...signedHeaders(gateway, credentials, { path: '/dev/notes?a=b' }), Connection: 'close' };
    const target = sent.replace('HOST', `127.0.0.1:${gateway.port}`);
    expect(statusesOf(await sendRaw(gateway.port, rawRequest(`GET ${target}`, headers)))).toEqual([200]);
    expect(urls).toEqual([`http://127.0.0.1:${gateway.port}${url}`]);
    expect(gateway.requests).toMatchObject([{ path: '/dev/notes', status: 200 }]);
  });
});
