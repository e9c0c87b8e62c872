/** Whether the user pool exists. */
import { fault, ok, skipped } from '../types.js';
import type { Check } from '../types.js';

export const userPool: Check = {
  name: 'user pool',
  run: async ({ pools }) => {
    if (!pools) return [skipped('no configuration names one')];
    const { id, region, describe } = pools.userPool;
    const { status, message } = await describe();
    if (status === 200) return [ok(`${id} is there`)];
    const said = message === '' ? `status ${status}` : message;
    return [
      fault('UserPoolNotFound', `there is no user pool ${id} in ${region} (${said})`, {
        where: 'Cognito → User pools → your pool → Overview shows its id; it goes to cognito.USER_POOL_ID',
        command: `aws cognito-idp list-user-pools --max-results 60 --region ${region}`,
      }),
    ];
  },
};
