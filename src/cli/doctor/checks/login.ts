/** Whether the user can log in. */
import { fault, ok, skipped } from '../types.js';
import type { Check } from '../types.js';

export const login: Check = {
  name: 'login',
  run: ({ signer, pools }) => {
    if (signer.kind === 'user') return Promise.resolve([ok('the user is logged in')]);
    if (signer.kind !== 'refused') return Promise.resolve([skipped('no --user')]);
    const { username, reason, isMisconfigured } = signer;
    const where = isMisconfigured
      ? 'the configuration, as the checks of the user pool and the app client say'
      : `Cognito → User pools → ${pools?.userPool.id ?? 'your pool'} → Users → ${username}: its status, password and second factor`;
    return Promise.resolve([fault('LoginRefused', reason, { where })]);
  },
};
