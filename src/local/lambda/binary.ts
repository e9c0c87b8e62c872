/** Tells which bodies are base64 in events and answers, since JSON can only hold text. */

/**
 * The content types that HTTP APIs and function URLs treat as text; all others are binary, forms too. AWS only says "if the content
 * type is binary": the list was found by trying, see https://github.com/ministackorg/ministack/pull/766.
 */
const TEXT = /^(?:text\/.*|application\/(?:json|javascript|xml))$/;

/** The type of a `Content-Type`, or the first of an `Accept`: in lower case, without parameters. */
const mediaType = (header: string): string => header.split(/[,;]/, 1)[0]!.trim().toLowerCase();

/** Whether an HTTP API or a function URL gives a body of this type to the function as text. */
export const isText = (contentType: string | null): boolean => TEXT.test(mediaType(contentType ?? ''));

/**
 * Whether a REST API treats a type as binary: only what its settings list, in full, as `image/*`, or as `*` + `/*`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
 * @param header The request's `Content-Type`, or for the answer its `Accept`, of which the first type counts.
 * @param binaryMediaTypes The settings of the API.
 */
export function isBinaryMediaType(header: string | null, binaryMediaTypes: readonly string[]): boolean {
  const type = mediaType(header ?? '');
  return binaryMediaTypes.some((one) => {
    const listed = one.toLowerCase();
    return listed === '*/*' || listed === type || (listed.endsWith('/*') && type.startsWith(listed.slice(0, -1)));
  });
}
