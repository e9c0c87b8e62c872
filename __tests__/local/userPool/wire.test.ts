import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { adminCall, call } from '../../support/userPoolHarness';

const PASSWORD = 'Grüße-123!';

let pool: LocalUserPool;
let time: number;
beforeAll(async () => {
  time = Date.now();
  pool = await startUserPool({ now: () => new Date(time), users: [{ username: 'plain', password: PASSWORD }] });
});
afterAll(() => pool.stop());

describe('the wire', () => {
  const preflight = 'cache-control,content-type,x-amz-target,x-amz-user-agent';

  it("answers a browser's preflight", async () => {
    const response = await fetch(pool.url, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': preflight,
      },
    });
    expect(response.ok).toBe(true);
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(response.headers.get('access-control-allow-headers')).toBe(preflight);
  });

  it("has AWS's error shape, readable for browsers", async () => {
    const input = {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: pool.clientId,
      AuthParameters: { USERNAME: 'plain', PASSWORD: 'x' },
    };
    const { status, headers, body } = await call(pool, 'InitiateAuth', input, { Origin: 'http://localhost:5173' });
    expect(status).toBe(400);
    expect(body).toEqual({ __type: 'NotAuthorizedException', message: 'Incorrect username or password.' });
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-errortype')).toBe('NotAuthorizedException:');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(headers.get('date')).toBe(new Date(time).toUTCString());
  });

  it.each<[string, string, unknown, string]>([
    ['an unknown operation', 'Nonsense', {}, 'UnknownOperationException'],
    ['to delete itself', 'DeleteUserPool', {}, 'UnknownOperationException'],
    ['an operation called like a property of every object', 'constructor', {}, 'UnknownOperationException'],
    ['no JSON', 'InitiateAuth', '{', 'SerializationException'],
    ['JSON that is no object', 'InitiateAuth', '[]', 'SerializationException'],
    ['no fields', 'InitiateAuth', {}, 'InvalidParameterException'],
    ['fields of the wrong kind', 'InitiateAuth', { AuthFlow: 1, ClientId: [] }, 'InvalidParameterException'],
    ['an unknown flow', 'InitiateAuth', { AuthFlow: 'X', ClientId: 'X' }, 'InvalidParameterException'],
    ['an unknown client', 'SignUp', { ClientId: 'X', Username: 'u', Password: 'p' }, 'ResourceNotFoundException'],
    ['an app client of another kind', 'SignUp', { ClientId: {} }, 'InvalidParameterException'],
  ])('refuses %s', async (_, operation, input, type) => {
    const { status, body } = await call(pool, operation, input);
    expect([status, body.__type]).toEqual([400, type]);
  });

  it('refuses another pool', async () => {
    const { status, body } = await adminCall(pool, 'ListUsers', { UserPoolId: 'us-east-1_other' });
    expect([status, body.__type]).toEqual([400, 'ResourceNotFoundException']);
  });

  it('serves the OpenID configuration of the issuer', async () => {
    const response = await fetch(`${pool.issuer}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer: pool.issuer,
      jwks_uri: `${pool.issuer}/.well-known/jwks.json`,
    });
  });
});
