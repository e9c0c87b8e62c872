/** What both forms of a signature, the header and the query, have in common. */
import { toAmzDate } from './amzDate.js';
import { foldSpace } from './canonicalHeaders.js';
import type { SignedHeaders } from './canonicalHeaders.js';
import { canonicalPath } from './canonicalPath.js';
import { joinCanonicalRequest } from './canonicalRequest.js';
import type { CanonicalParts } from './canonicalRequest.js';
import type { ClientSettings } from './clientConfig.js';
import { checkText } from './options.js';
import type { RequestHeaders } from './requestHeaders.js';
import { signerFor } from './signingKey.js';
import type { Sign } from './signingKey.js';
import { joinStringToSign, SCOPE_TERMINATOR } from './stringToSign.js';
import type { RequestToSign } from './types.js';

/** The header that states the payload hash. */
export const CONTENT_HASH = 'x-amz-content-sha256';

/** The payload hash that the app states, as an option or as a header; `undefined` where it states none. */
export function statedHash({ payloadHash }: RequestToSign, { names, sent }: RequestHeaders): string | undefined {
  const stated = payloadHash ?? sent[names.get(CONTENT_HASH) ?? ''];
  if (stated === undefined) return undefined;
  return checkText(stated, /[^\w-]/, 'InvalidOption', 'payloadHash', 'hex SHA-256 or UNSIGNED-PAYLOAD');
}

/** The given headers that are signed, `host` first. */
export function headersToSign(
  { host, isSigned }: ClientSettings,
  { names, sent }: RequestHeaders,
  hasBody: boolean,
): SignedHeaders {
  const signed: SignedHeaders = [['host', host]];
  for (const [lower, name] of names) {
    if (isSigned(lower, hasBody)) signed.push([lower, foldSpace(sent[name]!)]);
  }
  return signed;
}

/** Signs for one client, with one signing time. */
export interface Signer {
  /** The signing time, such as `20150830T123600Z`. */
  readonly amzDate: string;
  /** What stands behind `Credential=`: access key id and credential scope, with a slash between them. */
  readonly credential: string;
  /** Gives the signature of a request: its path as on the wire, and its other parts in their canonical form. */
  readonly sign: (path: string, parts: CanonicalParts) => string;
}

/** Makes the signer for a signing time. Default: now, by the client's clock. */
export type SignerAt = (time: Date | number | undefined) => Signer;

/** Makes a client's signers, which share the signing key of the day. */
export function createSigner(settings: ClientSettings): SignerAt {
  const { accessKeyId, region, service, normalizePath, doubleEncodePath, hash, now } = settings;
  let signWithKey: Sign | undefined;
  let keyDate = '';

  return (time) => {
    const amzDate = toAmzDate(time ?? now());
    const date = amzDate.slice(0, 8);
    const credentialScope = `${date}/${region}/${service}/${SCOPE_TERMINATOR}`;
    return {
      amzDate,
      credential: `${accessKeyId}/${credentialScope}`,
      sign(path, parts) {
        const canonicalRequest = joinCanonicalRequest(canonicalPath(path, normalizePath, doubleEncodePath), parts);
        if (!signWithKey || keyDate !== date) {
          signWithKey = signerFor(settings, date);
          keyDate = date;
        }
        return signWithKey(joinStringToSign(amzDate, credentialScope, canonicalRequest, hash));
      },
    };
  };
}
