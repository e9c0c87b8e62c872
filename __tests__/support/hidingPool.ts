/** A pool that hides who exists, with a user of each kind, and a clock of its own. */
import { startUserPool } from '../../src/local/userPool';
import type { LocalUserPool } from '../../src/local/userPool';
import { adminCall, call } from './userPoolHarness';

export const PASSWORD = 'Passw0rd!';

export let pool: LocalUserPool;
let time = Date.now();
export async function start(): Promise<void> {
  pool = await startUserPool({
    now: () => time,
    preventUserExistenceErrors: true,
    customChallenge: { parameters: { question: '1 + 1' }, verify: (answer) => answer === '2', attempts: 2 },
    users: [
      { username: 'user@example.com', password: PASSWORD },
      { username: '+15555550123', password: PASSWORD },
      { username: 'plain', password: PASSWORD, attributes: { email: 'plain@example.com' } },
      { username: 'bare', password: PASSWORD },
      { username: 'temporary@example.com', password: PASSWORD, mustChangePassword: true },
      { username: 'unconfirmed@example.com', password: PASSWORD, unconfirmed: true },
      { username: 'disabled@example.com', password: PASSWORD },
    ],
  });
  await adminCall(pool, 'AdminDisableUser', { UserPoolId: pool.userPoolId, Username: 'disabled@example.com' });
}

/** Moves the clock of the pools on. */
export function pass(milliseconds: number): void {
  time += milliseconds;
}

export const initiate = (AuthFlow: string, AuthParameters: object) =>
  call(pool, 'InitiateAuth', { AuthFlow, ClientId: pool.clientId, AuthParameters });
export const named = (operation: string, Username: string, more: object = {}) =>
  call(pool, operation, { ClientId: pool.clientId, Username, ...more });
