/** Explains a refusal that was pasted. */
import { explain } from '../explain/index.js';
import type { Explanation } from '../explain/index.js';
import type { Pasted } from './types.js';

const AS_SENT =
  'What was pasted shows the request as it was sent, not as it was signed: look first whether anything of it was changed in between, such as a header that curl, the app or an extension has set, or a query that was added to the URL.';

/**
 * As `explain`, for what was pasted. There, "signed" is what was sent, since a log shows nothing else: where both sides are equal, the
 * key may be wrong, but the request may also have been changed after signing and before sending.
 * @param pasted What `readPasted` gave.
 * @returns The explanation; `undefined` where the answer is no refusal of a gateway.
 */
export function explainPasted({ refusal, signed }: Pasted): Explanation | undefined {
  const explanation = explain(refusal, signed);
  if (signed === undefined || explanation === undefined) return explanation;
  const advice = `${AS_SENT}\n${explanation.advice}`;
  if (explanation.code === 'WrongSecretKey') {
    const cause =
      'The gateway saw the request just as it was sent, and computed another signature: the request was changed between signing and sending, or the secret access key is not the one that belongs to the access key id.';
    return { ...explanation, cause, difference: 'the signature alone: nothing was changed on the way', advice };
  }
  return isOpen(explanation) ? { ...explanation, advice } : explanation;
}

/** Whether the comparison found nothing: what differs is not in the paste. */
const isOpen = ({ code, difference = '' }: Explanation): boolean =>
  code === 'SignatureMismatch' && difference.startsWith('not comparable');
