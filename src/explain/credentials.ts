/** Keys and tokens that the gateway does not take, and scopes for another gateway. */
import { change, quote } from './difference.js';
import { authorizationChanged, combine } from './mismatch.js';
import type { Answer } from './refusal.js';
import type { Signed } from './signed.js';
import type { Explanation } from './types.js';

/** Explains a refusal of the access key id or the session token. */
export function explainToken({ message, type }: Answer, signed: Signed): Explanation | undefined {
  if (/security token included in the request is expired/i.test(message) || type.startsWith('ExpiredToken')) {
    return {
      code: 'TokenExpired',
      cause: 'The temporary credentials that the request was signed with have expired.',
      difference: 'the credentials: their session token is past its expiration',
      advice:
        signed.place === 'query'
          ? 'Make a new URL with fresh credentials: a presigned URL ends with the credentials it was made with, whatever its expiresIn.'
          : 'Get new credentials and sign again; better, get them anew a few minutes before their expiration. Give the client a provider function instead of fixed keys, so that it can.',
    };
  }
  const isInvalid =
    /security token included in the request is invalid|access key id you provided does not exist/i.test(message) ||
    /^(UnrecognizedClient|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken)/.test(type);
  return isInvalid ? invalidToken(signed) : undefined;
}

function invalidToken({ accessKeyId, hasToken, place }: Signed): Explanation {
  const kind = accessKeyId.slice(0, 4);
  const token = place === 'query' ? 'the query parameter X-Amz-Security-Token' : 'the header x-amz-security-token';
  if (kind === 'ASIA' && !hasToken) {
    return {
      code: 'TokenMissing',
      cause:
        'The access key id begins with ASIA: it belongs to temporary credentials, which only count together with their session token, and the request has none.',
      difference: `${token}: missing in what was signed`,
      advice:
        'Pass sessionToken along with accessKey and secretKey (in AWS.config.credentials and in GetCredentialsForIdentity it is called sessionToken or SessionToken).',
    };
  }
  if (kind === 'AKIA' && hasToken) {
    return {
      code: 'TokenInvalid',
      cause:
        'The access key id begins with AKIA: a long-term key, which has no session token. Yet one was sent, from other credentials.',
      difference: `${token}: sent, but it does not belong to the access key id`,
      advice:
        'Take access key id, secret access key and session token from the same credentials; with a long-term key leave sessionToken away.',
    };
  }
  if (!hasToken) {
    return {
      code: 'UnknownAccessKey',
      cause:
        'The gateway does not know the access key id: it is mistyped, deleted or inactive, or belongs to another partition (China, GovCloud) or to a local AWS.',
      difference: 'the access key id: unknown to the gateway',
      advice:
        'Check the key in IAM (Security credentials). If it is of temporary credentials, pass their sessionToken as well.',
    };
  }
  return {
    code: 'TokenInvalid',
    cause:
      'The gateway does not take the session token together with this access key id. It does not say which of the two is wrong.',
    difference: `${token} or the access key id: not of the same credentials, unknown to this gateway, or changed or dropped on the way`,
    advice:
      'Take access key id, secret access key and session token from the same credentials, at the same moment, and of the account and partition that the gateway is in. If they are, look whether a proxy or CDN drops or cuts x-amz-security-token (it is often longer than 1,000 characters). Credentials of a local AWS do not work on AWS, nor the other way round.',
  };
}

const REGION = /scoped to a valid region(?:, not '([^']*)')?/i;
const SERVICE = /scoped to correct service(?:: '([^']*)')?/i;
const TERMINATOR = /scoped with a valid terminator/i;
const SCOPE_DATE = /Date in Credential scope does not match[^:]*(?:: '(\d*)' != '(\d*)')?/i;
const REGION_IN_HOST = /\.([a-z]{2}(?:-[a-z]+)+-\d)\.(?:amazonaws\.com|on\.aws|api\.aws)/;

/** Explains a refusal of the credential scope. */
export function explainScope({ message }: Answer, signed: Signed): Explanation | undefined {
  const region = REGION.exec(message);
  const service = SERVICE.exec(message);
  const scopeDate = SCOPE_DATE.exec(message);
  if (!region && !service && !scopeDate && !TERMINATOR.test(message)) return undefined;

  if (region?.[1] !== undefined && signed.region !== '' && region[1] !== signed.region) {
    const what = `signed with the region ${quote(signed.region)}, arrived with ${quote(region[1])}`;
    return combine([authorizationChanged('the credential scope', what)]);
  }
  const differences: string[] = [];
  const advice: string[] = [];
  if (region) {
    const named = REGION_IN_HOST.exec(signed.url?.hostname ?? '')?.[1];
    const given = region[1] ?? signed.region;
    const isOther = named !== undefined && named !== given;
    differences.push(
      `the region in the credential scope: signed for ${quote(given)}${isOther ? `, but the host is in ${quote(named)}` : ", which is not the gateway's"}`,
    );
    advice.push(
      isOther
        ? `Pass region: '${named}'.`
        : 'Pass the region that the API is deployed in as region: it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.',
    );
  }
  if (service) {
    const wanted = service[1] ?? 'execute-api';
    differences.push(
      `the service in the credential scope: signed for ${quote(signed.service)}, wanted is ${quote(wanted)}`,
    );
    advice.push(
      signed.service === wanted
        ? 'The service is the right one; the gateway did not know the host as its own: check the custom domain name and the Host header that arrives.'
        : `Pass serviceName: '${wanted}'.`,
    );
  }
  if (scopeDate) {
    const [, given = signed.scope.slice(0, 8), wanted = signed.amzDate.slice(0, 8)] = scopeDate;
    differences.push(
      `the date in the credential scope: ${change(given, wanted).replace('signed as', 'scope of').replace('arrived as', 'but x-amz-date is of')}`,
    );
    advice.push('Take the date of the scope from x-amz-date: both are UTC, and both are made anew for each signature.');
  }
  if (TERMINATOR.test(message)) {
    differences.push('the end of the credential scope: it has to be "aws4_request"');
    advice.push('End the credential scope with /aws4_request.');
  }
  const wrong = [...(region ? ['region'] : []), ...(service ? ['service'] : [])];
  return {
    code: region ? 'WrongRegion' : service ? 'WrongService' : 'WrongScope',
    cause:
      wrong.length > 0
        ? `The request was signed for another ${wrong.join(' and another ')} than the gateway's.`
        : 'The credential scope is not one that the gateway takes.',
    difference: differences.join('\n'),
    advice: advice.join('\n'),
  };
}
