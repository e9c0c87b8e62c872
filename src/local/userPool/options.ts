/** What a local user pool can be started with, the checks of it, and the users that are there from the start. */
import { randomInt } from 'node:crypto';
import type { Attribute, StoredUser } from './cognitoLocal.js';
import type { LocalCode } from './codes.js';
import { UserPoolError } from './errors.js';
import type { AuthFlow, CustomChallenge } from './state.js';
import { createTotpSecret, isTotpSecret } from './totp.js';
import type { PasswordPolicy, UserDirectory } from './users.js';

/** A second factor: a code by SMS, or one from an authenticator app. */
export type LocalMfa = 'SMS' | 'TOTP';

/** A user who is there when the pool starts: confirmed and ready to log in, unless said otherwise. */
export interface LocalUser {
  /**
   * What the user signs in with. An e-mail address or phone number becomes the user's `email` or `phone_number`, and their
   * `cognito:username` is then a UUID, as in an AWS pool with that kind of sign-in; any other name is kept as it is.
   */
  readonly username: string;
  /** Of any kind and length from 1 to 256 characters; the password policy applies to later ones only. */
  readonly password: string;
  /**
   * Attributes by name: `{ name: '…', 'custom:plan': 'free' }`. A `sub` is made when none is given; an e-mail address and
   * a phone number count as verified unless `email_verified` or `phone_number_verified` says `'false'`.
   */
  readonly attributes?: Readonly<Record<string, string>>;
  /**
   * The second factor that a login asks for; with both, the user is asked which. Default: none. SMS goes to the attribute
   * `phone_number`, default `+15555550100`; read the code with `codes(username)`, or an app's with `totp(username)`.
   */
  readonly mfa?: LocalMfa | readonly LocalMfa[];
  /** The secret of the authenticator app in base32, at least 16 characters; default: random. Implies `mfa: 'TOTP'`. */
  readonly totpSecret?: string;
  /** Whether the first login must set a new password (NEW_PASSWORD_REQUIRED); default false. */
  readonly mustChangePassword?: boolean;
  /** Whether the user has signed up but not confirmed yet; default false. */
  readonly unconfirmed?: boolean;
  /** A challenge of your own for this user, instead of the pool's. */
  readonly customChallenge?: CustomChallenge;
}

/** Options of `startUserPool`, all optional. */
export interface UserPoolOptions {
  /** Users who are there from the start; default none. */
  readonly users?: readonly LocalUser[];
  /** Port to listen on; default 0: any free one. */
  readonly port?: number;
  /** First part of the pool's id; default `us-east-1`. */
  readonly region?: string;
  /** Default: random, as AWS's: the region, `_` and nine letters or digits. Must begin with the region. */
  readonly userPoolId?: string;
  /** Id of the app client; default: random, 26 lower-case letters or digits, as AWS's. */
  readonly clientId?: string;
  /** The clock for tokens, codes and the `Date` header; default: the system's. */
  readonly now?: () => Date;
  /** Lifetime of ID and access tokens in seconds; default 3600. */
  readonly tokenLifetime?: number;
  /** Lifetime of refresh tokens in seconds; default 2,592,000 (30 days). */
  readonly refreshTokenLifetime?: number;
  /**
   * Second factors: `'OPTIONAL'`, the default, asks users who have one; `'ON'` makes all others set an authenticator app up
   * (MFA_SETUP); `'OFF'` asks nobody.
   */
  readonly mfa?: 'OFF' | 'OPTIONAL' | 'ON';
  /** What new passwords must have; default: AWS's policy of 8 characters with all four kinds among them. */
  readonly passwordPolicy?: PasswordPolicy;
  /** The login flows that the app client allows; default all. */
  readonly authFlows?: readonly AuthFlow[];
  /** A challenge of your own, for users who come through the `CUSTOM_AUTH` flow; default none. */
  readonly customChallenge?: CustomChallenge;
  /**
   * Whether unknown users are answered like wrong passwords at login; default false: `UserNotFoundException`, as with AWS's
   * `LEGACY` setting.
   */
  readonly preventUserExistenceErrors?: boolean;
  /** Is told of every code that would have been sent. */
  readonly onCode?: (code: LocalCode) => void;
  /** Is told of faults inside the server; its clients only see a 500. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Checks the options before anything is started.
 *
 * @throws UserPoolError `InvalidOption` naming the option, what was expected and what came; never a password or secret
 */
export function checkOptions(options: UserPoolOptions): void {
  const { users = [], region = 'us-east-1', userPoolId, clientId, tokenLifetime, refreshTokenLifetime } = options;
  expect(/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region), 'region', 'a region such as us-east-1', region);
  expect(
    userPoolId === undefined || (/^[\w-]+_[0-9a-zA-Z]{1,44}$/.test(userPoolId) && userPoolId.startsWith(`${region}_`)),
    'userPoolId',
    `${region}_ and letters or digits`,
    userPoolId,
  );
  expect(clientId === undefined || /^[\w+]{1,128}$/.test(clientId), 'clientId', 'letters and digits', clientId);
  for (const [name, seconds] of Object.entries({ tokenLifetime, refreshTokenLifetime })) {
    const isValid = seconds === undefined || (Number.isInteger(seconds) && seconds > 0);
    expect(isValid, name, 'a whole number of seconds, 1 or more', seconds);
  }
  expect([undefined, 'OFF', 'OPTIONAL', 'ON'].includes(options.mfa), 'mfa', 'OFF, OPTIONAL or ON', options.mfa);
  expect(Array.isArray(users), 'users', 'a list', typeof users);
  users.forEach(checkUser);
  const names = users.map(({ username }) => username.toLowerCase());
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  expect(twice < 0, `users[${twice}].username`, 'a name that no earlier user has', names[twice]);
}

