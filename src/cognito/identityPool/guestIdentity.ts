/** Keeping a guest's identity id, so that a guest who comes back after a reload is the same one to the API. */
import type { GuestIdentity } from './types.js';

/** What keeps it: the app's storage. */
interface Storage {
  getItem(key: string): string | null | undefined;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/**
 * The key under which a guest's identity id is kept, which is aws-sdk v2's own.
 * @param identityPoolId The identity pool's id.
 */
export const guestKey = (identityPoolId = ''): string => `aws.cognito.identity-id.${identityPoolId}`;

/**
 * Makes what keeps a guest's identity id. A storage that fails is as good as none: the guest is
 * another one then.
 * @param storage The app's storage.
 * @param identityPoolId The identity pool's id.
 */
export function createGuestIdentity(storage: Storage, identityPoolId: string): GuestIdentity {
  const key = guestKey(identityPoolId);
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch {
      return undefined;
    }
  };
  return {
    read: () => attempt(() => storage.getItem(key)) ?? undefined,
    keep(id) {
      attempt(() => {
        storage.setItem(key, id);
      });
    },
    forget() {
      attempt(() => {
        storage.removeItem(key);
      });
    },
  };
}
