/** Which parameters of a query may be shown. */
import { decodeFully } from '../read/index.js';

/** Parts of names whose values are never shown: they may be secret. */
const SECRET_PART =
  /token|secret|pass(w|phrase)|pwd|signature|credential|jwt|session|sessid|assertion|saml|cookie|ticket|bearer|private|[cx]srf|otp|hmac|nonce|api[-_]?key|auth(?!ors?\b)|(code|key|pass)$|^x-amz-/i;
/** Words in names whose values are never shown. */
const SECRET_WORD = /(^|[^a-z])(code|key|pass|pin|sid|sig|mfa|cvv|cvc)s?([^a-z]|$)/i;
/** What looks like a JWT, an access key id or an Authorization header. */
const SECRET_VALUE = /(^|[^A-Za-z])(eyJ|A[A-Z]IA[A-Z\d]{4}|AWS4-)|^([Bb]earer|[Bb]asic|[Dd]igest) /;
const MAX_VALUE = 20;
const MAX_NAME = 40;

/** Whether a name may be shown. A token without a name, or a pair that was encoded as a whole, may be in its place. */
export const isShownName = (name: string): boolean =>
  name.length <= MAX_NAME && !/[=&]/.test(name) && !SECRET_VALUE.test(name);

/** Whether values may be shown: they are short and do not look like secrets, and neither does their name. */
export function areShownValues(name: string, values: readonly string[]): boolean {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1-$2');
  if (!isShownName(name) || SECRET_PART.test(name) || SECRET_WORD.test(words)) return false;
  return values.every((value) => value.length <= MAX_VALUE && !SECRET_VALUE.test(decodeFully(value)));
}
