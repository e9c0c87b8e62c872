/** The checks of a claim, each giving a refusal or nothing. */
import {
  calculateSignature,
  createCanonicalRequest,
  createStringToSign,
  deriveSigningKey,
  sha256Hex,
} from '../sigv4/index.js';
import { INVALID_TOKEN, TERMINATOR, TOKEN_HEADER, TOKEN_PARAMETER, toAmzDate } from './claim.js';
import type { Claim } from './claim.js';
import { VerifyError, refuse } from './types.js';
import type { Refused, RefusalCode, VerifyCredentials, VerifyOptions } from './types.js';
import { headerValues } from './wire.js';
import type { Pair, Wire } from './wire.js';

type Rules = Omit<VerifyOptions, 'credentials'>;

export function checkTime(claim: Claim, now: Date, rules: Rules): Refused | undefined {
  const skew = rules.maxSkewSeconds ?? 300;
  const lifetime = claim.expiresIn ?? skew;
  const nowText = toAmzDate(now);
  const earliest = new Date(now.getTime() - lifetime * 1000);
  if (claim.date < earliest && claim.amzDate !== toAmzDate(earliest)) {
    const limit = `${toAmzDate(earliest)} (${nowText} - ${span(lifetime)})`;
    return refuse('SignatureExpired', `Signature expired: ${claim.amzDate} is now earlier than ${limit}`);
  }
  const latest = new Date(now.getTime() + skew * 1000);
  if (claim.date > latest) {
    const limit = `${toAmzDate(latest)} (${nowText} + ${span(skew)})`;
    return refuse('SignatureNotYetCurrent', `Signature not yet current: ${claim.amzDate} is still later than ${limit}`);
  }
  return undefined;
}

