/** Whether the user can log in. */
import { fault, ok, skipped } from '../types.js';
import type { Check } from '../types.js';

export const login: Check = {
  name: 'login',
  run: ({ signer, pools }) => {
    if (signer.kind === 'user') return Promise.resolve([ok('the user is logged in')]);
    if (signer.kind !== 'refused') return Promise.resolve([skipped('no --user')]);
    const { username, reason } = signer;
    const where = `Cognito → User pools → ${pools?.userPool.id ?? 'your pool'} → Users → ${username}: its status, password and second factor`;
    return Promise.resolve([fault('LoginRefused', reason, { where })]);
  },
};
