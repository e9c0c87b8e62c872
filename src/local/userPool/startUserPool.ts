/**
 * A Cognito User Pool on your own machine. cognito-local holds the users; in front of it stands what it lacks or does
 * otherwise than AWS: a real SRP exchange, every challenge, revocation, and AWS's errors.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { listen } from '../http/index.js';
import type { LocalHandler } from '../http/index.js';
import { readClock } from '../options/index.js';
import { Attempts, CODE_RULES, SENDING_RULES, SIGN_IN_RULES } from './attempts.js';
import { BoundedMap } from './boundedMap.js';
import { CodeBook } from './codes.js';
import { openCognitoLocal } from './cognitoLocal.js';
import { UserPoolError, userPoolOptionError } from './errors.js';
import { userPoolHandler } from './handler.js';
import { addUser, customAttributesOf } from './initialUsers.js';
import { checkOptions } from './options.js';
import { Sessions } from './sessions.js';
import type { Pool } from './state.js';
import { Simulation } from './subject.js';
import { createSigningKey, TokenIssuer } from './tokens.js';
import { UsedTotpCodes } from './totp.js';
import type { CustomChallenge, LocalUserPool, PasswordPolicy, UserPoolOptions } from './types.js';
import { idOf, UserDirectory } from './users.js';

/** How long a challenge may be answered, in milliseconds. */
const CHALLENGE_LIFETIME = 3 * 60_000;

const LOWER_CASE = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

/**
 * Starts a Cognito user pool on 127.0.0.1.
 *
 * @param options Users, port, lifetimes in seconds; all optional.
 * @returns The running pool.
 * @throws {UserPoolError} `InvalidOption`, with the option's name, or `MissingPackage` when cognito-local is not installed;
 *   Node's own error where the port is taken
 *
 * @example
 * const pool = await startUserPool({ users: [{ username: 'user@example.com', password: 'Passw0rd!' }] });
 * new CognitoUserPool({ UserPoolId: pool.userPoolId, ClientId: pool.clientId, endpoint: pool.url });
 * await pool.stop();
 */
export async function startUserPool(options: UserPoolOptions = {}): Promise<LocalUserPool> {
  checkOptions(options);
  const { users = [], region = 'us-east-1' } = options;
  const now = readClock(options.now, userPoolOptionError);
  const userPoolId = options.userPoolId ?? `${region}_${newId(9, LOWER_CASE.toUpperCase() + LOWER_CASE + DIGITS)}`;
  const clientId = options.clientId ?? newId(26, LOWER_CASE + DIGITS);
  const mfa = options.mfa ?? 'OPTIONAL';
  const authFlows = options.authFlows ?? ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH'];
  const preventUserExistenceErrors = options.preventUserExistenceErrors ?? false;

  const [key, cognito] = await Promise.all([
    createSigningKey(),
    openCognitoLocal({
      userPoolId,
      clientId,
      mfaConfiguration: mfa,
      passwordPolicy: awsPasswordPolicy(options.passwordPolicy),
      authFlows: authFlows.map((flow) => `ALLOW_${flow}`),
      customAttributes: customAttributesOf(options.customAttributes ?? [], users),
      preventUserExistenceErrors,
      now,
    }),
  ]);
  const directory = new UserDirectory(cognito.users, now, options.passwordPolicy ?? {});
  const customChallenges = new Map<string, CustomChallenge>();
  for (const user of users) {
    const { Username } = await addUser(directory, user);
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
    authFlows,
    preventUserExistenceErrors,
    simulation: new Simulation(randomBytes(32)),
    customChallengeOf: (user) =>
      (user === undefined ? undefined : customChallenges.get(user.Username)) ?? options.customChallenge,
    cognito,
    users: directory,
    tokens: new TokenIssuer(key, {
      issuer,
      tokenLifetimeSeconds: options.tokenLifetimeSeconds ?? 3600,
      refreshTokenLifetimeSeconds: options.refreshTokenLifetimeSeconds ?? 30 * 24 * 3600,
      now,
    }),
    codes: new CodeBook(now, options.onCode),
    challenges: new Sessions(now, CHALLENGE_LIFETIME),
    proofs: new Sessions(now, CHALLENGE_LIFETIME),
    credentials: new BoundedMap(1000),
    usedTotpCodes: new UsedTotpCodes(),
    attempts: {
      passwords: new Attempts(now, SIGN_IN_RULES),
      secondFactors: new Attempts(now, SIGN_IN_RULES),
      codes: new Attempts(now, CODE_RULES),
      previousPasswords: new Attempts(now, CODE_RULES),
      sending: new Attempts(now, SENDING_RULES),
    },
  };
  handle = userPoolHandler(pool, issuer, onError);

  return {
    url: server.url,
    region,
    userPoolId,
    clientId,
    issuer,
    jwks: () => Promise.resolve(pool.tokens.jwks()),
    codes: (username) => pool.codes.sentTo(username),
    totp: async (username) => {
      const user = await directory.find(username);
      const secret = user?.SoftwareTokenMfaConfiguration?.Secret;
      if (user !== undefined && secret !== undefined) return pool.usedTotpCodes.unusedCode(idOf(user), secret, now());
      throw new UserPoolError('NoAuthenticator', `No user ${username} with an authenticator app in this pool.`);
    },
    stop: () => server.close(),
  };
}

/** The policy as `DescribeUserPool` shows it. */
function awsPasswordPolicy(policy: PasswordPolicy = {}): object {
  return {
    MinimumLength: policy.minimumLength ?? 8,
    RequireUppercase: policy.requireUppercase ?? true,
    RequireLowercase: policy.requireLowercase ?? true,
    RequireNumbers: policy.requireNumbers ?? true,
    RequireSymbols: policy.requireSymbols ?? true,
    TemporaryPasswordValidityDays: 7,
  };
}

/** Random characters of an alphabet. */
function newId(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]!).join('');
}
