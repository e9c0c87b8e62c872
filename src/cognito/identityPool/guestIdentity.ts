/** Keeps a guest's identity id, so that a guest is still the same one to the API after a reload. */
import type { GuestIdentity } from './types.js';

/** The part of the app's storage that is needed here. */
interface Storage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): unknown;
}

/**
 * The key under which a guest's identity id is kept: the same as with aws-sdk v2.
 * @param identityPoolId The identity pool's id.
 */
export const guestKey = (identityPoolId = ''): string => `aws.cognito.identity-id.${identityPoolId}`;

/**
 * Keeps a guest's identity id in the app's storage. Where that fails, the guest is another one after a reload.
 * @param storage The app's storage.
 * @param identityPoolId The identity pool's id.
 */
export function createGuestIdentity(storage: Storage, identityPoolId: string): GuestIdentity {
  const key = guestKey(identityPoolId);
  return {
    read() {
      try {
        return storage.getItem(key) ?? undefined;
      } catch {
        return undefined;
      }
    },
    keep: (id) => {
      storage.setItem(key, id);
    },
    forget: () => void storage.removeItem(key),
  };
}
