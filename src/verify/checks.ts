/** The checks of a claim that need no key, and those of the credentials. Each gives a refusal, or `undefined`. */
import { LAST_TIME, SCOPE_TERMINATOR, toAmzDate } from '../sigv4/index.js';
import { MAX_SKEW, timeOf } from '../util/index.js';
import { TOKEN_HEADER } from './claim.js';
import type { Claim } from './claim.js';
import { checkFound } from './options.js';
import { INVALID_TOKEN, refuse } from './refusal.js';
import type { Refused, RefusalCode, VerifyCredentials, VerifyOptions } from './types.js';
import type { Wire } from './wire.js';

/** The options that say what is expected. */
export type Rules = Omit<VerifyOptions, 'credentials'>;

/**
 * Checks that the request is neither too old nor from the future.
 * @param now The server's time, in milliseconds since 1970.
 */
export function checkTime(claim: Claim, now: number, rules: Rules): Refused | undefined {
  const skew = rules.maxSkewSeconds ?? MAX_SKEW / 1000;
  const lifetime = claim.expiresIn ?? skew;
  const earliest = Math.max(0, now - lifetime * 1000);
  if (claim.time < earliest && claim.amzDate !== toAmzDate(earliest)) {
    const limit = `${toAmzDate(earliest)} (${toAmzDate(now)} - ${span(lifetime)})`;
    return refuse('SignatureExpired', `Signature expired: ${claim.amzDate} is now earlier than ${limit}`);
  }
  const latest = Math.min(LAST_TIME, now + skew * 1000);
  if (claim.time > latest) {
    const limit = `${toAmzDate(latest)} (${toAmzDate(now)} + ${span(skew)})`;
    return refuse('SignatureNotYetCurrent', `Signature not yet current: ${claim.amzDate} is still later than ${limit}`);
  }
  return undefined;
}

function span(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min.` : `${seconds} sec.`;
}

/** Checks that the signature covers `host` and all of AWS's own headers. */
export function checkSignedHeaders(claim: Claim, wire: Wire, rules: Rules): Refused | undefined {
  const signed = new Set(claim.signedHeaders);
  if (!signed.has('host')) {
    return refuse('HeaderNotSigned', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const mayBeUnsigned = new Set((rules.unsignedHeaders ?? ['x-amz-cf-id']).map((name) => name.toLowerCase()));
  if (!rules.requireSignedSessionToken) mayBeUnsigned.add(TOKEN_HEADER);
  const names = [...wire.headers.keys()];
  const unsigned = names.find((name) => name.startsWith('x-amz-') && !signed.has(name) && !mayBeUnsigned.has(name));
  if (unsigned === undefined) return undefined;
  const text = `There were headers present in the request which were not signed: ${unsigned}`;
  return refuse('HeaderNotSigned', text);
}

/** Checks the credential scope against what is expected. The refusal names everything that is wrong with it. */
export function checkScope(claim: Claim, rules: Rules): Refused | undefined {
  const faults: [RefusalCode, string][] = [];
  if (rules.region !== undefined && claim.region !== rules.region) {
    faults.push(['RegionMismatch', `Credential should be scoped to a valid region, not '${claim.region}'. `]);
  }
  if (rules.service !== undefined && claim.service !== rules.service) {
    faults.push(['ServiceMismatch', `Credential should be scoped to correct service: '${rules.service}'. `]);
  }
  if (claim.terminator !== SCOPE_TERMINATOR) {
    const expected = `Credential should be scoped with a valid terminator: '${SCOPE_TERMINATOR}'`;
    faults.push(['TerminatorMismatch', `${expected}, not '${claim.terminator}'. `]);
  }
  const day = claim.amzDate.slice(0, 8);
  if (claim.scopeDate !== day) {
    const text = 'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP';
    faults.push(['ScopeDateMismatch', `${text}: '${claim.scopeDate}' != '${day}', from '${claim.amzDate}'.`]);
  }
  return faults[0] && refuse(faults[0][0], faults.map(([, text]) => text).join(''));
}

/**
 * Checks that the request has the session token of the credentials that were found, and that these have not expired.
 * @param now The server's time, in milliseconds since 1970.
 * @throws VerifyError `InvalidOption` where the lookup gave what cannot be used
 */
export function checkCredentials(claim: Claim, found: VerifyCredentials, now: number): Refused | undefined {
  const { secretAccessKey, sessionToken: expected, expiration } = found;
  checkFound({ secretAccessKey, sessionToken: expected, expiration });
  const given = claim.sessionToken;
  if ((given ?? '') !== '' || (expected ?? '') !== '') {
    // Constant time is not needed: a token is of no use without the secret key, which the signature proves.
    if (!given || given !== expected) {
      return refuse('InvalidSessionToken', INVALID_TOKEN);
    }
  }
  // Without an expiration this compares with NaN, which is never true.
  if (timeOf(expiration) <= now) {
    return refuse('CredentialsExpired', 'The security token included in the request is expired');
  }
  return undefined;
}
