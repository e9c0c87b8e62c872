/**
 * A Cognito User Pool on your own machine: a real SRP exchange, every challenge, rotation and revocation, and AWS's errors. It
 * keeps all that it knows in memory, unless its state is kept over restarts.
 */
import { randomInt } from 'node:crypto';
import { listen } from '../http/index.js';
import type { LocalHandler } from '../http/index.js';
import { errorListener, openClock } from '../options/index.js';
import type { Keeper } from '../state/index.js';
import { createPool, openContents } from './createPool.js';
import { UserPoolError, userPoolOptionError } from './errors.js';
import { userPoolHandler } from './handler.js';
import { keptOf, readKept } from './kept.js';
import { checkUserPoolOptions } from './options.js';
import type { Pool } from './state.js';
import type { LocalUserPool, UserPoolOptions } from './types.js';
import { idOf } from './users.js';

const LOWER_CASE = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/**
 * Starts a Cognito user pool on 127.0.0.1.
 *
 * @param options Users, port, lifetimes in seconds … Default: no users, and a free port.
 * @returns The running pool.
 * @throws UserPoolError `InvalidOption`, with the option's name; LocalAwsError `PortInUse`
 * @example
 * const pool = await startUserPool({ users: [{ username: 'user@example.com', password: 'Passw0rd!' }] });
 * new CognitoUserPool({ UserPoolId: pool.userPoolId, ClientId: pool.clientId, endpoint: pool.url });
 * await pool.stop();
 */
export function startUserPool(options: UserPoolOptions = {}): Promise<LocalUserPool> {
  return startKeptUserPool(options);
}

/**
 * The same, for a pool whose state may last over restarts.
 * @param options As above; the ids of a pool that was kept have to be stated.
 * @param keeper Keeps the state. Default: it is in memory alone.
 */
export async function startKeptUserPool(options: UserPoolOptions, keeper?: Keeper): Promise<LocalUserPool> {
  checkUserPoolOptions(options);
  const { region = 'us-east-1' } = options;
  const onError = errorListener(options.onError);
  const now = openClock(options.now, userPoolOptionError);
  const userPoolId = options.userPoolId ?? `${region}_${newId(9, LOWER_CASE.toUpperCase() + LOWER_CASE + DIGITS)}`;
  const clientId = options.clientId ?? newId(26, LOWER_CASE + DIGITS);
  const start = { id: userPoolId, clientId, now, started: now(), kept: readKept(keeper) };
  const contents = openContents(options, start);

  // The issuer's URL holds the port, which is known only once the server listens.
  let handle: LocalHandler = () => new Response(null, { status: 503 });
  const server = await listen((request, info) => handle(request, info), options.port, { onError });
  const issuer = `${server.url}/${userPoolId}`;
  const pool = await createPool(options, start, contents, issuer);
  const answer = userPoolHandler(pool, issuer, onError);
  keeper?.keep(() => keptOf(pool, clientId));
  handle = async (request, info) => {
    try {
      return await answer(request, info);
    } finally {
      keeper?.changed();
    }
  };

  return {
    url: server.url,
    region,
    userPoolId,
    clientId,
    issuer,
    jwks: () => Promise.resolve(pool.tokens.jwks()),
    codes: (username) => pool.codes.sentTo(username),
    totp: (username) => Promise.resolve(username).then((name) => nextTotpCode(pool, name)),
    stop: () => server.close(),
  };
}

/** What a user's authenticator app shows. */
function nextTotpCode(pool: Pool, username: string): string {
  const user = pool.users.find(username);
  const secret = user?.SoftwareTokenMfaConfiguration?.Secret;
  if (user !== undefined && secret !== undefined) return pool.usedTotpCodes.unusedCode(idOf(user), secret, pool.now());
  throw new UserPoolError('NoAuthenticator', `No user ${username} with an authenticator app in this pool.`);
}

/** Random characters of an alphabet. */
function newId(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]!).join('');
}
