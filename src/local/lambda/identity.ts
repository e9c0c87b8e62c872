/** The caller as events tell it: a role of IAM, and the identity of an identity pool that assumed it. */
import { createHash } from 'node:crypto';
import type { ApiCaller } from '../apiGateway/index.js';
import { awsId } from '../credentials/index.js';

/** A caller, as IAM and Cognito name it. */
interface IamCaller {
  /** The account of the role. */
  readonly accountId: string;
  /** The role's unique id and the session's name: `AROA…:CognitoIdentityCredentials`. */
  readonly principalId: string;
  /** How the identity was authenticated: `authenticated` or `unauthenticated`, then providers and logins. */
  readonly amr: readonly string[];
}

/** Reads a caller from `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. IAM's id of the role is made of its name, and so is always the same. */
function readCaller({ userArn, amr, authenticated }: ApiCaller): IamCaller {
  const [, , , , accountId = '', resource = ''] = userArn.split(':');
  const [, role = '', session = ''] = resource.split('/');
  const digest = createHash('sha256').update(`${accountId}/${role}`).digest().subarray(0, 17);
  return {
    accountId,
    principalId: `${awsId('AROA', digest)}:${session}`,
    amr: amr ?? [authenticated ? 'authenticated' : 'unauthenticated'],
  };
}

/**
 * `requestContext.identity` of REST APIs.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 * @param caller Who called.
 * @param sourceIp From where.
 * @param userAgent By what; `null` where it does not say.
 * @returns Its fields; those of Cognito are `null` where the credentials come from no identity pool.
 */
export function restIdentity(caller: ApiCaller, sourceIp: string, userAgent: string | null) {
  const { accountId, principalId, amr } = readCaller(caller);
  const [type, ...logins] = amr;
  return {
    cognitoIdentityPoolId: caller.identityPoolId ?? null,
    accountId,
    cognitoIdentityId: caller.identityId,
    caller: principalId,
    sourceIp,
    principalOrgId: null,
    accessKey: caller.accessKeyId,
    cognitoAuthenticationType: type ?? null,
    cognitoAuthenticationProvider: logins.length === 0 ? null : logins.join(','),
    userArn: caller.userArn,
    userAgent,
    user: principalId,
  };
}

/**
 * `requestContext.authorizer.iam` of HTTP APIs and function URLs.
 * @param caller Who called.
 * @param withIdentity Whether it tells the identity of the identity pool, which function URLs do not.
 * @returns Its fields.
 */
export function iamAuthorizer(caller: ApiCaller, withIdentity: boolean) {
  const { accountId, principalId, amr } = readCaller(caller);
  const { identityId, identityPoolId = null } = caller;
  return {
    accessKey: caller.accessKeyId,
    accountId,
    callerId: principalId,
    cognitoIdentity: withIdentity ? { amr: [...amr], identityId, identityPoolId } : null,
    principalOrgId: null,
    userArn: caller.userArn,
    userId: principalId,
  };
}
