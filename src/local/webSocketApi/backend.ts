/** The credentials of the functions behind a WebSocket API: on AWS, those of their role. */
import { ACCOUNT } from '../apiGateway/index.js';
import { CredentialStore } from '../credentials/index.js';
import type { Clock } from '../options/index.js';

/** Ten years: nobody renews them. */
const LIFETIME_SECONDS = 315_360_000;

/** Makes credentials that are good for `@connections` alone. */
export function createBackend(now: Clock) {
  const store = new CredentialStore({ now });
  const { accessKeyId, secretAccessKey, sessionToken } = store.issue({
    identityId: 'backend',
    authenticated: true,
    role: 'local-websocket-backend',
    lifetimeSeconds: LIFETIME_SECONDS,
  });
  return { store, accountId: ACCOUNT, credentials: () => ({ accessKeyId, secretAccessKey, sessionToken }) };
}
