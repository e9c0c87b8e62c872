/** The state of a pool that lasts over a restart: without logins under way, codes and wrong guesses. */
import type { Keeper } from '../state/index.js';
import type { KeptKey } from './jwt.js';
import type { KeptTables } from './poolStore.js';
import type { SrpCredential } from './srp.js';
import { poolName } from './state.js';
import type { Pool } from './state.js';
import type { StoredUser } from './stored.js';
import type { KeptLogin } from './tokenTypes.js';
import { UserPassword } from './userPassword.js';

/** A pool's state, as it is in memory. */
export interface KeptPool extends KeptTables {
  readonly signer: KeptKey;
  readonly logins: readonly KeptLogin[];
}

/** In the file, users have a salt and a verifier in place of their password. */
interface WrittenPool extends Omit<KeptPool, 'users'> {
  readonly users: readonly (Omit<StoredUser, 'Password'> & { readonly Password: SrpCredential })[];
}

/**
 * What is written of a pool.
 * @param pool The pool.
 * @param clientId The app client of the options, which is made anew at each start.
 */
export function keptOf(pool: Pool, clientId: string): WrittenPool {
  const { users, groups, clients, schema } = pool.store;
  return {
    ...pool.tokens.kept(),
    users: [...users.values()].map((user) => {
      const owner = { poolName: poolName(pool), username: user.Username };
      return { ...user, Password: user.Password.credential(owner) };
    }),
    groups: [...groups.values()],
    clients: [...clients.values()].filter(({ ClientId }) => ClientId !== clientId),
    schema,
  };
}

/** What was kept; `undefined` at a pool's first start. The state file has checked that it was written so. */
export function readKept(keeper: Keeper | undefined): KeptPool | undefined {
  const written = keeper?.kept as WrittenPool | undefined;
  if (written === undefined) return undefined;
  const users = written.users.map((user) => ({ ...user, Password: new UserPassword(user.Password) }));
  return { ...written, users };
}