/** Puts a user of the options into the pool. */
export async function addUser(directory: UserDirectory, user: LocalUser): Promise<StoredUser> {
  const factors = factorsOf(user);
  const status =
    user.mustChangePassword === true
      ? 'FORCE_CHANGE_PASSWORD'
      : user.unconfirmed === true
        ? 'UNCONFIRMED'
        : 'CONFIRMED';
  const stored = await directory.create({
    username: user.username,
    password: user.password,
    attributes: attributesOf(user, factors),
    status,
  });
  return directory.update(stored, {
    UserMFASettingList: factors.map((factor) => (factor === 'SMS' ? 'SMS_MFA' : 'SOFTWARE_TOKEN_MFA')),
    ...(factors.includes('TOTP')
      ? { SoftwareTokenMfaConfiguration: { Secret: user.totpSecret ?? createTotpSecret(), Verified: true } }
      : {}),
  });
}

/** The names of the `custom:` attributes that the users have, which make up the pool's schema. */
export function customAttributesOf(users: readonly LocalUser[]): string[] {
  const names = users.flatMap((user) => Object.keys(user.attributes ?? {}));
  return [...new Set(names.filter((name) => name.startsWith('custom:')))];
}

/** The policy as `DescribeUserPool` shows it. */
export function awsPasswordPolicy(policy: PasswordPolicy = {}): object {
  return {
    MinimumLength: policy.minimumLength ?? 8,
    RequireUppercase: policy.requireUppercase ?? true,
    RequireLowercase: policy.requireLowercase ?? true,
    RequireNumbers: policy.requireNumbers ?? true,
    RequireSymbols: policy.requireSymbols ?? true,
    TemporaryPasswordValidityDays: 7,
  };
}

/** Random characters of an alphabet. */
export function newId(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]!).join('');
}

function checkUser(user: LocalUser, index: number): void {
  const at = `users[${index}]`;
  expect(typeof (user as unknown) === 'object' && (user as unknown) !== null, at, 'an object', typeof user);
  const { username, password, mfa, totpSecret } = user;
  expect(
    typeof username === 'string' && /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(username),
    `${at}.username`,
    '1 to 128 characters without spaces',
    username,
  );
  const length = typeof password === 'string' ? password.length : 0;
  expect(length >= 1 && length <= 256, `${at}.password`, 'a text of 1 to 256 characters', `one of ${length}`);
  const areFactors = [mfa ?? []].flat().every((factor: unknown) => factor === 'SMS' || factor === 'TOTP');
  expect(areFactors, `${at}.mfa`, 'SMS, TOTP or a list of both', mfa);
  expect(
    totpSecret === undefined || isTotpSecret(totpSecret),
    `${at}.totpSecret`,
    'at least 16 characters of A-Z and 2-7',
    'something else',
  );
  for (const [name, value] of Object.entries(user.attributes ?? {}) as [string, unknown][]) {
    expect(typeof value === 'string', `${at}.attributes.${name}`, 'a text', typeof value);
  }
}

function expect(holds: boolean, option: string, expected: string, got: unknown): void {
  if (!holds) throw new UserPoolError('InvalidOption', `${option}: expected ${expected}, got ${String(got)}`);
}

function factorsOf(user: LocalUser): LocalMfa[] {
  const factors = new Set([user.mfa ?? []].flat());
  if (user.totpSecret !== undefined) factors.add('TOTP');
  return [...factors];
}

function attributesOf(user: LocalUser, factors: readonly LocalMfa[]): Attribute[] {
  const given = new Map(Object.entries(user.attributes ?? {}));
  if (factors.includes('SMS') && !given.has('phone_number')) given.set('phone_number', '+15555550100');
  const verified = user.unconfirmed === true ? 'false' : 'true';
  const hasEmail = given.has('email') || user.username.includes('@');
  if (hasEmail && !given.has('email_verified')) given.set('email_verified', verified);
  const hasPhone = given.has('phone_number') || /^\+\d+$/.test(user.username);
  if (hasPhone && !given.has('phone_number_verified')) given.set('phone_number_verified', verified);
  return Array.from(given, ([Name, Value]) => ({ Name, Value }));
}
