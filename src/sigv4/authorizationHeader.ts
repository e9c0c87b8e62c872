/** Signs a request with an `Authorization` header. */
import { signedHeaderNames } from './canonicalHeaders.js';
import { encodeQuery, joinQuery, sortPairs, sortQuery } from './canonicalQuery.js';
import { UNSIGNED_PAYLOAD } from './canonicalRequest.js';
import type { ClientSettings } from './clientConfig.js';
import { sha256Hex } from './cryptoJsHash.js';
import { bytesOf } from './encoding.js';
import { SigV4Error } from './errors.js';
import { readRequest, REQUEST_OPTIONS } from './request.js';
import { FORM_TYPE, serializeBody } from './requestBody.js';
import { CONTENT_HASH, headersToSign, statedHash } from './signer.js';
import type { SignerAt } from './signer.js';
import { ALGORITHM } from './stringToSign.js';
import { takesNoPayloadHash } from './signingNames.js';
import { checkBoundary } from './requestHeaders.js';
import type { HashEngine, RequestBody, RequestToSign, SignedBody, SignedRequest } from './types.js';
import { isMissing, typeTag } from './values.js';

const SIGN_OPTIONS = [...REQUEST_OPTIONS, 'body'];
const AUTHORIZATION = 'Authorization'; // a constant: the copied file may meet a rule against `sent.Authorization`
const CONTENT_TYPE = 'content-type';
const TOKEN = 'x-amz-security-token';
/** The payload hash of a request without a body. */
export const EMPTY_HASH = /* @__PURE__ */ sha256Hex('');

function hashBody(body: SignedBody | undefined, hash: HashEngine): string {
  if (body === undefined) return EMPTY_HASH;
  return hash.sha256(typeof body === 'string' ? body : bytesOf(body));
}

/**
 * Whether a request has a body. A GET with one is refused, since most likely its `method` was forgotten. A client that stands in
 * for the old one (`accessKey` and `secretKey`) silently leaves such a body out, as the old client did.
 * @throws SigV4Error `InvalidMethod` for a GET or HEAD with a body, where the client is strict
 */
function hasBody(method: string, body: RequestBody, isStrict: boolean): boolean {
  if (method !== 'GET' && method !== 'HEAD') return true;
  if (!isStrict || isMissing(body) || body === '') return false;
  throw new SigV4Error('InvalidMethod', 'method', 'one that has a body, such as POST, or no body', method);
}

/** Signs a request with an `Authorization` header: `signRequest` of a client. */
export function signRequest(settings: ClientSettings, signerAt: SignerAt, request: RequestToSign): SignedRequest {
  const { sessionToken, defaultContentType, hash } = settings;
  const { method, path, query: pairs, headers: given } = readRequest(settings, request, SIGN_OPTIONS);
  const { names, sent } = given;
  const { amzDate, credential, sign } = signerAt(request.date);
  const body = hasBody(method, request.body, settings.isStrict) ? serializeBody(request.body) : undefined;
  if (body !== undefined && !settings.isOldBytes) checkBoundary(sent[names.get(CONTENT_TYPE) ?? '']);
  const headers = headersToSign(settings, given, body !== undefined);
  const add = (name: string, value: string): void => {
    sent[name] = value;
    const lower = name.toLowerCase();
    if (settings.isSigned(lower, true)) headers.push([lower, value]);
  };
  if (body !== undefined && !names.has(CONTENT_TYPE)) {
    add('Content-Type', typeTag(request.body) === 'URLSearchParams' ? FORM_TYPE : defaultContentType);
  }
  if (!names.has('accept')) add('Accept', settings.defaultAcceptType);
  const isUnsigned = takesNoPayloadHash(settings.service);
  const payloadHash = statedHash(request, given) ?? (isUnsigned ? UNSIGNED_PAYLOAD : hashBody(body, hash));
  const isHashSent = settings.signBody || payloadHash === UNSIGNED_PAYLOAD;
  if (isHashSent && !names.has(CONTENT_HASH)) add(CONTENT_HASH, payloadHash);
  add('x-amz-date', amzDate);
  if (sessionToken !== undefined && settings.signSessionToken) headers.push([TOKEN, sessionToken]);
  const encoded = encodeQuery(pairs);
  const query = sortQuery(encoded, settings.isS3);
  const signedHeaders = signedHeaderNames(sortPairs(headers));
  const signature = sign(path, { method, query, headers, signedHeaders, payloadHash });
  sent[AUTHORIZATION] = `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  if (sessionToken !== undefined) sent[TOKEN] = sessionToken;
  if (body === undefined && !names.has(CONTENT_TYPE)) sent['Content-Type'] = defaultContentType;
  const sentQuery = settings.isOldBytes ? query : joinQuery(encoded);
  const url = settings.origin + path + (sentQuery && '?' + sentQuery);
  const { signedHost } = settings;
  return { url, method, headers: sent, ...(body !== undefined && { body }), ...(signedHost && { signedHost }) };
}
