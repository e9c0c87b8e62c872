import { call } from '../../support/identityPoolHarness';
import { pool } from '../../support/identityRefusals';

// The texts of the refusals are those that Cognito gives, as people quote them in public issue threads.
const ID_PATTERN = 'Member must satisfy regular expression pattern: [\\w-]+:[0-9a-f-]+';

describe('malformed input', () => {
  const detected = (subject: string, constraint: string) =>
    `1 validation error detected: ${subject} failed to satisfy constraint: ${constraint}`;
  const long = `us-east-1:${'a'.repeat(60)}`;
  const id = 'us-east-1:00000000-0000-4000-8000-000000000000';
  const lengths = (max: number) =>
    `[Member must have length less than or equal to ${max}, Member must have length greater than or equal to 1]`;

  test.each<[string, string, unknown, string, string]>([
    [
      'no pool id',
      'GetId',
      {},
      'ValidationException',
      detected("Value null at 'identityPoolId'", 'Member must not be null'),
    ],
    [
      'a null pool id',
      'GetId',
      { IdentityPoolId: null },
      'ValidationException',
      detected("Value null at 'identityPoolId'", 'Member must not be null'),
    ],
    [
      'a user pool id',
      'GetId',
      { IdentityPoolId: 'us-east-1_abc' },
      'ValidationException',
      detected("Value 'us-east-1_abc' at 'identityPoolId'", ID_PATTERN),
    ],
    [
      'a pool id in capitals',
      'GetId',
      { IdentityPoolId: 'us-east-1:ABC' },
      'ValidationException',
      detected("Value 'us-east-1:ABC' at 'identityPoolId'", ID_PATTERN),
    ],
    [
      'a pool id with a line break',
      'GetId',
      { IdentityPoolId: 'us-east-1:a\n' },
      'ValidationException',
      detected("Value 'us-east-1:a\n' at 'identityPoolId'", ID_PATTERN),
    ],
    [
      'a pool id with é',
      'GetId',
      { IdentityPoolId: 'é:a\u{1F600}' },
      'ValidationException',
      detected("Value 'é:a\u{1F600}' at 'identityPoolId'", ID_PATTERN),
    ],
    [
      'an empty pool id',
      'GetId',
      { IdentityPoolId: '' },
      'ValidationException',
      detected("Value '' at 'identityPoolId'", 'Member must have length greater than or equal to 1'),
    ],
    [
      'a long pool id',
      'GetId',
      { IdentityPoolId: long },
      'ValidationException',
      detected(`Value '${long}' at 'identityPoolId'`, 'Member must have length less than or equal to 55'),
    ],
    [
      'a numeric pool id',
      'GetId',
      { IdentityPoolId: 5 },
      'SerializationException',
      'NUMBER_VALUE can not be converted to a String',
    ],
    [
      'a pool id true',
      'GetId',
      { IdentityPoolId: true },
      'SerializationException',
      'TRUE_VALUE can not be converted to a String',
    ],
    [
      'an object as pool id',
      'GetId',
      { IdentityPoolId: {} },
      'SerializationException',
      'Start of structure or map found where not expected.',
    ],
    [
      'no identity id',
      'GetCredentialsForIdentity',
      {},
      'ValidationException',
      detected("Value null at 'identityId'", 'Member must not be null'),
    ],
    [
      'a malformed identity id',
      'GetOpenIdToken',
      { IdentityId: 'x' },
      'ValidationException',
      detected("Value 'x' at 'identityId'", ID_PATTERN),
    ],
    [
      'logins that are a list',
      'GetOpenIdToken',
      { IdentityId: id, Logins: [] },
      'SerializationException',
      'Expected Logins to be a map of strings.',
    ],
    [
      'logins that are text',
      'GetOpenIdToken',
      { IdentityId: id, Logins: 'a' },
      'SerializationException',
      'Expected Logins to be a map of strings.',
    ],
    [
      'a token that is a number',
      'GetOpenIdToken',
      { IdentityId: id, Logins: { a: 1 } },
      'SerializationException',
      'NUMBER_VALUE can not be converted to a String',
    ],
    [
      'an empty token',
      'GetOpenIdToken',
      { IdentityId: id, Logins: { a: '' } },
      'ValidationException',
      detected("Value at 'logins'", `Map value must satisfy constraint: ${lengths(50000)}`),
    ],
    [
      'a token of 50,001',
      'GetOpenIdToken',
      { IdentityId: id, Logins: { a: 'a'.repeat(50001) } },
      'ValidationException',
      detected("Value at 'logins'", `Map value must satisfy constraint: ${lengths(50000)}`),
    ],
    [
      'a provider of 129',
      'GetOpenIdToken',
      { IdentityId: id, Logins: { ['a'.repeat(129)]: 'a' } },
      'ValidationException',
      detected("Value at 'logins'", `Map key must satisfy constraint: ${lengths(128)}`),
    ],
    [
      'eleven logins',
      'GetOpenIdToken',
      { IdentityId: id, Logins: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`p${i}`, 'a'])) },
      'ValidationException',
      detected("Value at 'logins'", 'Member must have length less than or equal to 10'),
    ],
    [
      'truncated JSON',
      'GetId',
      '{"IdentityPoolId":"us-e',
      'SerializationException',
      'Could not parse request body into json.',
    ],
    ['an empty body', 'GetId', '', 'SerializationException', 'Could not parse request body into json.'],
    ['a list as body', 'GetId', '[]', 'SerializationException', 'Expected the request body to be an object.'],
    ['null as body', 'GetId', 'null', 'SerializationException', 'Expected the request body to be an object.'],
  ])('%s', async (_name, operation, input, __type, message) => {
    const { status, body } = await call(pool.url, operation, input);
    expect({ status, body }).toEqual({ status: 400, body: { __type, message } });
  });

  test.each([
    'AWSCognitoIdentityService.ListIdentities',
    'AWSCognitoIdentityService.getid',
    'AWSCognitoIdentityService.',
    'AWSCognitoIdentityService.constructor',
    'AWSCognitoIdentityService.__proto__',
    'AWSCognitoIdentityProviderService.GetId',
    'XXXCognitoIdentityService.GetId',
    'GetId',
    '',
  ])("x-amz-target '%s' is an unknown operation", async (target) => {
    const { status, body } = await call(pool.url, '', {}, { headers: { 'x-amz-target': target } });
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: 'UnknownOperationException',
      message:
        `POST with x-amz-target '${target}': expected POST with 'AWSCognitoIdentityService.' ` +
        'and one of GetId, GetCredentialsForIdentity, GetOpenIdToken, GetOpenIdTokenForDeveloperIdentity.',
    });
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s is an unknown operation', async (method) => {
    const response = await fetch(pool.url, { method, headers: { 'x-amz-target': 'AWSCognitoIdentityService.GetId' } });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });

  test('a POST without x-amz-target is an unknown operation', async () => {
    const response = await fetch(pool.url, { method: 'POST', body: '{}' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
  });
});
