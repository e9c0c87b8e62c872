import { decodeJwt } from 'jose';
import { startUserPool } from '../../../src/local/userPool';
import type { LocalUserPool } from '../../../src/local/userPool';
import { adminCall, call, refused, tokensOf } from '../../support/userPoolHarness';

const PASSWORD = 'Passw0rd!';
const UNAUTHORIZED = 'NotAuthorizedException: A client attempted to write unauthorized attribute';

let pool: LocalUserPool;
beforeAll(async () => {
  pool = await startUserPool({
    customAttributes: ['custom:plan'],
    users: [
      { username: 'user@example.com', password: PASSWORD },
      { username: 'plain', password: PASSWORD, attributes: { email: 'plain@example.com', 'custom:team': 'red' } },
      { username: 'nameless', password: PASSWORD, attributes: { email: 'nameless@example.com' } },
    ],
  });
});
afterAll(() => pool.stop());

type Attributes = { Name: string; Value: string }[];
const signUp = (Username: string, UserAttributes: Attributes) =>
  refused(call(pool, 'SignUp', { ClientId: pool.clientId, Username, Password: PASSWORD, UserAttributes }));
const update = async (username: string, UserAttributes: Attributes) => {
  const { AccessToken } = await tokensOf(pool, username, PASSWORD);
  return refused(call(pool, 'UpdateUserAttributes', { AccessToken, UserAttributes }));
};
const admin = (operation: string, input: object) =>
  refused(adminCall(pool, operation, { UserPoolId: pool.userPoolId, ...input }));
const claimsOf = async (username: string) => {
  const { IdToken, AccessToken } = await tokensOf(pool, username, PASSWORD);
  return [decodeJwt(IdToken), decodeJwt(AccessToken)] as const;
};

// As botocore has it: the input shapes of both operations require the member.
test('an update without attributes is refused', async () => {
  const { AccessToken } = await tokensOf(pool, 'user@example.com', PASSWORD);
  const nothing =
    "InvalidParameterException: 1 validation error detected: Value null at 'userAttributes' failed to satisfy " +
    'constraint: Member must not be null';
  expect(await refused(call(pool, 'UpdateUserAttributes', { AccessToken }))).toBe(nothing);
  expect(await admin('AdminUpdateUserAttributes', { Username: 'user@example.com' })).toBe(nothing);
});

const NOT_THERE = (name: string) =>
  `InvalidParameterException: Attributes did not conform to the schema: ${name}: Attribute does not exist in the schema.`;
const NOT_THERE_ON_UPDATE = (name: string) =>
  `InvalidParameterException: user.${name}: Attribute does not exist in the schema.`;

describe.each([
  ['cognito:groups', 'admin', NOT_THERE, NOT_THERE_ON_UPDATE],
  ['cognito:username', 'user@example.com', NOT_THERE, NOT_THERE_ON_UPDATE],
  ['cognito:roles', 'arn:aws:iam::123456789012:role/admin', NOT_THERE, NOT_THERE_ON_UPDATE],
  ['custom:role', 'admin', NOT_THERE, NOT_THERE_ON_UPDATE],
  ['dev:custom:role', 'admin', NOT_THERE, NOT_THERE_ON_UPDATE],
  ['identities', '[]', NOT_THERE, NOT_THERE_ON_UPDATE],
  ['token_use', 'access', NOT_THERE, NOT_THERE_ON_UPDATE],
  ['__proto__', 'x', NOT_THERE, NOT_THERE_ON_UPDATE],
  ['email_verified', 'true', () => UNAUTHORIZED, () => UNAUTHORIZED],
  ['phone_number_verified', 'true', () => UNAUTHORIZED, () => UNAUTHORIZED],
  [
    'sub',
    'x',
    () => 'InvalidParameterException: Cannot modify the non-mutable attribute sub',
    () => 'InvalidParameterException: user.sub: Attribute cannot be updated. (changing an immutable attribute)',
  ],
  [
    'email',
    'no address',
    () => 'InvalidParameterException: Invalid email address format.',
    () => 'InvalidParameterException: Invalid email address format.',
  ],
  [
    'phone_number',
    '0123',
    () => 'InvalidParameterException: Invalid phone number format.',
    () => 'InvalidParameterException: Invalid phone number format.',
  ],
])('%s', (Name, Value, atSignUp, onUpdate) => {
  it('is not set at sign-up, and nobody is signed up', async () => {
    expect(await signUp('new', [{ Name, Value }])).toBe(atSignUp(Name));
    expect(await admin('AdminGetUser', { Username: 'new' })).toBe('UserNotFoundException: User does not exist.');
  });

  it('is not set later, nor with attributes that could be', async () => {
    const attributes = [
      { Name: 'name', Value: 'Changed' },
      { Name, Value },
    ];
    expect(await update('plain', attributes)).toBe(onUpdate(Name));
    expect((await claimsOf('plain'))[0]).not.toHaveProperty('name');
  });
});

it('takes the attributes of the pool', async () => {
  const attributes = [
    { Name: 'name', Value: 'Someone' },
    { Name: 'custom:plan', Value: 'free' },
    { Name: 'custom:team', Value: 'blue' },
  ];
  expect(await signUp('someone', attributes)).toBe('success');
  expect(await admin('AdminConfirmSignUp', { Username: 'someone' })).toBe('success');
  expect(await update('someone', [{ Name: 'custom:plan', Value: 'paid' }])).toBe('success');
  expect((await claimsOf('someone'))[0]).toMatchObject({
    name: 'Someone',
    'custom:plan': 'paid',
    'custom:team': 'blue',
  });
});

