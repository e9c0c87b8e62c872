import aws4 from 'aws4';
import { pathReadings } from '../../../src/local/apiGateway/resourcePath';
import { start } from '../../support/apiGatewayHarness';
import { rawRequest, sendRaw, statusesOf } from '../../support/rawHttp';

it.each<[string, string[]]>([
  ['/', ['/']],
  ['/notes', ['/notes']],
  ['/notes/', ['/notes', '/notes/']],
  ['/a%20b/%C3%A9', ['/a b/é']],
  ['/%61dmin/%FF', ['/admin/%FF']],
  ['/%FF%61%C3%41%zz%', ['/%FFa%C3A%zz%']],
  ['/%c0%ae%e0%80%ae%ed%a0%80', ['/%c0%ae%e0%80%ae%ed%a0%80']],
  ['/%F0%9F%98%80', ['/😀']],
  ['/a%2Fb', ['/a/b']],
  ['/a%2f%2E%2e%2fb', ['/b', '/a/../b']],
  ['/a%2F/b', ['/a/b', '/a//b']],
  ['/a%5C..%5Cb', ['/b', '/a\\..\\b']],
  ['/a/%252e%252e/b', ['/b', '/a/%2e%2e/b']],
  ['/%2561', ['/%61']],
  ['/ad%09m%0D%0Ain', ['/ad\tm\r\nin', '/admin']],
  ['/admin%20%00', ['/admin \0', '/admin']],
  ['/admin/%23x', ['/admin/#x', '/admin', '/admin/']],
  ['/admin%3Fx/%2E%2E', ['/', '/admin?x/..', '/admin']],
])('%s', (path, readings) => {
  expect(pathReadings(path)).toEqual(readings);
});

describe('what a policy denies stays denied, however the path is written', () => {
  const deny = (Resource: string) => ({ Effect: 'Deny' as const, Action: 'execute-api:Invoke', Resource });
  const allow = (Resource: string) => ({ Effect: 'Allow' as const, Action: 'execute-api:Invoke', Resource });

  /** The status of a request for a path as it is given, signed by aws4 without any change to it. */
  async function ask(Statement: ReturnType<typeof deny | typeof allow>[], path: string) {
    const handler = (): Response => new Response('reached');
    const { gateway, credentials } = await start({ handler, policy: { Statement } });
    const host = `127.0.0.1:${gateway.port}`;
    const { headers } = aws4.sign({ host, path, service: 'execute-api', region: gateway.region }, credentials);
    const sent = { ...(headers as Record<string, string>), Connection: 'close' };
    const answer = await sendRaw(gateway.port, rawRequest(`GET ${path}`, sent));
    return { status: statusesOf(answer)[0], answer };
  }
  const named = (path: string) =>
    JSON.stringify(`on resource: arn:aws:execute-api:us-east-1:********9012:local00api/dev/GET${path} `).slice(1, -1);

  it.each<[string, string]>([
    ['/dev/notes', '/notes'],
    ['/dev/notes/', '/notes'],
    ['/dev//notes', '/notes'],
    ['/dev/notes//', '/notes'],
    ['/dev/./notes', '/notes'],
    ['/dev/x/../notes', '/notes'],
    ['/dev/%6eotes', '/notes'],
    ['/dev/%6Eotes%2F', '/notes'],
    ['/dev/x%2F..%2Fnotes', '/notes'],
    ['/dev/x%5c..%5cnotes', '/notes'],
    ['/dev/%2fnotes', '/notes'],
    ['/dev/no%09tes', '/no\ttes'],
    ['/dev/notes%3Fx', '/notes?x'],
    ['/dev/notes%23', '/notes#'],
    ['/dev/notes%20', '/notes '],
  ])('Deny of GET/notes: %s', async (path, resource) => {
    const { status, answer } = await ask([allow('*'), deny('execute-api:/*/GET/notes')], path);
    expect(status).toBe(403);
    expect(answer).toContain(`${named(resource)}with an explicit deny in an identity-based policy`);
  });

  it.each<[string, string]>([
    ['/dev/admin/users', '/admin/users'],
    ['/dev/%61dmin/%FF', '/admin/%FF'],
    ['/dev/%FF/../%61dmin/%zz', '/admin/%zz'],
    ['/dev/admin%2Fusers', '/admin/users'],
    ['/dev/admin/', '/admin'],
    ['/dev//admin//users', '/admin/users'],
    ['/dev/x/%252e%252e/admin/x', '/admin/x'],
    ['/dev/x/%2561/..%2F..%2Fadmin/x', '/admin/x'],
  ])('Deny of */admin/*: %s', async (path, resource) => {
    const { status, answer } = await ask([allow('*'), deny('*/admin/*')], path);
    expect(status).toBe(403);
    expect(answer).toContain(named(resource));
  });

  it.each<[string, string]>([
    ['*/GET/files/a%2Fb', '/dev/files/a%2Fb'],
    ['*/GET/my%20files/*', '/dev/my%20files/x'],
    ['*/GET/files/a%2Fb', '/dev/files/a%2fb'],
    ['*/GET/files/a%2fb', '/dev/%66iles/a%2Fb'],
    ['*/GET/my%20files/*', '/dev/%6Dy%20files/x'],
    ['*/caf%C3%A9', '/dev/caf%C3%A9'],
    ['*/caf%C3%A9', '/dev/c%61f%c3%a9'],
    ['*/caf%c3%a9', '/dev/caf%C3%A9'],
    ['*/%FF', '/dev/%ff'],
  ])('Deny of %s, which has the escapes as they are sent: %s', async (resource, path) => {
    expect(await ask([allow('*'), deny(resource)], path)).toMatchObject({ status: 403 });
    expect(await ask([allow('*'), deny(resource)], '/dev/other')).toMatchObject({ status: 200 });
  });

  it.each(['/dev/users/me/..%2Fyou/x', '/dev/users/me%2F..%2Fyou/x', '/dev/users/me/%252e%252e/you', '/dev/users/me/'])(
    'an Allow of users/me/* is none of %s',
    async (path) => {
      expect((await ask([allow('execute-api:/dev/GET/users/me/*')], path)).status).toBe(403);
    },
  );

  it.each([
    '/dev/users/me/x',
    '/dev/users/me/x/',
    '/dev/users/you/../me/x',
    '/dev//users/me/a%2Fb',
    '/dev/users/%6de/%FF',
  ])('an Allow of users/me/* is one of %s', async (path) => {
    expect((await ask([allow('execute-api:/dev/GET/users/me/*')], path)).status).toBe(200);
  });
});
