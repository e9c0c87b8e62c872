/** Reads from logins whom credentials are issued for. */
import type { IssuedLogin } from '../credentials/index.js';
import type { VerifiedLogin } from './logins.js';

/** The longest value that a session tag may have. */
const LONGEST_TAG = 256;

/**
 * Who logged in, and where.
 * @param login The first login; `undefined` for a guest.
 */
export function loginOf(login: VerifiedLogin | undefined): IssuedLogin | undefined {
  if (login === undefined) return undefined;
  const { provider, subject, userPool } = login;
  return { provider, sub: subject, ...(userPool && { userPoolId: userPool.id, groups: userPool.groups }) };
}

/**
 * The tags of the session: of the claims that the pool maps, those that the token has.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/attributes-for-access-control.html
 * @param login The first login; `undefined` for a guest, who has no tags.
 * @param map The names of claims by those of tags.
 */
export function tagsOf(
  login: VerifiedLogin | undefined,
  map: Readonly<Record<string, string>> = {},
): Record<string, string> | undefined {
  if (login === undefined) return undefined;
  const pairs = Object.entries(map).flatMap(([tag, claim]): [string, string][] => {
    const value = login.claims[claim];
    const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    return typeof text === 'string' && text.length <= LONGEST_TAG ? [[tag, text]] : [];
  });
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}

/** How an identity was authenticated: the claim `amr` of its tokens, and what API Gateway tells a function. */
export function amrOf(logins: readonly VerifiedLogin[]): string[] {
  if (logins.length === 0) return ['unauthenticated'];
  return ['authenticated', ...logins.flatMap(({ provider, amr }) => [provider, amr])];
}
