/** The parameters of a query. */
import type { Pair } from '../../sigv4/index.js';

/**
 * The parameters of a query, still encoded.
 * @param query Without its question mark. A part without `=` has an empty value; empty parts are left out.
 */
export function splitQuery(query: string): Pair[] {
  return query
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [part, ''] : [part.slice(0, equals), part.slice(equals + 1)];
    });
}

/** The parameters of a query, decoded as those of a form, in which `+` is a space. What cannot be decoded stays unchanged. */
export function decodeQuery(query: string): Pair[] {
  return splitQuery(query).map(([name, value]) => [decodeFormText(name), decodeFormText(value)]);
}

function decodeFormText(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}
