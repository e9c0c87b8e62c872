/** Passkeys in a page: making, listing and deleting them, and signing with one. Bundlers drop this file where it is not used. */
import { AuthError } from '../../errors.js';
import { isObject } from '../../util/index.js';
import { checkInput } from '../shared/index.js';
import { checkInstance } from './callUserPool.js';
import type { UserPoolCaller } from './callUserPool.js';
import type { PasskeyChallenge } from './challenges.js';

/** A passkey that is registered at the user pool. */
export interface Passkey {
  /** The passkey's id, as `deletePasskey` takes it. */
  readonly id: string;
  /** The name that the pool gave the passkey. Cognito has no operation to change it. */
  readonly name: string;
  /** The host of the pages that the passkey works in, or a domain above it. */
  readonly relyingPartyId: string;
  /** When it was registered. */
  readonly createdAt: Date;
}

/** A passkey that has just been made. */
export interface RegisteredPasskey {
  /** The passkey's id, as `deletePasskey` takes it. */
  readonly id: string;
}

/** How the browser asks for a passkey. */
export interface PasskeyRequest {
  /** `conditional` offers it in the autofill of a field with `autocomplete="username webauthn"`. Default `optional`, in a dialog. */
  readonly mediation?: 'conditional' | 'optional' | 'required' | 'silent' | undefined;
  /** Ends the request when it is aborted, such as when the user logs in by password instead. Default: none. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Signs with a passkey, for `login`'s callback `passkey`.
 * @param challenge The callback's argument.
 * @param request How to ask. Default: in a dialog.
 * @returns The answer to the challenge, `AuthenticationResponseJSON`.
 * @throws AuthError `MissingDependency` where there is no Web Authentication
 * @throws DOMException of the browser, unchanged: `NotAllowedError` where the user cancels
 * @see https://www.w3.org/TR/webauthn-3/#sctn-getAssertion
 * @example
 * const apig = createApig(config, { authFlow: 'USER_AUTH' });
 * await apig.login('user@example.com', undefined, { passkey: getPasskey });
 */
export async function getPasskey(
  { options }: PasskeyChallenge,
  { mediation, signal }: PasskeyRequest = {},
): Promise<object> {
  const publicKey = withBytes(options) as PublicKeyCredentialRequestOptions;
  const request = { publicKey, ...(mediation && { mediation }), ...(signal && { signal }) };
  return toJson(await webAuthentication().get(request));
}

/**
 * Makes a passkey for the user who is logged in.
 * @param apig What `createApig` or `configure` gave.
 * @returns The passkey's id.
 * @throws AuthError `NotLoggedIn`; `InvalidConfig` where the pool takes no passkeys, or none for this page's host;
 *   `MissingDependency` where there is no Web Authentication
 * @throws DOMException of the browser, unchanged: `NotAllowedError` where the user cancels, `InvalidStateError` where the device has
 *   a passkey for this user already
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartWebAuthnRegistration.html
 * @example
 * const { id } = await registerPasskey(apig);
 */
export async function registerPasskey(apig: UserPoolCaller): Promise<RegisteredPasskey> {
  checkInstance(apig);
  const credentials = webAuthentication();
  const { CredentialCreationOptions: options } = await apig.callUserPool('StartWebAuthnRegistration');
  const publicKey = withBytes(options) as PublicKeyCredentialCreationOptions;
  const made = toJson(await credentials.create({ publicKey }));
  await apig.callUserPool('CompleteWebAuthnRegistration', { Credential: made });
  return { id: made.id };
}

/**
 * Lists the passkeys of the user who is logged in.
 * @param apig What `createApig` or `configure` gave.
 * @returns All passkeys that are registered at the pool.
 * @throws AuthError `NotLoggedIn`, `SessionExpired` …
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListWebAuthnCredentials.html
 * @example
 * for (const { name, createdAt } of await listPasskeys(apig)) console.log(name, createdAt);
 */
export async function listPasskeys(apig: UserPoolCaller): Promise<Passkey[]> {
  checkInstance(apig);
  const found: Passkey[] = [];
  let token: unknown;
  do {
    const page = await apig.callUserPool('ListWebAuthnCredentials', { NextToken: token });
    found.push(...(page.Credentials as Record<string, unknown>[]).map(readPasskey));
    token = page.NextToken;
  } while (token !== undefined);
  return found;
}

/**
 * Deletes a passkey of the user who is logged in from the user pool. The user's device keeps its half, which no longer works.
 * @param apig What `createApig` or `configure` gave.
 * @param id The passkey's id, as `listPasskeys` has it.
 * @returns A promise of nothing.
 * @throws AuthError `NotLoggedIn`, `InvalidInput` where there is no such passkey …
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteWebAuthnCredential.html
 * @example
 * await deletePasskey(apig, id);
 */
export async function deletePasskey(apig: UserPoolCaller, id: string): Promise<void> {
  checkInstance(apig);
  checkInput(id, 'id', 'the id of a passkey, as listPasskeys has it');
  await apig.callUserPool('DeleteWebAuthnCredential', { CredentialId: id });
}

function readPasskey(given: Record<string, unknown>): Passkey {
  return {
    id: String(given.CredentialId),
    name: String(given.FriendlyCredentialName),
    relyingPartyId: String(given.RelyingPartyId),
    createdAt: new Date(Number(given.CreatedAt) * 1000),
  };
}

function webAuthentication(): CredentialsContainer {
  const { credentials } = Object((globalThis as { navigator?: unknown }).navigator) as Partial<Navigator>;
  if (credentials && 'PublicKeyCredential' in globalThis) return credentials;
  throw new AuthError(
    'MissingDependency',
    'Passkeys need Web Authentication, which pages on https and on localhost have, in every current browser.',
  );
}

/** Members of Web Authentication's options whose JSON form is base64url and whose value is bytes. */
const BYTES: readonly string[] = ['challenge', 'id'];

/** Turns options in JSON form into Web Authentication's own. Each `id` is bytes but that of the relying party, `rp`, a host name. */
function withBytes(value: unknown, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => withBytes(one, parent));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => {
    const isBytes = BYTES.includes(name) && typeof member === 'string' && parent !== 'rp';
    return [name, isBytes ? fromBase64url(member) : withBytes(member, name)];
  });
  return Object.fromEntries(entries) as unknown;
}

/** A credential in JSON form. Not by its method `toJSON`, which browsers have only had since 2025. */
function toJson(credential: Credential | null): { id: string } {
  const { id, type, response, authenticatorAttachment } = credential as PublicKeyCredential;
  const members: Record<string, unknown> = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    const bytes: unknown = Reflect.get(response, name);
    if (bytes) members[name] = toBase64url(bytes as ArrayBuffer);
  }
  const transports = (response as Partial<AuthenticatorAttestationResponse>).getTransports?.();
  if (transports) members.transports = transports;
  return Object.assign(
    { id, rawId: id, type, authenticatorAttachment, clientExtensionResults: {} },
    { response: members },
  );
}

const toBase64url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/={1,2}$/, '');

const fromBase64url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
