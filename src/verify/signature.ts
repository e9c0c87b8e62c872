/** Checks the signature itself, and the payload hash that it covers. */
import { digestBody } from '../hash/web.js';
import {
  canonicalPath,
  canonicalQuery,
  CONTENT_HASH,
  createStringToSign,
  cryptoJsHash,
  EMPTY_HASH,
  joinCanonicalRequest,
  SCOPE_TERMINATOR,
  signedHeaderNames,
  sortPairs,
  UNSIGNED_PAYLOAD,
} from '../sigv4/index.js';
import type { Pair } from '../sigv4/index.js';
import { equalInConstantTime } from '../util/index.js';
import { checkBody, compressionHint } from './body.js';
import type { Rules } from './checks.js';
import { TOKEN_PARAMETER } from './claim.js';
import type { Claim } from './claim.js';
import { checkHost } from './host.js';
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

/** Added to AWS's message: methods are signed as they are sent, and signers only know them in upper case. */
const LOWER_CASE = ' The method came in lower case.';

/** The values in place of a hash where the payload is not signed. The second means chunks with a checksum after them. */
const UNSIGNED = [UNSIGNED_PAYLOAD, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'];

/**
 * Checks that the request was signed with the secret, and was not changed since.
 * @param path The path, resolved except for S3.
 * @param found The credentials of the claim's access key id, which have been checked.
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
  const { secretAccessKey } = found; // read before the first `await`, during which the app may change its object
  const { hash = cryptoJsHash } = rules;
  const isStatedUnsigned = stated !== undefined && UNSIGNED.includes(stated);
  const isUnsigned = isStatedUnsigned && mayBeUnsigned;
  const payloadHash = isUnsigned ? stated : await hashOf(wire.body, rules.hash);
  const signingKey = signingKeyOf(claim, secretAccessKey, hash);

  const canonical = canonicalPath(path, false, rules.doubleEncodePath ?? !isS3); // `false`: `path` is resolved already
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
    return refuse('PayloadHashMismatch', text + compressionHint(wire), computed);
  }
  const good = isUnsigned ? undefined : checkBody(wire);
  if (isSigned(computed)) return good;
  // Some clients add the token to a presigned URL after signing. Beside an Authorization header, that parameter is an ordinary one.
  const hasToken = claim.place === 'query' && claim.sessionToken !== undefined;
  const withoutToken = signed.filter(([name]) => name !== TOKEN_PARAMETER);
  const mayLackToken = hasToken && !rules.requireSignedSessionToken && withoutToken.length < signed.length;
  if (mayLackToken && isSigned(compute(withoutToken))) return good;
  if (good && wire.body === undefined) return good; // the missing body is the likelier reason why the signature differs
  if (!wire.headers.has('host')) return checkHost(wire);
  const hint = wire.method === wire.method.toUpperCase() ? compressionHint(wire) : LOWER_CASE;
  return refuse('SignatureMismatch', MISMATCH + hint, computed);
}

/** The payload hash. That of no body is known, and would take a tenth of the time of the whole check. */
const hashOf = (body: Wire['body'], hash: Rules['hash']): string | Promise<string> =>
  body?.length ? digestBody(body, hash) : EMPTY_HASH;

/** The headers that the claim lists as signed, in their canonical form. A missing one counts as empty, as with AWS. */
function signedHeaders(claim: Claim, wire: Wire): Pair[] {
  return sortPairs(claim.signedHeaders.map((name): Pair => [name, headerValues(wire, name).join(',')]));
}
