/** Whether the app client exists, and has no secret. */
import { parametersOf } from '../pools.js';
import { fault, ok, skipped } from '../types.js';
import type { Check } from '../types.js';
import { readFlow } from './flow.js';

export const appClient: Check = {
  name: 'app client',
  run: async ({ pools, flows }) => {
    if (!pools) return [skipped('no configuration names one')];
    const { id, clientId, region, initiateAuth } = pools.userPool;
    const [flow] = flows;
    const answer = await initiateAuth(flow!, parametersOf(flow!));
    const verdict = readFlow(answer);
    if (verdict === 'no client') {
      return [
        fault('AppClientNotFound', `there is no app client ${clientId} in ${region}`, {
          where: `Cognito → User pools → ${id} → App clients shows the ids; one goes to cognito.APP_CLIENT_ID`,
          command: `aws cognito-idp list-user-pool-clients --user-pool-id ${id} --region ${region}`,
        }),
      ];
    }
    if (verdict === 'has a secret') {
      return [
        fault('AppClientHasSecret', `app client ${clientId} has a secret, which no page can keep`, {
          where: `Cognito → User pools → ${id} → App clients → Create app client → Single-page application; its id goes to cognito.APP_CLIENT_ID and to the identity pool's provider`,
          command: `aws cognito-idp create-user-pool-client --user-pool-id ${id} --client-name web --no-generate-secret --explicit-auth-flows ALLOW_USER_SRP_AUTH ALLOW_REFRESH_TOKEN_AUTH --region ${region}`,
          template: 'AWS::Cognito::UserPoolClient: { GenerateSecret: false } (a change makes a new client)',
        }),
      ];
    }
    return [ok(`${clientId} is there, without a secret`)];
  },
};
