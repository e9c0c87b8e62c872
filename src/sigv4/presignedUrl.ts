/** Signs a URL in its query. */
import { EMPTY_HASH } from './authorizationHeader.js';
import { signedHeaderNames } from './canonicalHeaders.js';
import { encodeQuery, joinQuery, sortPairs, sortQuery } from './canonicalQuery.js';
import { UNSIGNED_PAYLOAD } from './canonicalRequest.js';
import type { ClientSettings } from './clientConfig.js';
import { encodeRfc3986 } from './encoding.js';
import { SigV4Error } from './errors.js';
import { readRequest, REQUEST_OPTIONS } from './request.js';
import { headersToSign, statedHash } from './signer.js';
import type { SignerAt } from './signer.js';
import { takesNoPayloadHash } from './signingNames.js';
import { ALGORITHM } from './stringToSign.js';
import type { Pair, RequestToPresign } from './types.js';

const PRESIGN_OPTIONS = [...REQUEST_OPTIONS, 'expiresIn'];
const TOKEN_PARAM = 'X-Amz-Security-Token';
/** For how long a URL can be valid, in seconds: seven days. */
export const MAX_EXPIRES = 604_800;
/** Parameters that the signer sets itself. */
const SIGNER_PARAMS = /^x-amz-(algorithm|credential|date|expires|security-token|signature|signedheaders)$/i;

/** How long the URL is valid, in seconds: from the option, or from an `X-Amz-Expires` that the app put in the query. */
function readExpiry(request: RequestToPresign, query: readonly Pair[]): number {
  const [, inQuery] = query.find(([name]) => /^x-amz-expires$/i.test(name)) ?? [];
  const { expiresIn = inQuery === undefined ? 300 : Number(inQuery) } = request;
  const isLegal = Number.isInteger(expiresIn) && expiresIn >= 1 && expiresIn <= MAX_EXPIRES;
  if (isLegal && (inQuery === undefined || Number(inQuery) === expiresIn)) return expiresIn;
  const expected = `whole seconds, 1 to ${MAX_EXPIRES}${isLegal ? ', and the same as X-Amz-Expires in the query' : ''}`;
  throw new SigV4Error('InvalidExpiresIn', 'expiresIn', expected, expiresIn);
}

/** Signs a URL in its query: `presignUrl` of a client. */
export function presignUrl(settings: ClientSettings, signerAt: SignerAt, request: RequestToPresign = {}): string {
  const { sessionToken, signSessionToken } = settings;
  const { method, path, query: pairs, headers: given } = readRequest(settings, request, PRESIGN_OPTIONS);
  const expiresIn = readExpiry(request, pairs);
  const isUnsigned = settings.isS3 || takesNoPayloadHash(settings.service);
  const payloadHash = statedHash(request, given) ?? (isUnsigned ? UNSIGNED_PAYLOAD : EMPTY_HASH);
  const { amzDate, credential, sign } = signerAt(request.date);
  const headers = sortPairs(headersToSign(settings, given, true));
  const signedHeaders = signedHeaderNames(headers);
  const params: Pair[] = [
    ...pairs.filter(([name]) => !SIGNER_PARAMS.test(name)),
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', credential],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', String(expiresIn)],
  ];
  if (sessionToken !== undefined && signSessionToken) params.push([TOKEN_PARAM, sessionToken]);
  params.push(['X-Amz-SignedHeaders', signedHeaders]);
  const encoded = encodeQuery(params);
  const query = sortQuery(encoded, settings.isS3);
  const signature = sign(path, { method, query, headers, signedHeaders, payloadHash });
  const hasUnsignedToken = sessionToken !== undefined && !signSessionToken;
  const unsigned = hasUnsignedToken ? `&${TOKEN_PARAM}=${encodeRfc3986(sessionToken)}` : '';
  const sentQuery = settings.isOldBytes ? query : joinQuery(encoded);
  return `${settings.origin}${path}?${sentQuery}${unsigned}&X-Amz-Signature=${signature}`;
}
