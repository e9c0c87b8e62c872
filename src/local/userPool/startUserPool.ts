/**
 * A Cognito User Pool on your own machine. cognito-local holds the users; in front of it stands what it lacks or does
 * otherwise than AWS: a real SRP exchange, every challenge, revocation, and AWS's errors.
 */
import { randomBytes } from 'node:crypto';
import { openCognitoLocal } from './cognitoLocal.js';
import { listen } from '../http/index.js';
import type { LocalHandler } from '../http/index.js';
import { CodeBook } from './codes.js';
import type { LocalCode } from './codes.js';
import { UserPoolError } from './errors.js';
import { userPoolHandler } from './handler.js';
import { addUser, awsPasswordPolicy, checkOptions, customAttributesOf, newId } from './options.js';
import type { UserPoolOptions } from './options.js';
import { Sessions } from './sessions.js';
import type { CustomChallenge, Pool } from './state.js';
import { createSigningKey, TokenIssuer } from './tokens.js';
import type { JsonWebKeySet } from './tokens.js';
import { totpCode } from './totp.js';
import { UserDirectory } from './users.js';

export type { CodePurpose, LocalCode } from './codes.js';
export { UserPoolError } from './errors.js';
export type { LocalMfa, LocalUser, UserPoolOptions } from './options.js';
export type { AuthFlow, CustomChallenge } from './state.js';
export type { JsonWebKeySet } from './tokens.js';
export type { PasswordPolicy } from './users.js';

/** A running user pool. */
export interface LocalUserPool {
  /** Where clients send their requests: the `endpoint` of amazon-cognito-identity-js and the AWS SDKs. */
  readonly url: string;
  /** First part of the pool's id. */
  readonly region: string;
  /** The region, `_` and letters or digits. */
  readonly userPoolId: string;
  /** The id of the app client. */
  readonly clientId: string;
  /** The `iss` of its tokens: the URL and the pool's id. Its keys are at `/.well-known/jwks.json` below it. */
  readonly issuer: string;
  /** The public keys of its tokens. */
  jwks(): Promise<JsonWebKeySet>;
  /**
   * What was "sent" to a user by e-mail or SMS, oldest first.
   *
   * @param username the name the user signs in with, or their `sub`, e-mail address or phone number
   */
  codes(username: string): LocalCode[];
  /**
   * What a user's authenticator app shows at this moment.
   *
   * @param username the name the user signs in with
   * @returns six digits
   * @throws UserPoolError `NoAuthenticator` when there is no such user, or none with an authenticator app
   */
  totp(username: string): Promise<string>;
  /** Stops the server. */
  close(): Promise<void>;
}

const CHALLENGE_LIFETIME = 3 * 60_000;

/**
 * Starts a Cognito User Pool on 127.0.0.1.
 *
 * @param options users, port, lifetimes; all optional
 * @returns the running pool
 * @throws UserPoolError `InvalidOption` naming the option, or `MissingPackage` when cognito-local is not installed
 *
 * @example
 * const pool = await startUserPool({ users: [{ username: 'user@example.com', password: 'Passw0rd!' }] });
 * new CognitoUserPool({ UserPoolId: pool.userPoolId, ClientId: pool.clientId, endpoint: pool.url });
 * await pool.close();
 */
export async function startUserPool(options: UserPoolOptions = {}): Promise<LocalUserPool> {
  checkOptions(options);
  const { users = [], region = 'us-east-1', now = () => new Date() } = options;
  const userPoolId =
    options.userPoolId ?? `${region}_${newId(9, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')}`;
  const clientId = options.clientId ?? newId(26, 'abcdefghijklmnopqrstuvwxyz0123456789');
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
      customAttributes: customAttributesOf(users),
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
  const server = await listen((request, info) => handle(request, info), options.port, {
    ...(options.onError === undefined ? {} : { onError: options.onError }),
  });
  const issuer = `${server.url}/${userPoolId}`;
  const pool: Pool = {
    id: userPoolId,
    now,
    mfa,
    authFlows,
    preventUserExistenceErrors,
    hidingKey: randomBytes(16).toString('hex'),
    customChallengeOf: (user) => customChallenges.get(user.Username) ?? options.customChallenge,
    cognito,
    users: directory,
    tokens: new TokenIssuer(key, {
      issuer,
      tokenLifetime: options.tokenLifetime ?? 3600,
      refreshTokenLifetime: options.refreshTokenLifetime ?? 30 * 24 * 3600,
      now,
    }),
    codes: new CodeBook(now, options.onCode),
    challenges: new Sessions(now, CHALLENGE_LIFETIME),
    proofs: new Sessions(now, CHALLENGE_LIFETIME),
    credentials: new Map(),
  };
  handle = userPoolHandler(pool, issuer, options.onError);

  return {
    url: server.url,
    region,
    userPoolId,
    clientId,
    issuer,
    jwks: () => Promise.resolve(pool.tokens.jwks()),
    codes: (username) => pool.codes.sentTo(username),
    totp: async (username) => {
      const secret = (await directory.find(username))?.SoftwareTokenMfaConfiguration?.Secret;
      if (secret !== undefined) return totpCode(secret, now());
      throw new UserPoolError('NoAuthenticator', `No user ${username} with an authenticator app in this pool.`);
    },
    close: () => server.close(),
  };
}
