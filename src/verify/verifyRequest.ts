/** Checks a signed request, step by step; the first step that finds a fault decides. */
import { checkCredentials, checkScope, checkSignedHeaders, checkTime } from './checks.js';
import { readClaim } from './claim.js';
import { readOptions } from './options.js';
import { INVALID_TOKEN, refuse } from './refusal.js';
import { checkSignature } from './signature.js';
import type { VerifyCredentials, VerifyOptions, VerifyResult, WireRequest } from './types.js';
import { readWire } from './wire.js';

/**
 * Checks a request signed with AWS Signature Version 4, in its `Authorization` header or in its query.
 *
 * @param request A standard `Request` (read from a clone, so that its body stays usable) or a {@link WireRequest}. Prefer the
 *   latter where the server has the raw target: a `Request` holds a URL that was normalized, and headers that were joined.
 * @param options Where the credentials are found, and what is expected; see {@link VerifyOptions}. Only `credentials` must be given.
 * @returns `{ ok: true, caller, … }` or `{ ok: false, code, message, … }`; the signature is compared in constant time.
 * @throws {VerifyError} `InvalidOption` or `InvalidRequest`, where the arguments, or what the lookup gives, are unusable
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 *
 * @example
 * const result = await verifyRequest(request, {
 *   credentials: async (accessKeyId) => await database.findKey(accessKeyId),
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
  const wire = await readWire(request);
  if (wire.query === undefined) return refuse('MalformedQuery', 'The query string is not valid percent-encoded UTF-8.');
  const claim = readClaim(wire, wire.query);
  if ('ok' in claim) return claim;

  const early =
    checkTime(claim, now, options) ?? checkSignedHeaders(claim, wire, options) ?? checkScope(claim, options);
  if (early) return early;

  const found = await options.credentials(claim.accessKeyId, claim.sessionToken);
  if (!found) return refuse('UnknownAccessKey', INVALID_TOKEN);
  return (
    checkCredentials(claim, found, now) ??
    checkSignature(claim, wire, wire.query, found, options) ?? {
      ok: true,
      caller: withoutSecrets(found),
      accessKeyId: claim.accessKeyId,
      signedHeaders: claim.signedHeaders,
      date: new Date(claim.time),
      region: claim.region,
      service: claim.service,
      place: claim.place,
    }
  );
}

function withoutSecrets<C extends VerifyCredentials>(found: C): Omit<C, 'secretAccessKey' | 'sessionToken'> {
  const copy: Partial<C> = { ...found };
  delete copy.secretAccessKey;
  delete copy.sessionToken;
  return copy as Omit<C, 'secretAccessKey' | 'sessionToken'>;
}
