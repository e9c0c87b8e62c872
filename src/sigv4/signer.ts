/** What both places of a signature, the header and the query, have in common. */
import { toAmzDate } from './amzDate.js';
import { foldSpace, isSigned } from './canonicalHeaders.js';
import type { SignedHeaders } from './canonicalHeaders.js';
import { canonicalPath } from './canonicalPath.js';
import { joinCanonicalRequest } from './canonicalRequest.js';
import type { CanonicalParts } from './canonicalRequest.js';
import type { ClientSettings } from './clientConfig.js';
import { checkText } from './options.js';
import type { RequestHeaders } from './requestHeaders.js';
import { signerFor } from './signingKey.js';
import type { Sign } from './signingKey.js';
import { createStringToSign, SCOPE_TERMINATOR } from './stringToSign.js';
import type { RequestToSign } from './types.js';

/** The header that states the payload hash. */
export const CONTENT_HASH = 'x-amz-content-sha256';

/** When, and for which day, region and service a request is signed. */
export interface SigningTime {
  /** Such as `20150830T123600Z`. */
  readonly amzDate: string;
  /** `date/region/service/aws4_request`. */
  readonly credentialScope: string;
}

/** The payload hash that the app states, as an option or as a header. */
export function statedHash({ payloadHash }: RequestToSign, { names, sent }: RequestHeaders): string | undefined {
  const stated = payloadHash ?? sent[names.get(CONTENT_HASH) ?? ''];
  if (stated === undefined) return undefined;
  return checkText(stated, /[^\w-]/, 'InvalidOption', 'payloadHash', 'hex SHA-256 or UNSIGNED-PAYLOAD');
}

/** The time and the credential scope of a signature. */
export function signingTime({ region, service, now }: ClientSettings, date?: Date | number): SigningTime {
  const amzDate = toAmzDate(date ?? now());
  return { amzDate, credentialScope: `${amzDate.slice(0, 8)}/${region}/${service}/${SCOPE_TERMINATOR}` };
}

/** The given headers that are signed, `host` first, but for one. */
export function headersToSign(host: string, { names, sent }: RequestHeaders, except?: string): SignedHeaders {
  const signed: SignedHeaders = [['host', host]];
  for (const [lower, name] of names) {
    if (lower !== except && isSigned(lower)) signed.push([lower, foldSpace(sent[name]!)]);
  }
  return signed;
}

/** Gives the signature of a canonical request at a time. */
export type SignCanonicalRequest = (parts: CanonicalParts, time: SigningTime) => string;

/** What signs with one client's settings; it keeps the last signing key at hand. */
export function createSigner(settings: ClientSettings): SignCanonicalRequest {
  const { isS3, normalizePath, hash } = settings;
  let last: { scope: string; sign: Sign } | undefined;

  return (parts, { amzDate, credentialScope }) => {
    const path = canonicalPath(parts.path, normalizePath, !isS3);
    const canonicalRequest = joinCanonicalRequest({ ...parts, path });
    if (last?.scope !== credentialScope) {
      last = { scope: credentialScope, sign: signerFor({ ...settings, date: amzDate.slice(0, 8) }, hash) };
    }
    return last.sign(createStringToSign({ amzDate, credentialScope, canonicalRequest }, hash));
  };
}
