/** Checks a signed request step by step. The first step that finds a fault decides. */
import { resolvePath } from '../util/index.js';
import { checkCredentials, checkScope, checkSignedHeaders, checkTime } from './checks.js';
import { readClaim } from './claim.js';
import { checkHost } from './host.js';
import { readOptions } from './options.js';
import { withoutSignature } from './query.js';
import { readWire } from './readWire.js';
import { INVALID_TOKEN, MALFORMED_TARGET, refuse } from './refusal.js';
import { asS3Reads, hasUtf8Path, readsAsS3 } from './s3.js';
import { checkSignature } from './signature.js';
import type { VerifyCredentials, VerifyOptions, VerifyResult, WireRequest } from './types.js';
import { headerValues } from './wire.js';

/**
 * Checks a request signed with AWS Signature Version 4, in its `Authorization` header or in its query.
 *
 * @param request A {@link WireRequest}, or a standard `Request`, which is read from a clone, so that its body stays usable. Prefer the
 *   former where the server has the raw target: the URL of a `Request` is normalized, and its headers are joined.
 * @param options The lookup of credentials, and what is expected; see {@link VerifyOptions}. Only `credentials` must be given.
 * @returns `{ ok: true, caller, path, query, … }` or `{ ok: false, code, message, … }`. Act on the result's `method`, `path` and
 *   `query`, which are what was verified. The signature is compared in constant time.
 * @throws VerifyError `InvalidOption` for options, or a result of the lookup, that cannot be used; `InvalidRequest` for a request in
 *   none of the forms. A bad request does not throw. What the lookup throws is thrown unchanged.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @example
 * const result = await verifyRequest(request, {
 *   credentials: async (accessKeyId) => await findKey(accessKeyId),
 *   region: 'us-east-1',
 *   service: 'execute-api',
 * });
 * if (!result.ok) return Response.json({ message: result.message }, { status: 403 });
 */
export async function verifyRequest<C extends VerifyCredentials>(
  request: Request | WireRequest,
  options: VerifyOptions<C>,
): Promise<VerifyResult<C>> {
  const now = readOptions(options);
  const read = await readWire(request);
  if ('ok' in read) return read;
  const claim = readClaim(read);
  if ('ok' in claim) return claim;
  const isS3 = readsAsS3(claim.service);
  const wire = isS3 ? asS3Reads(read) : read;
  if (isS3 && !hasUtf8Path(wire)) return refuse('MalformedTarget', MALFORMED_TARGET);

  const early =
    checkTime(claim, now, options) ?? checkSignedHeaders(claim, wire, options) ?? checkScope(claim, options);
  if (early) return early;
  const isResolved = options.normalizePath ?? !isS3;
  const path = isResolved ? resolvePath(wire.path) : wire.path;
  if (path === undefined) return refuse('MalformedTarget', MALFORMED_TARGET);

  // Lookups in a plain object would find what it inherits, such as `constructor`.
  const isInherited = claim.accessKeyId in Object.prototype;
  const found = isInherited ? undefined : await options.credentials(claim.accessKeyId, claim.sessionToken);
  if (!found) return refuse('UnknownAccessKey', INVALID_TOKEN);
  const refused =
    checkCredentials(claim, found, now) ?? (await checkSignature(claim, wire, path, found, options)) ?? checkHost(wire);
  if (refused) return refused;
  const query = claim.place === 'query' ? withoutSignature(wire.query) : wire.query;
  return {
    ok: true,
    caller: withoutSecrets(found),
    accessKeyId: claim.accessKeyId,
    signedHeaders: claim.signedHeaders,
    date: new Date(claim.time),
    region: claim.region,
    service: claim.service,
    place: claim.place,
    method: wire.method,
    host: headerValues(wire, 'host')[0]!,
    path,
    query: query.map(({ pair }) => pair),
    target: query.length === 0 ? path : `${path}?${query.map(({ raw }) => raw).join('&')}`,
  };
}

function withoutSecrets<C extends VerifyCredentials>(found: C): Omit<C, 'secretAccessKey' | 'sessionToken'> {
  const copy: Partial<C> = { ...found };
  delete copy.secretAccessKey;
  delete copy.sessionToken;
  return copy as Omit<C, 'secretAccessKey' | 'sessionToken'>;
}
