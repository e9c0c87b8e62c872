/** Escapes in the resources of policies and requests. */

/**
 * Writes the escapes of a resource in one way (RFC 3986, section 6.2.2): with upper-case digits, and none where there need be none.
 * Otherwise `%c3` would be a way around a policy that says `%C3`.
 * @param resource Of a policy, or of a request.
 */
export const withNormalEscapes = (resource: string): string =>
  resource.replace(/%[\da-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(parseInt(escape.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase();
  });
