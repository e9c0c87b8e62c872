/** What a token says, unchecked: whoever gets it checks its signature. */
import { AuthError } from '../../errors.js';
import { describeValue, isObject } from '../../util/index.js';

/**
 * What a token says.
 * @param token A JWT.
 * @returns Its claims, unchecked; nothing where it is no JWT.
 */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const base64 = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/');
    const escaped = Array.from(atob(base64), (char) => '%' + (char.charCodeAt(0) + 256).toString(16).slice(1));
    const claims: unknown = JSON.parse(decodeURIComponent(escaped.join('')));
    return isObject(claims) ? claims : {};
  } catch {
    return {};
  }
}

/** What a token became that was put into a text, or was never there. */
const NO_TOKEN = /^(?:|undefined|null|\[object \w+\])$/;

/**
 * Checks what an identity pool is to be given: the ID token, not the access token, which it refuses without saying why.
 * @param token What was given.
 * @param option The option's name.
 * @throws AuthError `InvalidInput`
 */
export function checkIdToken(token: unknown, option: string): string {
  const isText = typeof token === 'string' && !NO_TOKEN.test(token);
  if (isText && claimsOf(token).token_use !== 'access') return token;
  const came = isText ? 'an access token' : describeValue(token);
  throw new AuthError('InvalidInput', `${option}: expected an ID token, a JWT, as text, got ${came}`);
}
