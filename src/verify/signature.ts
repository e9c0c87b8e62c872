/** Checks the signature itself, and the payload hash that it covers. */
import {
  calculateSignature,
  CONTENT_HASH,
  createCanonicalRequest,
  createStringToSign,
  deriveSigningKey,
  SCOPE_TERMINATOR,
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
import type { Refused, VerifyCredentials } from './types.js';
import { headerValues } from './wire.js';
import type { Wire } from './wire.js';

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

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
  const isS3 = service === 's3';
  const isUnsignedByDefault = isS3 && claim.place === 'query';
  const stated = headerValues(wire, CONTENT_HASH)[0] ?? (isUnsignedByDefault ? UNSIGNED_PAYLOAD : undefined);
  const mayBeUnsigned = rules.allowUnsignedPayload ?? isS3;
  const { secretAccessKey } = found; // before the wait: the caller's object may change
  const isUnsigned = stated === UNSIGNED_PAYLOAD && mayBeUnsigned;
  const payloadHash = isUnsigned ? UNSIGNED_PAYLOAD : await hashBody(wire.body ?? '');
  const signingKey = deriveSigningKey({ secretAccessKey, date, region, service });

  const compute = (signedQuery: Pair[]): Computed => {
    const canonicalRequest = createCanonicalRequest({
      method: wire.method,
      path,
      query: signedQuery,
      headers: signedHeaderPairs(claim, wire),
      payloadHash,
      normalizePath: false, // it is resolved already
      doubleEncodePath: rules.doubleEncodePath ?? !isS3,
    });
    const credentialScope = `${date}/${region}/${service}/${SCOPE_TERMINATOR}`;
    return { canonicalRequest, stringToSign: createStringToSign({ amzDate, credentialScope, canonicalRequest }) };
  };
  const isSigned = ({ stringToSign }: Computed): boolean =>
    equalInConstantTime(claim.signature, calculateSignature(signingKey, stringToSign));

  const signed = wire.query.map(({ pair }) => pair).filter(([name]) => name !== 'X-Amz-Signature');
  const computed = compute(signed);
  if (stated === UNSIGNED_PAYLOAD && !mayBeUnsigned) {
    return refuse('UnsignedPayload', 'The payload must be signed: UNSIGNED-PAYLOAD is not accepted here.', computed);
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
  return refuse('SignatureMismatch', MISMATCH, computed);
}

/** The headers that the claim says are signed. One that is missing is empty, as AWS has it. */
function signedHeaderPairs(claim: Claim, wire: Wire): Pair[] {
  return claim.signedHeaders.flatMap((name) => {
    const values = headerValues(wire, name);
    return (values.length > 0 ? values : ['']).map((value): Pair => [name, value]);
  });
}
