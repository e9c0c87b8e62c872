/** Whether the app client allows the flows that the app logs in with. */
import { parametersOf } from '../pools.js';
import type { UserPool } from '../pools.js';
import { fault, ok, skipped } from '../types.js';
import type { Check, Finding } from '../types.js';
import { readFlow } from './flow.js';

export const flows: Check = {
  name: 'login flows',
  run: async ({ pools, flows: used }) => {
    if (!pools) return [skipped('no configuration names an app client')];
    return Promise.all(used.map((flow) => lookAt(pools.userPool, flow)));
  },
};

async function lookAt({ id, clientId, region, initiateAuth }: UserPool, flow: string): Promise<Finding> {
  const answer = await initiateAuth(flow, parametersOf(flow));
  const verdict = readFlow(answer);
  if (verdict === 'allowed') return ok(`${flow} is allowed`);
  if (verdict === 'unclear') return skipped(`${flow}: the pool answered ${answer.code} ${answer.message}`);
  if (verdict !== 'not allowed') return skipped(`${flow}: the app client cannot be used`);
  return fault('FlowNotAllowed', `app client ${clientId} does not allow ${flow}`, {
    where: `Cognito → User pools → ${id} → App clients → ${clientId} → Edit → Authentication flows: ALLOW_${flow}`,
    command:
      `aws cognito-idp update-user-pool-client --user-pool-id ${id} --client-id ${clientId} --explicit-auth-flows ALLOW_${flow} ALLOW_REFRESH_TOKEN_AUTH --region ${region}` +
      ' (state its other settings as well: those left out go back to their defaults)',
    template: `AWS::Cognito::UserPoolClient: { ExplicitAuthFlows: [ALLOW_${flow}, ALLOW_REFRESH_TOKEN_AUTH] }`,
  });
}