function span(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min.` : `${seconds} sec.`;
}

export function checkSignedHeaders(claim: Claim, wire: Wire, rules: Rules): Refused | undefined {
  const signed = new Set(claim.signedHeaders);
  if (!signed.has('host')) {
    return refuse('HeaderNotSigned', "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  const free = new Set(rules.unsignedHeaders ?? ['x-amz-cf-id']);
  if (!rules.requireSignedSessionToken) free.add(TOKEN_HEADER);
  const unsigned = wire.headers.find(([name]) => name.startsWith('x-amz-') && !signed.has(name) && !free.has(name));
  if (!unsigned) return undefined;
  const text = `There were headers present in the request which were not signed: ${unsigned[0]}`;
  return refuse('HeaderNotSigned', text);
}

export function checkScope(claim: Claim, rules: Rules): Refused | undefined {
  const faults: [RefusalCode, string][] = [];
  if (rules.region !== undefined && claim.region !== rules.region) {
    faults.push(['RegionMismatch', `Credential should be scoped to a valid region, not '${claim.region}'. `]);
  }
  if (rules.service !== undefined && claim.service !== rules.service) {
    faults.push(['ServiceMismatch', `Credential should be scoped to correct service: '${rules.service}'. `]);
  }
  if (claim.terminator !== TERMINATOR) {
    const text = `Credential should be scoped with a valid terminator: '${TERMINATOR}', not '${claim.terminator}'. `;
    faults.push(['TerminatorMismatch', text]);
  }
  const day = claim.amzDate.slice(0, 8);
  if (claim.scopeDate !== day) {
    const text = 'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP';
    faults.push(['ScopeDateMismatch', `${text}: '${claim.scopeDate}' != '${day}', from '${claim.amzDate}'.`]);
  }
  return faults[0] && refuse(faults[0][0], faults.map(([, text]) => text).join(''));
}

/** Lookups are often plain JavaScript over a database. A missing secret must not become the text `undefined`. */
function checkFound({ secretAccessKey, sessionToken, expiration }: Record<keyof VerifyCredentials, unknown>): void {
  const fail = (name: string, expected: string, got: string): never => {
    throw new VerifyError('InvalidOption', `credentials: expected ${name} to be ${expected}, got ${got}`);
  };
  const kind = (value: unknown): string => (value === null ? 'null' : value === '' ? 'an empty string' : typeof value);
  if (typeof secretAccessKey !== 'string' || secretAccessKey === '') {
    fail('secretAccessKey', 'a string that is not empty', kind(secretAccessKey));
  }
  if (typeof (sessionToken ?? '') !== 'string') fail('sessionToken', 'a string or undefined', typeof sessionToken);
  if (expiration === undefined || expiration === null) return;
  const isDate = expiration instanceof Date;
  if (!isDate || Number.isNaN(expiration.getTime())) {
    fail('expiration', 'a valid Date or undefined', isDate ? 'an invalid Date' : typeof expiration);
  }
}

export function checkCredentials(claim: Claim, found: VerifyCredentials, now: Date): Refused | undefined {
  const { secretAccessKey, sessionToken: expected, expiration } = found;
  checkFound({ secretAccessKey, sessionToken: expected, expiration });
  const given = claim.sessionToken;
  if ((given ?? '') !== '' || (expected ?? '') !== '') {
    if (!given || !expected || !equalInConstantTime(given, expected)) {
      return refuse('InvalidSessionToken', INVALID_TOKEN);
    }
  }
  if (expiration && expiration <= now) {
    return refuse('CredentialsExpired', 'The security token included in the request is expired');
  }
  return undefined;
}

export function checkSignature(
  claim: Claim,
  wire: Wire,
  query: Pair[],
  found: VerifyCredentials,
  rules: Rules,
): Refused | undefined {
  const isS3 = claim.service === 's3';
  const stated =
    headerValues(wire, 'x-amz-content-sha256')[0] ?? (isS3 && claim.place === 'query' ? UNSIGNED : undefined);
  const mayBeUnsigned = rules.allowUnsignedPayload ?? isS3;
  const payloadHash = stated === UNSIGNED && mayBeUnsigned ? UNSIGNED : sha256Hex(wire.body);
  const { scopeDate: date, region, service, amzDate } = claim;
  const signingKey = deriveSigningKey({ secretAccessKey: found.secretAccessKey, date, region, service });

  const signed = query.filter(([name]) => name !== 'X-Amz-Signature');
  const attempt = (signedQuery: Pair[]): { canonicalRequest: string; stringToSign: string; good: boolean } => {
    const canonicalRequest = createCanonicalRequest({
      method: wire.method,
      path: wire.path,
      query: signedQuery,
      headers: claim.signedHeaders.flatMap((name) => {
        const values = headerValues(wire, name);
        return (values.length > 0 ? values : ['']).map((value) => [name, value] as const); // a missing one is empty, as AWS has it
      }),
      payloadHash,
      normalizePath: rules.normalizePath ?? !isS3,
      doubleEncodePath: rules.doubleEncodePath ?? !isS3,
    });
    const credentialScope = `${date}/${region}/${service}/${TERMINATOR}`;
    const stringToSign = createStringToSign({ amzDate, credentialScope, canonicalRequest });
    const good = equalInConstantTime(claim.signature, calculateSignature(signingKey, stringToSign));
    return { canonicalRequest, stringToSign, good };
  };

  const full = attempt(signed);
  if (stated === UNSIGNED && !mayBeUnsigned) {
    return refuse('UnsignedPayload', 'The payload must be signed: UNSIGNED-PAYLOAD is not accepted here.', full);
  }
  if (stated !== undefined && stated !== payloadHash) {
    const text = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    return refuse('PayloadHashMismatch', text, full);
  }
  if (full.good) return undefined;
  // Some clients add the token to a presigned URL after signing. Beside an Authorization header it is no token.
  const isToken = claim.place === 'query' && claim.sessionToken !== undefined;
  const withoutToken = signed.filter(([name]) => name !== TOKEN_PARAMETER);
  const mayLackToken = isToken && !rules.requireSignedSessionToken && withoutToken.length < signed.length;
  return mayLackToken && attempt(withoutToken).good ? undefined : refuse('SignatureMismatch', MISMATCH, full);
}

const UNSIGNED = 'UNSIGNED-PAYLOAD';
const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

/** Takes as long for a wrong text as for the right one; only the length of `given` shows. */
function equalInConstantTime(given: string, expected: string): boolean {
  let difference = given.length ^ expected.length;
  for (let i = 0; i < given.length; i++) difference |= given.charCodeAt(i) ^ expected.charCodeAt(i % expected.length);
  return difference === 0;
}
