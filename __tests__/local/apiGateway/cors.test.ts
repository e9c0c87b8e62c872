/** The option `cors`: which pages may read what. Texts and rules are those of the Fetch standard, section 3.2. */
import { CredentialStore, startApiGateway } from '../../../src/local';
import type { CorsOptions, LocalApiGateway } from '../../../src/local';

const started: LocalApiGateway[] = [];
afterEach(() => Promise.all(started.splice(0).map((gateway) => gateway.stop())));

async function start(cors: CorsOptions): Promise<LocalApiGateway> {
  const gateway = await startApiGateway({ store: new CredentialStore(), cors });
  started.push(gateway);
  return gateway;
}

function ask(gateway: LocalApiGateway, origin: string): Promise<Response> {
  return fetch(`${gateway.url}/notes`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization,x-mine',
    },
  });
}

test('origins: others get no CORS headers, neither from a preflight nor with a refusal', async () => {
  const gateway = await start({ origins: ['https://app.example.com'] });
  for (const [origin, allowed] of [
    ['https://app.example.com', 'https://app.example.com'],
    ['https://example.com', null],
  ] as const) {
    expect((await ask(gateway, origin)).headers.get('access-control-allow-origin')).toBe(allowed);
    const refused = await fetch(gateway.url, { headers: { origin } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([403, allowed]);
  }
});

test('headers: a preflight allows these and no others', async () => {
  const gateway = await start({ headers: ['authorization', 'content-type'] });
  const answer = await ask(gateway, 'https://app.example.com');
  expect([answer.status, answer.headers.get('access-control-allow-headers')]).toEqual([
    204,
    'authorization,content-type',
  ]);
  const refused = await fetch(gateway.url, { headers: { origin: 'https://app.example.com' } });
  expect(refused.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
  expect(refused.headers.has('access-control-allow-headers')).toBe(false);
});

test.each<[string, object]>([
  ['cors.refusals', { refusals: 'no' }],
  ['cors.origins', { origins: 'https://example.com' }],
  ['cors.origins', { origins: ['https://example.com/page'] }],
  ['cors.headers', { headers: ['x mine'] }],
  ['cors.orgins', { orgins: [] }],
])('%s is named where it cannot be used', async (option, cors) => {
  await expect(startApiGateway({ store: new CredentialStore(), cors })).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringContaining(`${option}: expected`) as string,
  });
});
