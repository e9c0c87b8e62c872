/** Refusals of the access key id or the session token. */
import type { Explanation } from '../../util/index.js';
import type { Answer, Signed } from '../read/index.js';

const INVALID = /security token included in the request is invalid|access key id you provided does not exist/i;
const INVALID_TYPES = /^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken)$/;

/**
 * Explains a refusal of the access key id or the session token.
 * @returns `undefined` where it is about something else.
 */
export function explainCredentials({ message, type }: Answer, signed: Signed): Explanation | undefined {
  if (message.includes('security token included in the request is expired') || type === 'ExpiredToken')
    return tokenExpired(signed);
  return INVALID.test(message) || INVALID_TYPES.test(type) ? invalidCredentials(signed) : undefined;
}

function tokenExpired({ place }: Signed): Explanation {
  return {
    code: 'TokenExpired',
    cause: 'The temporary credentials that the request was signed with have expired.',
    difference: 'the credentials: their session token is past its expiration',
    advice:
      place === 'query'
        ? 'Make a new URL with fresh credentials: a presigned URL ends with the credentials it was made with, whatever its expiresIn.'
        : 'Get new credentials and sign again; better, get them anew a few minutes before their expiration: createSignedFetch, signAxios and createApig take a function as credentials, in place of fixed keys, which can.',
  };
}

/** Explains keys that are not valid. An access key id of temporary credentials begins with `ASIA`, a long-term one with `AKIA`. */
function invalidCredentials({ accessKeyId, hasToken, place }: Signed): Explanation {
  const kind = accessKeyId.slice(0, 4);
  const token = place === 'query' ? 'the query parameter X-Amz-Security-Token' : 'the header x-amz-security-token';
  if (kind === 'ASIA' && !hasToken) return tokenMissing(token);
  if (kind === 'AKIA' && hasToken) return tokenOfOthers(token);
  return hasToken ? tokenInvalid(token) : unknownAccessKey();
}

function tokenMissing(token: string): Explanation {
  return {
    code: 'TokenMissing',
    cause:
      'The access key id begins with ASIA: it belongs to temporary credentials, which only count together with their session token, and the request has none.',
    difference: `${token}: missing in what was signed`,
    advice:
      'Pass the session token together with the two keys, as sessionToken (AWS.config.credentials calls it sessionToken too, GetCredentialsForIdentity SessionToken, and the environment AWS_SESSION_TOKEN).',
  };
}

function tokenOfOthers(token: string): Explanation {
  return {
    code: 'TokenInvalid',
    cause:
      'The access key id begins with AKIA: a long-term key, which has no session token. Yet one was sent, from other credentials.',
    difference: `${token}: sent, but it does not belong to the access key id`,
    advice:
      'Take access key id, secret access key and session token from the same credentials; with a long-term key leave sessionToken away.',
  };
}

function unknownAccessKey(): Explanation {
  return {
    code: 'UnknownAccessKey',
    cause:
      'The gateway does not know the access key id: it is mistyped, deleted or inactive, or belongs to another partition (China, GovCloud) or to a local AWS.',
    difference: 'the access key id: unknown to the gateway',
    advice:
      'Check the key in IAM (Security credentials). If it is of temporary credentials, pass their sessionToken as well.',
  };
}

function tokenInvalid(token: string): Explanation {
  return {
    code: 'TokenInvalid',
    cause:
      'The gateway does not take the session token together with this access key id. It does not say which of the two is wrong.',
    difference: `${token} or the access key id: not of the same credentials, unknown to this gateway, or changed or dropped on the way`,
    advice:
      'Take access key id, secret access key and session token from the same credentials, at the same moment, and of the account and partition that the gateway is in. If they are, look whether a proxy or CDN drops or cuts x-amz-security-token (it is often longer than 1,000 characters). Credentials of a local AWS do not work on AWS, nor the other way round.',
  };
}
