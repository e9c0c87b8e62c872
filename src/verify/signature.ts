/** Checks the signature itself, and the payload hash that it covers. */
import {
  canonicalPath,
  canonicalQuery,
  CONTENT_HASH,
  createStringToSign,
  cryptoJsHash,
  joinCanonicalRequest,
  SCOPE_TERMINATOR,
  signedHeaderNames,
  sortPairs,
  UNSIGNED_PAYLOAD,
} from '../sigv4/index.js';
import type { Pair } from '../sigv4/index.js';
import { checkBody, hashBody } from './body.js';
import type { Rules } from './checks.js';
import { TOKEN_PARAMETER } from './claim.js';
import type { Claim } from './claim.js';
import { equalInConstantTime } from './constantTime.js';
import { refuse } from './refusal.js';
import type { Computed } from './refusal.js';
import { readsAsS3 } from './s3.js';
import { signingKeyOf } from './signingKeys.js';
import type { Refused, VerifyCredentials } from './types.js';
import { headerValues } from './wire.js';
import type { Wire } from './wire.js';

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

/** What stands for the hash of a payload that is not signed; the latter where it is sent in chunks with a checksum behind it. */
const UNSIGNED = [UNSIGNED_PAYLOAD, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'];

/**
 * Whether the request is what was signed, by whom has the secret.
 * @param path Of the request, as the service has it: resolved, but for S3.
 * @param found The credentials of the claim's access key id, checked.
 */
export async function checkSignature(
  claim: Claim,
  wire: Wire,
  path: string,
  found: VerifyCredentials,
  rules: Rules,
): Promise<Refused | undefined> {
  const { scopeDate: date, region, service, amzDate } = claim;
  const isS3 = readsAsS3(service);
  const isUnsignedByDefault = isS3 && claim.place === 'query';
  const stated = headerValues(wire, CONTENT_HASH)[0] ?? (isUnsignedByDefault ? UNSIGNED_PAYLOAD : undefined);
  const mayBeUnsigned = rules.allowUnsignedPayload ?? isS3;
  const { secretAccessKey } = found; // before the wait: the caller's object may change
  const { hash = cryptoJsHash } = rules;
  const isStatedUnsigned = stated !== undefined && UNSIGNED.includes(stated);
  const isUnsigned = isStatedUnsigned && mayBeUnsigned;
  const payloadHash = isUnsigned ? stated : await hashBody(wire.body ?? '', rules.hash);
  const signingKey = signingKeyOf(claim, secretAccessKey, hash);

  const canonical = canonicalPath(path, false, rules.doubleEncodePath ?? !isS3); // it is resolved already
  const headers = signedHeaders(claim, wire);
  const names = signedHeaderNames(headers);
  const compute = (signedQuery: Pair[]): Computed => {
    const query = canonicalQuery(signedQuery);
    const parts = { method: wire.method, query, headers, signedHeaders: names, payloadHash };
    const canonicalRequest = joinCanonicalRequest(canonical, parts);
    const credentialScope = `${date}/${region}/${service}/${SCOPE_TERMINATOR}`;
    return { canonicalRequest, stringToSign: createStringToSign({ amzDate, credentialScope, canonicalRequest }, hash) };
  };
  const isSigned = ({ stringToSign }: Computed): boolean => {
    const isEqual = equalInConstantTime(claim.signature, signingKey.sign(stringToSign));
    if (isEqual) signingKey.keep();
    return isEqual;
  };

  const signed = wire.query.map(({ pair }) => pair).filter(([name]) => name !== 'X-Amz-Signature');
  const computed = compute(signed);
  if (isStatedUnsigned && !mayBeUnsigned) {
    return refuse('UnsignedPayload', `The payload must be signed: ${stated} is not accepted here.`, computed);
  }
  if (stated !== undefined && stated !== payloadHash) {
    const text = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    return refuse('PayloadHashMismatch', text, computed);
  }
  const good = isUnsigned ? undefined : checkBody(wire);
  if (isSigned(computed)) return good;
  // Some clients add the token to a presigned URL after signing. Beside an Authorization header it is no token.
  const hasToken = claim.place === 'query' && claim.sessionToken !== undefined;
  const withoutToken = signed.filter(([name]) => name !== TOKEN_PARAMETER);
  const mayLackToken = hasToken && !rules.requireSignedSessionToken && withoutToken.length < signed.length;
  if (mayLackToken && isSigned(compute(withoutToken))) return good;
  if (good && wire.body === undefined) return good; // the likelier reason: nobody has read it
  return refuse('SignatureMismatch', MISMATCH, computed);
}

/** The headers that the claim says are signed, in their canonical form. One that is missing is empty, as AWS has it. */
function signedHeaders(claim: Claim, wire: Wire): Pair[] {
  return sortPairs(claim.signedHeaders.map((name): Pair => [name, headerValues(wire, name).join(',')]));
}
