/** A pool with accounts of each kind, for tests of what users do with their own. */
import { startUserPool } from '../../src/local/userPool';
import type { LocalUserPool, UserPoolOptions } from '../../src/local/userPool';

export { HOUR } from './clocks';
export const PASSWORD = 'Passw0rd!';
export const NEW_PASSWORD = 'N3w-Passw0rd';
export const WRONG_CODE = 'CodeMismatchException: Invalid verification code provided, please try again.';
export const OLD_CODE = 'ExpiredCodeException: Invalid code provided, please request a code again.';

export const startAccounts = (options: Pick<UserPoolOptions, 'now' | 'onCode'>) =>
  startUserPool({
    ...options,
    users: [
      { username: 'user@example.com', password: PASSWORD, attributes: { 'custom:plan': 'free' } },
      { username: 'plain', password: PASSWORD },
      { username: 'unconfirmed@example.com', password: PASSWORD, unconfirmed: true },
      { username: 'temporary@example.com', password: PASSWORD, mustChangePassword: true },
    ],
  });

/** The latest code that was sent to a user. */
export const lastCode = (pool: LocalUserPool, username: string): string => pool.codes(username).at(-1)!.code;

export const another = (code: string): string => (code === '123456' ? '654321' : '123456');