it('takes those that an administrator adds, but from users none for developers only', async () => {
  const CustomAttributes = [{ Name: 'later' }, { Name: 'secret', DeveloperOnlyAttribute: true }];
  expect(await update('plain', [{ Name: 'custom:later', Value: 'x' }])).toBe(NOT_THERE_ON_UPDATE('custom:later'));
  expect(await admin('AddCustomAttributes', { CustomAttributes })).toBe('success');
  expect(await update('plain', [{ Name: 'custom:later', Value: 'x' }])).toBe('success');
  expect(await update('plain', [{ Name: 'custom:secret', Value: 'x' }])).toBe(UNAUTHORIZED);
});

it('takes no attribute twice: one could be verified, the other be believed', async () => {
  const twice = [
    { Name: 'email', Value: 'mine@example.com' },
    { Name: 'email', Value: 'other@example.com' },
  ];
  expect(await signUp('twice', twice)).toBe('InvalidParameterException: Attribute email is given more than once.');
  expect(await update('plain', twice)).toBe('InvalidParameterException: Attribute email is given more than once.');
});

it('takes no value of more than 2,048 characters', async () => {
  expect(await signUp('long', [{ Name: 'name', Value: 'x'.repeat(2049) }])).toMatch(/^InvalidParameterException/);
});

it.each(['a b', 'x'.repeat(129), '\u0000'])('takes no name that AWS would not: %j', async (username) => {
  expect(await signUp(username, [])).toMatch(/^InvalidParameterException: 1 validation error detected/);
});

it("signs nobody up with someone else's address, also under a name that sorts before theirs", async () => {
  for (const username of ['1', 'another']) {
    for (const address of ['user@example.com', 'USER@example.com', 'plain@example.com']) {
      expect(await signUp(username, [{ Name: 'email', Value: address }])).toBe(
        'UsernameExistsException: An account with the given email already exists.',
      );
    }
  }
});

it('signs one up of many who want a name at the same time', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => signUp('wanted', [])));
  expect(answers.filter((answer) => answer === 'success')).toHaveLength(1);
});

it.each(['email_verified', 'phone_number_verified', 'sub', 'cognito:groups'])('does not delete %s', async (name) => {
  const { AccessToken } = await tokensOf(pool, 'plain', PASSWORD);
  const input = { AccessToken, UserAttributeNames: [name] };
  expect(await refused(call(pool, 'DeleteUserAttributes', input))).toMatch(
    /^(NotAuthorized|InvalidParameter)Exception/,
  );
});

it('deletes an address with what is known of it', async () => {
  const { AccessToken } = await tokensOf(pool, 'nameless', PASSWORD);
  expect((await claimsOf('nameless'))[0].email_verified).toBe(true);
  const input = { AccessToken, UserAttributeNames: ['email'] };
  expect(await refused(call(pool, 'DeleteUserAttributes', input))).toBe('success');
  expect(await update('nameless', [{ Name: 'email', Value: 'nameless@example.com' }])).toBe('success');
  expect((await claimsOf('nameless'))[0].email_verified).toBe(false);
});

describe('an administrator', () => {
  it('sets what the pool finds out itself, but nothing that no one may', async () => {
    const write = (Name: string, Value: string) =>
      admin('AdminUpdateUserAttributes', { Username: 'user@example.com', UserAttributes: [{ Name, Value }] });
    expect(await write('email_verified', 'false')).toBe('success');
    expect((await claimsOf('user@example.com'))[0].email_verified).toBe(false);
    expect(await write('email_verified', 'true')).toBe('success');
    expect(await write('phone_number_verified', 'true')).toBe(
      'InvalidParameterException: Phone Number is required to verify/un-verify a phone number',
    );
    expect(await write('cognito:groups', 'admin')).toBe(NOT_THERE_ON_UPDATE('cognito:groups'));
    expect(await write('sub', 'x')).toMatch(/^InvalidParameterException: user.sub/);
  });

  it('creates nobody with them', async () => {
    const create = (Name: string, Value: string) =>
      admin('AdminCreateUser', { Username: 'invited', UserAttributes: [{ Name, Value }] });
    expect(await create('cognito:groups', 'admin')).toBe(NOT_THERE('cognito:groups'));
    expect(await create('sub', 'x')).toBe('InvalidParameterException: Cannot modify the non-mutable attribute sub');
    expect(await create('email_verified', 'true')).toBe('success');
  });

  it.each([[{ Name: 'name', Value: { a: 1 } }], ['text'], [{ Name: 'name', Value: null }]])(
    'sets no %j',
    async (attribute) => {
      const input = { Username: 'plain', UserAttributes: [attribute] };
      expect(await admin('AdminUpdateUserAttributes', input)).toMatch(/^InvalidParameterException/);
    },
  );

  it('finds the groups of tokens in groups alone', async () => {
    for (const claims of await claimsOf('plain')) expect(claims).not.toHaveProperty('cognito:groups');
    await admin('CreateGroup', { GroupName: 'editors' });
    await admin('AdminAddUserToGroup', { Username: 'plain', GroupName: 'editors' });
    for (const claims of await claimsOf('plain')) expect(claims['cognito:groups']).toEqual(['editors']);
  });
});
