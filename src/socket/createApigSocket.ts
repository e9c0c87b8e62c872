/** Sockets of a user who is logged in: they end with the session. */
import { AuthError } from '../errors.js';
import { invalidOption, isObject } from '../util/index.js';
import type { CredentialProvider } from '../util/index.js';
import { readAddress, readConnectOptions, readProtocols } from './options.js';
import { SignedSocket } from './signedSocket.js';
import { readRules, SOCKET_OPTIONS } from './signedSocketOptions.js';
import type { SignedSocketOptions } from './signedSocketOptions.js';

/** The part of a session that a socket needs. */
export interface SessionOfOwner {
  /** What the ID token says of the user, among it the permanent id, `sub`. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/**
 * The part of an instance that a socket needs; what `createApig` and `configure` give has it.
 * @example
 * const owner: SocketOwner = createApig(config);
 */
export interface SocketOwner {
  /** The credentials of whoever is logged in. */
  readonly credentials: CredentialProvider;
  /** The session of the user who is logged in; `null` where nobody is. */
  readonly getSession: () => SessionOfOwner | null;
  /** Calls the listener after each login and logout; returns a function that removes it. */
  readonly onSessionChange: (listener: () => void) => () => void;
}

/**
 * Makes a socket of the user who is logged in, as `createSignedSocket` does. It is theirs alone: once they log out, here or in another tab,
 * once their session ends or somebody else logs in, it is closed, its event `error` has an `AuthError` (`SessionChanged`), and nothing
 * more is sent. Renewals and another login of the same user leave it open. With an instance for guests, it ends once somebody logs in.
 *
 * @param apig What `createApig` or `configure` gave.
 * @param options As for `createSignedSocket`, without `credentials`.
 * @returns The socket.
 * @throws SigV4Error `InvalidOption`, `InvalidEndpoint`; AuthError `NotReady` before a storage that answers by promises is loaded
 * @example
 * const socket = createApigSocket(apig, { url: 'wss://abc123.execute-api.eu-west-1.amazonaws.com/prod' });
 */
export function createApigSocket(apig: SocketOwner, options: Omit<SignedSocketOptions, 'credentials'>): SignedSocket {
  if (!isObject(apig) || typeof (apig as Partial<SocketOwner>).onSessionChange !== 'function') {
    throw invalidOption('apig', 'what createApig or configure gave', apig);
  }
  if (isObject(options) && 'credentials' in options)
    throw invalidOption('credentials', 'nothing, since they are those of apig', 'some');
  const signed = readConnectOptions({ ...options, credentials: apig.credentials }, SOCKET_OPTIONS);
  const subject = subjectOf(apig);
  const assertCurrent = (): void => {
    if (subjectOf(apig) !== subject) throw sessionChanged();
  };
  return new SignedSocket({
    connect: { ...signed, assertCurrent },
    url: readAddress(options.url),
    protocols: readProtocols(options.protocols),
    rules: readRules(options),
    watch: (end) =>
      apig.onSessionChange(() => {
        if (subjectOf(apig) !== subject) end(sessionChanged());
      }),
  });
}

/** The permanent id of the user who is logged in; `undefined` where nobody is. */
const subjectOf = (apig: SocketOwner): unknown => apig.getSession()?.claims.sub;

const sessionChanged = (): AuthError =>
  new AuthError(
    'SessionChanged',
    'The user of this socket has logged out, or another one has logged in. It is closed; make another one for whoever is logged in.',
  );
