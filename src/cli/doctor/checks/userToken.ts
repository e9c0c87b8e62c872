/** The ID token of the user who is logged in. */
import type { Signer } from '../subject.js';

/** The ID token of the user who signs; `undefined` where no user does. */
export function tokenOf(signer: Signer): Promise<string | undefined> {
  const apig = signer.kind === 'user' ? signer.session.apig : undefined;
  return apig ? apig.getUserToken() : Promise.resolve(undefined);
}
