/**
 * A Cognito User Pool on your own machine: a real SRP exchange, every challenge, rotation and revocation, and AWS's errors. It
 * keeps all that it knows in memory, unless its state is kept over restarts.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { listen } from '../http/index.js';
import type { LocalHandler } from '../http/index.js';
import { openClock } from '../options/index.js';
import type { Keeper } from '../state/index.js';
import { Attempts, CODE_RULES, SENDING_RULES, SIGN_IN_RULES } from './attempts.js';
import { schemaOf } from './attributes.js';
import { BoundedMap } from './boundedMap.js';
import { CodeBook } from './codes.js';
import { UserPoolError, userPoolOptionError } from './errors.js';
import { userPoolHandler } from './handler.js';
import { addUser, customAttributesOf } from './initialUsers.js';
import { createSigningKey, JwtSigner } from './jwt.js';
import { keptOf, readKept } from './kept.js';
import { checkUserPoolOptions } from './options.js';
import { PoolStore } from './poolStore.js';
import { Sessions } from './sessions.js';
import type { Pool } from './state.js';
import type { AppClient } from './stored.js';
import { Simulation } from './subject.js';
import { TokenIssuer } from './tokens.js';
import { UsedTotpCodes } from './totp.js';
import type { AuthFlow, CustomChallenge, LocalUserPool, UserPoolOptions } from './types.js';
import { idOf, UserDirectory } from './users.js';

/** How long a challenge may be answered, in milliseconds. */
const CHALLENGE_LIFETIME = 3 * 60_000;

const ALL_FLOWS: readonly AuthFlow[] = [
  'USER_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'USER_AUTH',
  'CUSTOM_AUTH',
  'REFRESH_TOKEN_AUTH',
];

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
  const { users = [], region = 'us-east-1' } = options;
  const now = openClock(options.now, userPoolOptionError);
  const userPoolId = options.userPoolId ?? `${region}_${newId(9, LOWER_CASE.toUpperCase() + LOWER_CASE + DIGITS)}`;
  const clientId = options.clientId ?? newId(26, LOWER_CASE + DIGITS);
  const mfa = options.mfa ?? 'OPTIONAL';
  const preventUserExistenceErrors = options.preventUserExistenceErrors ?? false;
  const passwordPolicy = options.passwordPolicy ?? {};
  const started = now();

  const kept = readKept(keeper);
  const store = new PoolStore(schemaOf(customAttributesOf(options.customAttributes ?? [], users)), kept);
  store.clients.set(
    clientId,
    firstClient(options, { ClientId: clientId, UserPoolId: userPoolId, CreationDate: started }),
  );
  const directory = new UserDirectory(store, now, passwordPolicy);
  const customChallenges = new Map<string, CustomChallenge>();
  for (const user of users) {
    // Who was kept stays as they were.
    const { Username } = (kept && directory.find(user.username)) ?? addUser(directory, user);
    if (user.customChallenge !== undefined) customChallenges.set(Username, user.customChallenge);
  }

  // The issuer's URL holds the port, which is known only once the server listens.
  let handle: LocalHandler = () => new Response(null, { status: 503 });
  const { onError } = options;
  const server = await listen((request, info) => handle(request, info), options.port, { onError });
  const issuer = `${server.url}/${userPoolId}`;
  const pool: Pool = {
    id: userPoolId,
    now,
    mfa,
    passwordPolicy,
    firstFactors: options.firstFactors ?? ['PASSWORD'],
    passkeys: {
      relyingPartyId: options.passkeys?.relyingPartyId ?? 'localhost',
      userVerification: options.passkeys?.userVerification ?? 'preferred',
    },
    registrations: new BoundedMap(1000),
    started,
    preventUserExistenceErrors,
    simulation: new Simulation(randomBytes(32)),
    customChallengeOf: (user) =>
      (user === undefined ? undefined : customChallenges.get(user.Username)) ?? options.customChallenge,
    store,
    users: directory,
    tokens: new TokenIssuer(
      kept ? JwtSigner.restore(kept.signer) : new JwtSigner(await createSigningKey()),
      {
        issuer,
        tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
        refreshTokenLifetimeSeconds: options.refreshTokenLifetimeSeconds ?? 30 * 24 * 3600,
        now,
      },
      kept?.logins,
    ),
    codes: new CodeBook(now, options.onCode),
    challenges: new Sessions(now, CHALLENGE_LIFETIME),
    proofs: new Sessions(now, CHALLENGE_LIFETIME),
    usedTotpCodes: new UsedTotpCodes(),
    attempts: {
      passwords: new Attempts(now, SIGN_IN_RULES),
      secondFactors: new Attempts(now, SIGN_IN_RULES),
      codes: new Attempts(now, CODE_RULES),
      previousPasswords: new Attempts(now, CODE_RULES),
      sending: new Attempts(now, SENDING_RULES),
    },
  };
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

/** The app client that is there from the start. */
function firstClient(
  { authFlows, refreshTokenRotation: rotation = false, preventUserExistenceErrors = false }: UserPoolOptions,
  ids: Pick<AppClient, 'ClientId' | 'UserPoolId' | 'CreationDate'>,
): AppClient {
  const flows = authFlows ?? ALL_FLOWS.filter((flow) => rotation === false || flow !== 'REFRESH_TOKEN_AUTH');
  const { graceSeconds = 0 } = Object(rotation) as Exclude<typeof rotation, boolean>;
  const rotates = rotation !== false && {
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: graceSeconds } as const,
  };
  return {
    ...ids,
    ClientName: 'local',
    ExplicitAuthFlows: flows.map((flow) => `ALLOW_${flow}`),
    EnableTokenRevocation: true,
    PreventUserExistenceErrors: preventUserExistenceErrors ? 'ENABLED' : 'LEGACY',
    LastModifiedDate: ids.CreationDate,
    ...rotates,
  };
}

/** Random characters of an alphabet. */
function newId(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]!).join('');
}
