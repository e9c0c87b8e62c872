/** Checks the options of a local user pool. None of the errors shows a password or a secret. */
import { checkOptions } from '../../util/index.js';
import { checkPort } from '../options/index.js';
import { isAttributeName } from './attributes.js';
import { userPoolOptionError } from './errors.js';
import { isTotpSecret } from './totp.js';
import type {
  AuthFlow,
  CustomChallenge,
  FirstFactor,
  LocalUser,
  PasskeyOptions,
  PasswordPolicy,
  UserPoolOptions,
} from './types.js';

/** The names of the options of {@link UserPoolOptions}. */
export const USER_POOL_OPTIONS = [
  'users',
  'port',
  'region',
  'userPoolId',
  'clientId',
  'now',
  'tokenLifetimeSeconds',
  'refreshTokenLifetimeSeconds',
  'mfa',
  'passwordPolicy',
  'authFlows',
  'firstFactors',
  'passkeys',
  'refreshTokenRotation',
  'customChallenge',
  'customAttributes',
  'preventUserExistenceErrors',
  'onCode',
  'onError',
] as const satisfies readonly (keyof UserPoolOptions)[];

const USER_OPTIONS: readonly (keyof LocalUser)[] = [
  'username',
  'password',
  'attributes',
  'mfa',
  'totpSecret',
  'mustChangePassword',
  'unconfirmed',
  'customChallenge',
];

const AUTH_FLOWS: readonly unknown[] = [
  'USER_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'USER_AUTH',
  'CUSTOM_AUTH',
  'REFRESH_TOKEN_AUTH',
] satisfies AuthFlow[];

const POLICY_OPTIONS: readonly (keyof PasswordPolicy)[] = [
  'minimumLength',
  'requireUppercase',
  'requireLowercase',
  'requireNumbers',
  'requireSymbols',
];

const CHALLENGE_OPTIONS: readonly (keyof CustomChallenge)[] = ['parameters', 'verify', 'attempts'];

/**
 * Checks the options before anything is started.
 * @throws UserPoolError `InvalidOption` naming the option, what was expected and what came
 */
export function checkUserPoolOptions(options: UserPoolOptions): void {
  check(options, USER_POOL_OPTIONS);
  checkPort(options.port, 'port', userPoolOptionError);
  check(options.passwordPolicy, POLICY_OPTIONS, 'passwordPolicy');
  check(options.customChallenge, CHALLENGE_OPTIONS, 'customChallenge');
  const { users = [], region = 'us-east-1', userPoolId, clientId } = options;
  expect(/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region), 'region', 'a region such as us-east-1', region);
  expect(
    userPoolId === undefined || (/^[\w-]+_[0-9a-zA-Z]{1,44}$/.test(userPoolId) && userPoolId.startsWith(`${region}_`)),
    'userPoolId',
    `${region}_ and letters or digits`,
    userPoolId,
  );
  expect(clientId === undefined || /^[\w+]{1,128}$/.test(clientId), 'clientId', 'letters and digits', clientId);
  for (const name of ['tokenLifetimeSeconds', 'refreshTokenLifetimeSeconds'] as const) {
    const seconds = options[name];
    const isValid = seconds === undefined || (Number.isInteger(seconds) && seconds > 0);
    expect(isValid, name, 'a whole number of seconds, 1 or more', seconds);
  }
  checkRotation(options);
  checkFirstFactors(options);
  const { customAttributes = [] } = options;
  expect(Array.isArray(customAttributes), 'customAttributes', 'a list', customAttributes);
  for (const name of customAttributes as readonly unknown[]) {
    const isCustom = typeof name === 'string' && name.startsWith('custom:') && isAttributeName(name);
    expect(isCustom, 'customAttributes', 'names that begin with custom:', name);
  }
  expect([undefined, 'OFF', 'OPTIONAL', 'ON'].includes(options.mfa), 'mfa', 'OFF, OPTIONAL or ON', options.mfa);
  const { authFlows, preventUserExistenceErrors: hides, onCode, onError } = options;
  checkList(authFlows, AUTH_FLOWS, 'authFlows');
  expect(hides === undefined || typeof hides === 'boolean', 'preventUserExistenceErrors', 'true or false', hides);
  for (const [name, given] of Object.entries({ onCode, onError })) {
    expect(given === undefined || typeof given === 'function', name, 'a function', given);
  }
  expect(Array.isArray(users), 'users', 'a list', users);
  users.forEach(checkUser);
  const names = users.map(({ username }) => username.toLowerCase());
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  expect(twice < 0, `users[${twice}].username`, 'a name that no earlier user has', names[twice]);
}

