import type { IdentityPoolOptions, IdentityProvider } from '../../../src/local/identityPool';
import { CLIENT_ID, ISSUER, PROVIDER, call } from '../../support/identityPoolHarness';
import { getId, login, start } from '../../support/identityPools';

describe('the wire', () => {
  test('answers carry a request id, the content type and the date of the clock', async () => {
    const pool = await start();
    const { status, headers } = await call(pool.url, 'GetId', {
      IdentityPoolId: pool.identityPoolId,
      Logins: await login(),
    });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('date')).toBe('Sat, 01 Jun 2024 12:00:00 GMT');
  });

  test('a refusal names its error in the headers as well', async () => {
    const pool = await start();
    const { headers } = await call(pool.url, 'GetId', { IdentityPoolId: pool.identityPoolId });
    expect(headers.get('x-amzn-errortype')).toBe('NotAuthorizedException:');
    expect(headers.get('x-amzn-errormessage')).toBe('Unauthenticated access is not supported for this identity pool.');
  });

  test('answers the preflight of a browser, and lets it read the answer', async () => {
    const pool = await start();
    const asked = 'content-type,x-amz-content-sha256,x-amz-target,x-amz-user-agent';
    const preflight = await fetch(pool.url, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:5173',
        'access-control-request-method': 'POST',
        'access-control-request-headers': asked,
      },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/localhost:5173)$/);
    const allowed = preflight.headers.get('access-control-allow-headers')?.split(/\s*,\s*/);
    expect(allowed).toEqual(expect.arrayContaining(asked.split(',')));
    for (const input of [{ IdentityPoolId: pool.identityPoolId }, '{']) {
      const refused = await call(pool.url, 'GetId', input, { headers: { origin: 'http://localhost:5173' } });
      expect(refused.headers.get('access-control-allow-origin')).toMatch(/^(\*|http:\/\/localhost:5173)$/);
      expect(refused.headers.get('access-control-expose-headers')).toMatch(/x-amzn-errortype/i);
    }
  });
});

test('calls counts each operation, refused ones too', async () => {
  const pool = await start();
  expect(pool.calls).toMatchObject({ GetId: 0, GetCredentialsForIdentity: 0, GetOpenIdToken: 0 });
  await getId(pool, await login());
  await getId(pool);
  await call(pool.url, 'GetOpenIdToken', {});
  expect(pool.calls).toMatchObject({ GetId: 2, GetCredentialsForIdentity: 0, GetOpenIdToken: 1 });
});

describe('options', () => {
  const jwks = () => ({ keys: [] });
  test.each<[string, Partial<IdentityPoolOptions>, string]>([
    [
      'a lifetime of 0',
      { credentialsLifetimeSeconds: 0 },
      'credentialsLifetimeSeconds: expected seconds above 0, got 0',
    ],
    ['a user pool id as the pool id', { identityPoolId: 'us-east-1_abc' }, 'identityPoolId: expected REGION:UUID'],
    [
      'an issuer without a pool id',
      { userPool: { issuer: 'http://x/', clientId: 'a', jwks } },
      'userPool.issuer: expected a URL that ends in /REGION_ID',
    ],
    [
      'a provider without an audience',
      { providers: { p: { audience: [], jwks } } },
      "providers['p'].audience: expected",
    ],
    [
      'an unknown option of a provider',
      { providers: { p: { audience: 'a', jwks, audiences: [] } as IdentityProvider } },
      "providers['p'].audiences: expected a known option, such as providers['p'].audience, got Array",
    ],
    [
      'an unknown option',
      { guests: true } as object,
      'guests: expected a known option, such as allowGuests, got Boolean',
    ],
    ['a port that is none', { port: 65_536 }, 'port: expected a whole number from 0 to 65535, got 65536'],
    ['the user pool twice', { providers: { [PROVIDER]: { audience: 'a', jwks } } }, `providers['${PROVIDER}']`],
  ])('refuses %s', async (_name, options, message) => {
    await expect(start(options)).rejects.toMatchObject({
      name: 'LocalAwsError',
      code: 'InvalidOption',
      message: expect.stringContaining(message) as string,
    });
  });

  test.each([
    [{ userPoolId: 'local_1', region: 'eu-west-1' }, 'cognito-idp.eu-west-1.amazonaws.com/local_1'],
    [{ userPoolId: 'cn-north-1_1' }, 'cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_1'],
    [{ userPoolId: 'eusc-de-east-1_1' }, 'cognito-idp.eusc-de-east-1.amazonaws.eu/eusc-de-east-1_1'],
    [{}, PROVIDER],
  ])('a user pool %p is the provider %s', async (ids, provider) => {
    const pool = await start({ userPool: { issuer: ISSUER, clientId: CLIENT_ID, jwks, ...ids } });
    expect(pool.userPoolProvider).toBe(provider);
  });
});
