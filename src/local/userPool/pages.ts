/** Divides lists into pages. */
import { invalidParameter } from './errors.js';
import type { Fields } from './state.js';
import { optionalText } from './state.js';

/** A page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The token for the next page, under the operation's name for it; empty on the last page. */
  readonly next: Readonly<Record<string, string>>;
}

/** The most items that AWS gives in a page. */
const MOST = 60;

/**
 * The page of a list that a request asks for.
 *
 * @param all The list.
 * @param request The request.
 * @param limitName The operation's name for how many items a page may have, 1 to 60; default 60.
 * @param tokenName The operation's name for where the page begins.
 * @throws AwsJsonError InvalidParameterException
 */
export function pageOf<T>(all: readonly T[], request: Fields, limitName: string, tokenName: string): Page<T> {
  const limit: unknown = request[limitName] ?? MOST;
  if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > MOST) {
    throw invalidParameter(`${limitName}: a whole number from 1 to ${MOST}`);
  }
  const token = optionalText(request, tokenName) ?? '0';
  const start = /^\d{1,9}$/.test(token) ? Number(token) : NaN;
  if (Number.isNaN(start)) throw invalidParameter(`Invalid ${tokenName}`);
  const end = start + Number(limit);
  return { items: all.slice(start, end), next: end < all.length ? { [tokenName]: String(end) } : {} };
}