function checkRotation({ refreshTokenRotation: rotation = false, authFlows }: UserPoolOptions): void {
  if (typeof rotation !== 'boolean') check(rotation, ['graceSeconds'], 'refreshTokenRotation');
  const { graceSeconds = 0 } = Object(rotation) as Exclude<typeof rotation, boolean>;
  const isGrace = Number.isInteger(graceSeconds) && graceSeconds >= 0 && graceSeconds <= 60;
  expect(isGrace, 'refreshTokenRotation.graceSeconds', 'a whole number of seconds, 0 to 60', graceSeconds);
  const isAllowed = rotation === false || authFlows?.includes('REFRESH_TOKEN_AUTH') !== true;
  expect(isAllowed, 'authFlows', 'no REFRESH_TOKEN_AUTH together with refreshTokenRotation', authFlows);
}

const FIRST_FACTORS: readonly unknown[] = ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] satisfies FirstFactor[];

function checkFirstFactors({ firstFactors, passkeys }: UserPoolOptions): void {
  checkList(firstFactors, FIRST_FACTORS, 'firstFactors');
  check(passkeys, ['relyingPartyId', 'userVerification'] satisfies (keyof PasskeyOptions)[], 'passkeys');
  const { relyingPartyId, userVerification } = passkeys ?? {};
  const isDomain = relyingPartyId === undefined || /^[a-z\d-]+(\.[a-z\d-]+)*$/.test(relyingPartyId);
  expect(isDomain, 'passkeys.relyingPartyId', 'a host name', relyingPartyId);
  const isKnown = [undefined, 'required', 'preferred'].includes(userVerification);
  expect(isKnown, 'passkeys.userVerification', 'required or preferred', userVerification);
}

function checkUser(user: LocalUser, index: number): void {
  const at = `users[${index}]`;
  checkOptions(user, USER_OPTIONS, userPoolOptionError, at);
  check(user.customChallenge, CHALLENGE_OPTIONS, `${at}.customChallenge`);
  const { username, password, mfa, totpSecret } = user;
  expect(
    typeof username === 'string' && /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(username),
    `${at}.username`,
    '1 to 128 characters without spaces',
    username,
  );
  const length = typeof password === 'string' ? password.length : 0;
  expect(length >= 1 && length <= 256, `${at}.password`, 'a text of 1 to 256 characters', password);
  const other = [mfa ?? []].flat().find((factor) => !['SMS', 'TOTP', 'EMAIL'].includes(factor));
  expect(other === undefined, `${at}.mfa`, 'SMS, TOTP, EMAIL or a list of them', other);
  expect(
    totpSecret === undefined || isTotpSecret(totpSecret),
    `${at}.totpSecret`,
    'at least 16 characters of A-Z and 2-7',
    totpSecret,
  );
  for (const [name, value] of Object.entries(user.attributes ?? {}) as [string, unknown][]) {
    expect(isAttributeName(name), `${at}.attributes`, 'standard names, or custom: and a name', name);
    expect(typeof value === 'string', `${at}.attributes.${name}`, 'a text', value);
  }
}

/** Refuses anything but a list of these values, and names the first that is not one of them. */
function checkList(given: unknown, known: readonly unknown[], option: string): void {
  if (given === undefined) return;
  const other = Array.isArray(given) ? given.findIndex((one) => !known.includes(one)) : 0;
  expect(other < 0, option, `a list of ${known.join(', ')}`, Array.isArray(given) ? given[other] : given);
}

/** Refuses options that are not known, where any are given. */
function check(options: unknown, known: readonly string[], place?: string): void {
  if (options !== undefined) checkOptions(options, known, userPoolOptionError, place);
}

function expect(holds: boolean, option: string, expected: string, came: unknown): void {
  if (!holds) throw userPoolOptionError(option, expected, came);
}
