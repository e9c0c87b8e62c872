/** Whether users and guests have a role, and may assume it. */
import type { Answer } from '../prober.js';
import type { IdentityPool } from '../pools.js';
import { fault, ok, skipped } from '../types.js';
import type { Check, Finding } from '../types.js';
import { tokenOf } from './userToken.js';

export const userRole: Check = {
  name: 'role of users',
  run: async ({ pools, signer }) => {
    if (!pools) return [skipped('no configuration names an identity pool')];
    const token = await tokenOf(signer);
    if (token === undefined) return [skipped('only a user can be given credentials: --user')];
    const logins = { [pools.userPool.provider]: token };
    return lookAt(pools.identityPool, logins, await pools.identityPool.getId(logins), 'authenticated');
  },
};

export const guestRole: Check = {
  name: 'role of guests',
  run: async ({ pools, signer }) => {
    if (!pools) return [skipped('no configuration names an identity pool')];
    const { id, region, getId } = pools.identityPool;
    const answer = await getId({});
    if (!/access is not supported/i.test(answer.message)) {
      return lookAt(pools.identityPool, {}, answer, 'unauthenticated');
    }
    if (signer.kind !== 'guest') return [ok('the pool has no guests')];
    return [
      fault('GuestsNotAllowed', `identity pool ${id} gives guests no identity`, {
        where: `Cognito → Identity pools → ${id} → User access → Guest access → Active`,
        command: `aws cognito-identity update-identity-pool --identity-pool-id ${id} --identity-pool-name NAME --allow-unauthenticated-identities --region ${region} (all of its settings are set anew)`,
        template: 'AWS::Cognito::IdentityPool: { AllowUnauthenticatedIdentities: true }',
      }),
    ];
  },
};

type Kind = 'authenticated' | 'unauthenticated';

async function lookAt(
  pool: IdentityPool,
  logins: Readonly<Record<string, string>>,
  identity: Answer,
  kind: Kind,
): Promise<Finding[]> {
  if (identity.status !== 200) return [skipped('the identity pool gives no identity')];
  const { IdentityId } = JSON.parse(identity.body) as { IdentityId: string };
  const { status, code, message } = await pool.getCredentials(IdentityId, logins);
  const who = kind === 'authenticated' ? 'users' : 'guests';
  if (status === 200) return [ok(`${who} get credentials`)];
  if (code !== 'InvalidIdentityPoolConfigurationException') {
    return [fault('CredentialsRefused', `${who} get no credentials: ${message}`, { where: consolePath(pool, kind) })];
  }
  return [roleMissing(pool, kind, who)];
}

function roleMissing(pool: IdentityPool, kind: Kind, who: string): Finding {
  const { id, region } = pool;
  return fault(
    'RoleMissing',
    `identity pool ${id} has no role for ${who}, or the role's trust policy does not let the pool take it`,
    {
      where:
        `${consolePath(pool, kind)}. IAM → Roles → the role → Trust relationships: sts:AssumeRoleWithWebIdentity for cognito-identity.amazonaws.com, ` +
        `where cognito-identity.amazonaws.com:aud is ${id} and :amr has '${kind}'`,
      command: `aws cognito-identity set-identity-pool-roles --identity-pool-id ${id} --roles ${kind}=ROLE_ARN --region ${region} (name the other role as well)`,
      template: `AWS::Cognito::IdentityPoolRoleAttachment: { IdentityPoolId: ${id}, Roles: { ${kind}: ROLE_ARN } }`,
    },
  );
}

function consolePath({ id }: IdentityPool, kind: Kind): string {
  const access = kind === 'authenticated' ? 'Authenticated access' : 'Guest access';
  return `Cognito → Identity pools → ${id} → User access → ${access} → Role`;
}
