/** Logins at a user pool by its own operations, without a library. */
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import type { LoginClient, PoolUser } from './loginClient.js';
import { createPoolAttempt, createUser } from './poolAttempt.js';
import { storeTokens } from './tokens.js';

/**
 * Makes the client that logs users in at a user pool.
 * @param config The user pool.
 * @param options How to call it.
 */
export function connectUserPool(config: UserPoolConfig, options: CallOptions): LoginClient<PoolUser> {
  return {
    flows: ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH'],
    createUser,
    createAttempt: (username, view) => createPoolAttempt(config, options, username, view),
    store(user, view, tokens) {
      storeTokens(view, config.clientId, user.getUsername(), tokens);
    },
    forget() {
      // A user of this client does not hold the tokens: only the view does.
    },
  };
}
