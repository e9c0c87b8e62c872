/** Operations that register, list and delete passkeys: StartWebAuthnRegistration and others. */
import { randomBytes } from 'node:crypto';
import { AwsJsonError } from '../http/index.js';
import { pageOf } from './pages.js';
import { TIMEOUT } from './passkeyLogin.js';
import { tokensUser } from './requestUsers.js';
import type { Operation, Pool } from './state.js';
import { text } from './state.js';
import type { StoredPasskey } from './stored.js';
import { attributeOf, idOf } from './users.js';
import { ALGORITHMS, readRegistration } from './webAuthn.js';

/** The most passkeys that AWS lets a user have. */
const MOST_PASSKEYS = 20;

const startWebAuthnRegistration: Operation = (pool, request) => {
  checkEnabled(pool);
  const user = tokensUser(pool, request);
  const passkeys = user.passkeys ?? [];
  if (passkeys.length >= MOST_PASSKEYS) {
    throw new AwsJsonError('LimitExceededException', `A user can have ${MOST_PASSKEYS} passkeys.`);
  }
  const challenge = randomBytes(32).toString('base64url');
  pool.registrations.set(idOf(user), { challenge, startedAt: pool.now().getTime() });
  const { relyingPartyId, userVerification } = pool.passkeys;
  const name = attributeOf(user, 'email') ?? user.Username;
  return {
    CredentialCreationOptions: {
      rp: { id: relyingPartyId, name: relyingPartyId },
      user: { id: Buffer.from(idOf(user)).toString('base64url'), name, displayName: name },
      challenge,
      pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
      timeout: TIMEOUT,
      excludeCredentials: passkeys.map(({ id, transports }) => ({ id, type: 'public-key', transports })),
      authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification },
    },
  };
};

const completeWebAuthnRegistration: Operation = (pool, request) => {
  checkEnabled(pool);
  const user = tokensUser(pool, request);
  const registration = pool.registrations.get(idOf(user));
  const now = pool.now();
  if (registration === undefined || now.getTime() - registration.startedAt >= TIMEOUT) {
    throw new AwsJsonError('WebAuthnChallengeNotFoundException', 'There is no registration under way.');
  }
  const { challenge } = registration;
  const made = readRegistration(request.Credential, { ...pool.passkeys, challenge });
  pool.registrations.delete(idOf(user));
  const { passkeys = [] } = user;
  if (isRegistered(pool, made.id)) {
    throw new AwsJsonError('WebAuthnCredentialNotSupportedException', 'The credential is registered already.');
  }
  const { relyingPartyId } = pool.passkeys;
  const passkey: StoredPasskey = { ...made, name: `Passkey ${passkeys.length + 1}`, relyingPartyId, createdAt: now };
  pool.users.update(user, { passkeys: [...passkeys, passkey] });
  return {};
};

const listWebAuthnCredentials: Operation = (pool, request) => {
  const { passkeys = [] } = tokensUser(pool, request);
  const { items, next } = pageOf([...passkeys], request, 'MaxResults', 'NextToken');
  return {
    Credentials: items.map(({ id, name, relyingPartyId, attachment, transports, createdAt }) => ({
      CredentialId: id,
      FriendlyCredentialName: name,
      RelyingPartyId: relyingPartyId,
      AuthenticatorAttachment: attachment,
      AuthenticatorTransports: transports,
      CreatedAt: createdAt,
    })),
    ...next,
  };
};

const deleteWebAuthnCredential: Operation = (pool, request) => {
  const user = tokensUser(pool, request);
  const wanted = text(request, 'CredentialId');
  const left = (user.passkeys ?? []).filter(({ id }) => id !== wanted);
  if (left.length === (user.passkeys ?? []).length) {
    throw new AwsJsonError('ResourceNotFoundException', 'The user has no such passkey.');
  }
  pool.users.update(user, { passkeys: left });
  return {};
};

/** The operations of this file by their names on the wire. */
export const passkeyOperations: Readonly<Record<string, Operation>> = {
  StartWebAuthnRegistration: startWebAuthnRegistration,
  CompleteWebAuthnRegistration: completeWebAuthnRegistration,
  ListWebAuthnCredentials: listWebAuthnCredentials,
  DeleteWebAuthnCredential: deleteWebAuthnCredential,
};

/** Whether anyone has a passkey of this id, of whichever key: ids are to be random, and an authenticator does not make one twice. */
function isRegistered(pool: Pool, wanted: string): boolean {
  return [...pool.store.users.values()].some(({ passkeys = [] }) => passkeys.some(({ id }) => id === wanted));
}

function checkEnabled(pool: Pool): void {
  if (pool.firstFactors.includes('WEB_AUTHN')) return;
  throw new AwsJsonError('WebAuthnNotEnabledException', 'Passkeys are not enabled for this user pool.');
}
