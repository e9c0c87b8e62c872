/** Reads tokens without checking their signatures: the services that the tokens are sent to do that. */
import { AuthError } from '../../errors.js';
import { describeValue, isObject, optionMessage } from '../../util/index.js';

/**
 * The claims of a token, unchecked.
 * @param token A JWT.
 * @returns The claims; an empty object where the text is no JWT.
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

/** Texts that are left where a token was missing or an object was turned into text. */
const NO_TOKEN = /^(?:|undefined|null|\[object \w+\])$/;

/**
 * Checks that a token for the identity pool is an ID token. The pool would refuse an access token without saying why.
 * @param token What was given.
 * @param option The option's name.
 * @throws AuthError `InvalidInput`
 */
export function checkIdToken(token: unknown, option: string): string {
  const isText = typeof token === 'string' && !NO_TOKEN.test(token);
  if (isText && claimsOf(token).token_use !== 'access') return token;
  const came = isText ? 'an access token' : describeValue(token);
  throw new AuthError('InvalidInput', optionMessage(option, 'an ID token, a JWT, as text', came));
}
