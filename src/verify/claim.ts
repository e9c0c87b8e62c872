/** Reads what a signed request claims in its `Authorization` header or in its query. Nothing of that is proven yet. */
import { ALGORITHM, isAmzTime, MAX_EXPIRES, parseAmzDate, toAmzDate } from '../sigv4/index.js';
import { parseHttpDate } from '../util/index.js';
import { valuesOf } from './query.js';
import { INVALID_TOKEN, refuse } from './refusal.js';
import type { Refused } from './types.js';
import { headerValues } from './wire.js';
import type { Wire } from './wire.js';

/** The claim of a signed request. */
export interface Claim {
  place: 'header' | 'query';
  accessKeyId: string;
  scopeDate: string;
  region: string;
  service: string;
  terminator: string;
  signedHeaders: string[];
  signature: string;
  /** The signing time, such as `20150830T123600Z`. */
  amzDate: string;
  /** The signing time, in milliseconds since 1970. */
  time: number;
  /** How long the signature is valid, in seconds, which only a query states; otherwise `undefined`. */
  expiresIn: number | undefined;
  sessionToken: string | undefined;
}

export const TOKEN_HEADER = 'x-amz-security-token';
export const TOKEN_PARAMETER = 'X-Amz-Security-Token';

/** Reads the claim of a request, or refuses a request whose claim is missing or cannot be read. */
export function readClaim(wire: Wire): Claim | Refused {
  const authorization = headerValues(wire, 'authorization');
  const inQuery = wire.query.some(({ pair }) => /^X-Amz-(Algorithm|Credential|Signature)$/.test(pair[0]));
  if (inQuery && authorization.length > 0) {
    const both = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
    return refuse('AmbiguousAuthentication', both);
  }
  if (inQuery) return readQueryClaim(wire);
  if (authorization.length === 0) return refuse('MissingAuthentication', 'Missing Authentication Token');
  if (authorization.length > 1) return refuse('IncompleteSignature', 'Authorization header must be present only once.');
  return readHeaderClaim(wire, authorization[0]!);
}

const MISSING_EQUAL_SIGN = 'Invalid key=value pair (missing equal-sign) in Authorization header (not shown).';

/** Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`, with commas or spaces between the parts. */
function readHeaderClaim(wire: Wire, authorization: string): Claim | Refused {
  const [algorithm = '', ...parts] = authorization.split(/[\s,]+/).filter(Boolean);
  const given = new Map<string, string>();
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals < 1) return refuse('IncompleteSignature', MISSING_EQUAL_SIGN);
    const name = part.slice(0, equals);
    if (given.has(name) && /^(Credential|SignedHeaders|Signature)$/.test(name)) {
      return refuse('IncompleteSignature', `Authorization header must contain the '${name}' parameter only once.`);
    }
    given.set(name, part.slice(equals + 1));
  }
  const amzDates = headerValues(wire, 'x-amz-date');
  const dates = amzDates.length > 0 ? amzDates : headerValues(wire, 'date');
  const missing = [
    ...['Credential', 'Signature', 'SignedHeaders']
      .filter((name) => !given.get(name))
      .map((name) => `Authorization header requires '${name}' parameter.`),
    ...(dates.length > 0
      ? []
      : ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."]),
  ];
  // AWS also shows the header or its hash. This does not, since the header may hold a password or a token of another scheme.
  if (missing.length > 0) return refuse('IncompleteSignature', `${missing.join(' ')} (Authorization not shown)`);
  return toClaim({
    place: 'header',
    algorithm,
    credential: given.get('Credential')!,
    signedHeaders: given.get('SignedHeaders')!,
    signature: given.get('Signature')!,
    dates,
    expires: undefined,
    tokens: headerValues(wire, TOKEN_HEADER),
  });
}

