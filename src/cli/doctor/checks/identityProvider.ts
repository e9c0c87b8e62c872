/** Whether the identity pool exists, and takes the tokens of this user pool and app client. */
import type { Answer } from '../prober.js';
import { unprovenToken } from '../pools.js';
import type { IdentityPool, UserPool } from '../pools.js';
import type { Subject } from '../subject.js';
import { fault, ok, skipped } from '../types.js';
import type { Check, Finding } from '../types.js';
import { tokenOf } from './userToken.js';

export const identityProvider: Check = {
  name: 'identity pool',
  run: async ({ pools, signer }: Subject) => {
    if (!pools) return [skipped('no configuration names one')];
    const { userPool, identityPool } = pools;
    const own = await tokenOf(signer);
    const token = own ?? unprovenToken(issuerOf(await userPool.describe()), userPool.clientId);
    const answer = await identityPool.getId({ [userPool.provider]: token });
    return [verdictOf(answer, own !== undefined, userPool, identityPool)];
  },
};

/** An unproven token must be refused, and only for its signature. */
function verdictOf(answer: Answer, isProven: boolean, userPool: UserPool, identityPool: IdentityPool): Finding {
  const { status, code, message } = answer;
  const { id, region } = identityPool;
  const takes = ok(`${id} takes the tokens of the user pool and the app client`);
  if (status === 200) return takes;
  if (code === 'ResourceNotFoundException') {
    return fault('IdentityPoolNotFound', `there is no identity pool ${id} in ${region}`, {
      where: 'Cognito → Identity pools shows the ids; one goes to cognito.IDENTITY_POOL_ID',
      command: `aws cognito-identity list-identity-pools --max-results 60 --region ${region}`,
    });
  }
  if (/not from a supported provider/i.test(message)) return providerMissing(userPool, identityPool);
  if (isProven) return fault('TokenRefused', `${id} refuses the user's token: ${message}`, { where: consolePath(id) });
  return /verify signed token/i.test(message)
    ? takes
    : skipped(`it answered ${code} ${message}; with --user it can be told`);
}

function providerMissing({ provider, clientId }: UserPool, { id, region }: IdentityPool): Finding {
  return fault(
    'ProviderMissing',
    `identity pool ${id} does not take tokens of ${provider} for app client ${clientId}`,
    {
      where: `${consolePath(id)} → Add identity provider → Amazon Cognito user pool: this user pool and this app client`,
      command:
        `aws cognito-identity update-identity-pool --identity-pool-id ${id} --identity-pool-name NAME --no-allow-unauthenticated-identities ` +
        `--cognito-identity-providers ProviderName=${provider},ClientId=${clientId},ServerSideTokenCheck=false --region ${region} (all of its settings are set anew)`,
      template: `AWS::Cognito::IdentityPool: { CognitoIdentityProviders: [{ ProviderName: ${provider}, ClientId: ${clientId} }] }`,
    },
  );
}

const consolePath = (id: string): string => `Cognito → Identity pools → ${id} → User access → Identity providers`;

function issuerOf({ body }: Answer): string {
  try {
    return String((JSON.parse(body) as { issuer?: unknown }).issuer);
  } catch {
    return ''; // the check of the user pool says what is wrong with it
  }
}
