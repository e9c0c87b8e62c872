/** The ids of the user pool and its app client: stated, kept in the state file, or fixed. */
import type { LocalAwsOptions } from './localAwsOptions.js';
import { LocalAwsError } from './options/index.js';

/** The ids of the pool whose state a file holds. */
export interface PoolIds {
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
}

/**
 * Finds the ids. The pool makes those that are `undefined`.
 * @param options The options.
 * @param region The region.
 * @param isFixed Whether the pool has the same port at each start, and so the same ids.
 * @param kept What a state file says, where there is one.
 * @throws LocalAwsError `InvalidState`, where the file holds the state of another pool: passwords' verifiers are good for one alone
 */
export function idsOf(
  { userPool = {} }: LocalAwsOptions,
  region: string,
  isFixed: boolean,
  kept: PoolIds | undefined,
): { readonly userPoolId: string | undefined; readonly clientId: string | undefined } {
  const stated = userPool.userPoolId ?? kept?.userPoolId;
  if (kept && (kept.region !== region || kept.userPoolId !== stated)) {
    const asked = userPool.userPoolId === undefined ? `region ${region}` : `${userPool.userPoolId} in ${region}`;
    const message = `state: the file holds user pool ${kept.userPoolId} in ${kept.region}, and ${asked} was asked for; give another file`;
    throw new LocalAwsError('InvalidState', message);
  }
  const fixed = isFixed ? { userPoolId: `${region}_LocalPool`, clientId: 'localappclient000000000000' } : undefined;
  return { userPoolId: stated ?? fixed?.userPoolId, clientId: userPool.clientId ?? kept?.clientId ?? fixed?.clientId };
}
