/** The error of a policy: it names the place in the document, and shows what stands there, since a policy holds no secrets. */
import { describeValue } from '../../sigv4/index.js';
import { LocalAwsError } from '../options/index.js';

const LONGEST_SHOWN = 200;

/**
 * The error of a place in a policy.
 * @param place Such as `policy.Statement[0].Resource`.
 * @param expected What is taken there.
 * @param came What stands there.
 */
export function policyError(place: string, expected: string, came: unknown): LocalAwsError {
  const shown =
    typeof came === 'string' && came.length <= LONGEST_SHOWN ? JSON.stringify(came) : describeValue(came, place);
  return new LocalAwsError('InvalidOption', `${place}: expected ${expected}, got ${shown}`);
}

/**
 * Reads what may be one text or a list of them.
 * @throws LocalAwsError `InvalidOption`
 */
export function readTexts(place: string, value: unknown): string[] {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  const isText = (text: unknown): text is string => typeof text === 'string' && text !== '';
  if (texts.length > 0 && texts.every(isText)) return texts;
  throw policyError(place, 'a text or a list of texts', value);
}
