/** The identity that signs at the moment: one at a time, from a login to the end of the session. */
import type { CredentialLoader } from './credentialLoader.js';
import { createIdentity } from './identity.js';
import type { Identity } from './identity.js';
import { GUEST } from './identityPool/index.js';
import type { CredentialSharing } from './identityPool/index.js';
import type { UserPool, UserSession } from './userPool/index.js';

/** What the identities get from their instance. */
export interface CurrentIdentityOptions {
  /** The user pool; `undefined` where none is configured. */
  readonly pool: UserPool | undefined;
  /** Gets the credentials of the identities. */
  readonly loader: CredentialLoader;
  /** The app's own clock; `undefined` where it has none. */
  readonly now: (() => number) | undefined;
  /** Makes the credentials known elsewhere as well, such as to `AWS.config`. */
  readonly sharing: CredentialSharing | undefined;
}

/** Keeps the identity that signs at the moment. */
export interface CurrentIdentity {
  /** The identity of a session that has just been looked up; `undefined` stands for nobody who is logged in. */
  readonly of: (session: UserSession | undefined) => Identity;
  /** Ends the present identity unless it is that of this session: such as a guest's, once a user has logged in. */
  readonly endOthers: (session: UserSession | undefined) => void;
  /** Ends the present identity. */
  readonly end: () => void;
}

/**
 * Makes the keeper of the present identity.
 * @param options The user pool, and where credentials come from.
 */
export function createCurrentIdentity({ pool, loader, now, sharing }: CurrentIdentityOptions): CurrentIdentity {
  let present: Identity | undefined;

  function of(session: UserSession | undefined): Identity {
    endOthers(session);
    return (present ??= create(session));
  }

  function create(session: UserSession | undefined): Identity {
    const loginId = session?.username ?? GUEST;
    return createIdentity({
      session,
      providerName: pool?.config.providerName,
      isCurrent: () => pool?.current() === session,
      load: (context) => loader.load(context, loginId),
      // A guest's id is kept, so that a guest who logs in and out again is the same guest; only `logout` forgets it.
      forget: () => void (loginId !== GUEST && loader.forget(loginId)),
      now,
      sharing,
    });
  }

  function endOthers(session: UserSession | undefined): void {
    if (!present || present.session !== session) end();
  }

  function end(): void {
    present?.end();
    present = undefined;
    sharing?.revoke();
  }

  return { of, endOthers, end };
}