function readQueryClaim(wire: Wire): Claim | Refused {
  const { query } = wire;
  const names = ['Algorithm', 'Credential', 'Signature', 'SignedHeaders', 'Date'].map((name) => `X-Amz-${name}`);
  const missing = names.filter((name) => !valuesOf(query, name).some((value) => value !== ''));
  if (missing.length > 0) {
    const texts = missing.map((name) => `AWS query-string parameters must include '${name}'.`);
    return refuse('IncompleteSignature', `${texts.join(' ')} Re-examine the query-string parameters.`);
  }
  const repeated = [...names, 'X-Amz-Expires', TOKEN_PARAMETER].find((name) => valuesOf(query, name).length > 1);
  if (repeated) {
    return refuse('IncompleteSignature', `AWS query-string parameters must include '${repeated}' only once.`);
  }
  const [algorithm, credential, signature, signedHeaders, date] = names.map((name) => valuesOf(query, name)[0]!);
  const tokens = valuesOf(query, TOKEN_PARAMETER);
  return toClaim({
    place: 'query',
    algorithm: algorithm!,
    credential: credential!,
    signedHeaders: signedHeaders!,
    signature: signature!,
    dates: [date!],
    expires: valuesOf(query, 'X-Amz-Expires')[0],
    tokens: tokens.length > 0 ? tokens : headerValues(wire, TOKEN_HEADER),
  });
}

/** A claim whose parts are not read yet. */
interface RawClaim {
  place: 'header' | 'query';
  algorithm: string;
  credential: string;
  signedHeaders: string;
  signature: string;
  dates: readonly string[];
  expires: string | undefined;
  tokens: readonly string[];
}

function toClaim(raw: RawClaim): Claim | Refused {
  const time = raw.dates.length === 1 ? parseDate(raw.dates[0]!) : NaN;
  if (Number.isNaN(time)) {
    const got = raw.dates.join(', ').slice(0, 80);
    const text = `Date must be in ISO-8601 'basic format'. Got '${got}'. See http://en.wikipedia.org/wiki/ISO_8601`;
    return refuse('InvalidDate', text);
  }
  const expiresIn = raw.expires === undefined ? undefined : parseExpires(raw.expires);
  if (expiresIn !== undefined && (expiresIn < 1 || expiresIn > MAX_EXPIRES)) {
    return refuse('InvalidExpires', `X-Amz-Expires must be a number of seconds from 1 to ${MAX_EXPIRES}.`);
  }
  if (raw.algorithm !== ALGORITHM) {
    const named = /^AWS4-[\w-]{1,40}$/.test(raw.algorithm) ? `'${raw.algorithm}' ` : ''; // other texts may be secrets
    return refuse('UnsupportedAlgorithm', `Unsupported AWS 'algorithm': ${named}(only ${ALGORITHM} for now).`);
  }
  const elements = raw.credential.split('/');
  if (elements.length !== 5 || elements[0] === '') {
    // AWS shows what it got. This does not, since people put their secret key there by mistake.
    const text = 'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term';
    return refuse('IncompleteSignature', `${text}, got ${elements.length}`);
  }
  const [accessKeyId, scopeDate, region, service, terminator] = elements as [string, string, string, string, string];
  const signedHeaders = [...new Set(raw.signedHeaders.toLowerCase().split(';'))];
  if (signedHeaders.some((name) => !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))) {
    return refuse('IncompleteSignature', 'SignedHeaders must be header names joined by semicolons.');
  }
  if (raw.tokens.length > 1) return refuse('InvalidSessionToken', INVALID_TOKEN);
  return {
    place: raw.place,
    accessKeyId,
    scopeDate,
    region,
    service,
    terminator,
    signedHeaders,
    signature: raw.signature,
    amzDate: toAmzDate(time),
    time,
    expiresIn,
    sessionToken: raw.tokens[0] === '' ? undefined : raw.tokens[0],
  };
}

/** Reads `X-Amz-Expires` in seconds. Anything but a number gives 0, which is refused. */
function parseExpires(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}

/**
 * Reads `20150830T123600Z`, or the form of a `Date` header: `Sun, 30 Aug 2015 12:36:00 GMT`.
 * @returns Milliseconds since 1970; NaN for anything else.
 */
function parseDate(text: string): number {
  const time = text.endsWith(' GMT') ? parseHttpDate(text) : parseAmzDate(text);
  return time !== undefined && isAmzTime(time) ? time : NaN;
}
