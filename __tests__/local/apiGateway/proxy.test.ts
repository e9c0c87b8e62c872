import { listen } from '../../../src/local/http';
import type { LocalServer } from '../../../src/local/http';
import { createProxy } from '../../../src/local/apiGateway/proxy';

const caller = {
  identityId: 'us-east-1:11111111-2222-3333-4444-555555555555',
  authenticated: false,
  userArn: 'arn:aws:sts::123456789012:assumed-role/Cognito_localUnauth_Role/CognitoIdentityCredentials',
  accessKeyId: 'ASIAEXAMPLE',
  requestId: '11111111-2222-3333-4444-555555555555',
};

const servers: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server that answers with its name and what it was asked for. */
async function named(name: string): Promise<LocalServer> {
  const server = await listen((_, { rawPath }) => new Response(`${name} ${rawPath}`));
  servers.push(server);
  return server;
}

describe('a path that begins with two slashes goes to the target, not to the host it looks like', () => {
  it.each([
    ['', ''],
    ['/', ''],
    ['/base', '/base'],
    ['/base/', '/base'],
    ['//', '/'],
  ])('target path %j', async (targetPath, base) => {
    const [target, other] = await Promise.all([named('target'), named('other')]);
    const proxy = createProxy(target.url + targetPath);
    const path = `//127.0.0.1:${other.port}/x?y=//z`;
    const answer = await proxy(new Request(`http://localhost${path}`), caller);
    expect(await answer.text()).toBe(`target ${base}${path}`);
  });
});
