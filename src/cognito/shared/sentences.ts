/** Fits texts of others, such as the messages of caught errors, into our own. */

/** A text with a full stop at its end, where it ends in no other mark. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** A text without the full stops and white space at its end. */
export function withoutFullStop(text: string): string {
  return /^[^]*[^.\s]/.exec(text)?.[0] ?? '';
}
