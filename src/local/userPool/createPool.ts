/** Makes a user pool out of its options, and of what was kept of it. */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../options/index.js';
import { Attempts, CODE_RULES, SENDING_RULES, SIGN_IN_RULES } from './attempts.js';
import { schemaOf } from './attributes.js';
import { BoundedMap } from './boundedMap.js';
import { CodeBook } from './codes.js';
import { addUser, customAttributesOf } from './initialUsers.js';
import { createSigningKey, JwtSigner } from './jwt.js';
import type { KeptPool } from './kept.js';
import { PoolStore } from './poolStore.js';
import { Sessions } from './sessions.js';
import type { Pool } from './state.js';
import type { AppClient } from './stored.js';
import { Simulation } from './subject.js';
import { TokenIssuer } from './tokens.js';
import { UsedTotpCodes } from './totp.js';
import type { AuthFlow, CustomChallenge, UserPoolOptions } from './types.js';
import { UserDirectory } from './users.js';

/** How long a challenge may be answered, in milliseconds. */
const CHALLENGE_LIFETIME = 3 * 60_000;

const ALL_FLOWS: readonly AuthFlow[] = [
  'USER_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'USER_AUTH',
  'CUSTOM_AUTH',
  'REFRESH_TOKEN_AUTH',
];

/** What a pool begins with, beside its options. */
export interface PoolStart {
  readonly id: string;
  /** The app client that is there from the start. */
  readonly clientId: string;
  readonly now: Clock;
  readonly started: Date;
  readonly kept: KeptPool | undefined;
}

/** Who is in a pool. */
export type PoolContents = Pick<Pool, 'store' | 'users' | 'customChallengeOf'>;

/** The app client and the users of the options, and those who were kept. */
export function openContents(options: UserPoolOptions, start: PoolStart): PoolContents {
  const { users = [], customAttributes = [], passwordPolicy = {} } = options;
  const { kept } = start;
  const store = new PoolStore(schemaOf(customAttributesOf(customAttributes, users)), kept);
  const client = firstClient(options, start);
  store.clients.set(client.ClientId, client);
  const directory = new UserDirectory(store, start.now, passwordPolicy);
  const customChallenges = new Map<string, CustomChallenge>();
  for (const user of users) {
    // Who was kept stays as they were.
    const { Username } = (kept && directory.find(user.username)) ?? addUser(directory, user);
    if (user.customChallenge !== undefined) customChallenges.set(Username, user.customChallenge);
  }
  return {
    store,
    users: directory,
    customChallengeOf: (user) =>
      (user === undefined ? undefined : customChallenges.get(user.Username)) ?? options.customChallenge,
  };
}

/**
 * Makes the pool.
 * @param options As checked.
 * @param start What it begins with.
 * @param contents Who is in it.
 * @param issuer The URL of its tokens' issuer.
 */
export async function createPool(
  options: UserPoolOptions,
  { id, now, started, kept }: PoolStart,
  contents: PoolContents,
  issuer: string,
): Promise<Pool> {
  const {
    mfa = 'OPTIONAL',
    passwordPolicy = {},
    firstFactors = ['PASSWORD'],
    preventUserExistenceErrors = false,
    tokenLifetimeSeconds = 3600,
    refreshTokenLifetimeSeconds = 30 * 24 * 3600,
  } = options;
  const signer = kept ? JwtSigner.restore(kept.signer) : new JwtSigner(await createSigningKey());
  const lifetimes = { tokenLifetimeSeconds, refreshTokenLifetimeSeconds };
  return {
    ...contents,
    id,
    now,
    mfa,
    passwordPolicy,
    firstFactors,
    passkeys: {
      relyingPartyId: options.passkeys?.relyingPartyId ?? 'localhost',
      userVerification: options.passkeys?.userVerification ?? 'preferred',
    },
    registrations: new BoundedMap(1000),
    started,
    preventUserExistenceErrors,
    simulation: new Simulation(randomBytes(32)),
    tokens: new TokenIssuer(signer, { issuer, ...lifetimes, now }, kept?.logins),
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
}

function firstClient(
  { authFlows, refreshTokenRotation: rotation = false, preventUserExistenceErrors = false }: UserPoolOptions,
  { id, clientId, started }: PoolStart,
): AppClient {
  const flows = authFlows ?? ALL_FLOWS.filter((flow) => rotation === false || flow !== 'REFRESH_TOKEN_AUTH');
  const { graceSeconds = 0 } = Object(rotation) as Exclude<typeof rotation, boolean>;
  const rotates = rotation !== false && {
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: graceSeconds } as const,
  };
  return {
    ClientId: clientId,
    UserPoolId: id,
    CreationDate: started,
    ClientName: 'local',
    ExplicitAuthFlows: flows.map((flow) => `ALLOW_${flow}`),
    EnableTokenRevocation: true,
    PreventUserExistenceErrors: preventUserExistenceErrors ? 'ENABLED' : 'LEGACY',
    LastModifiedDate: started,
    ...rotates,
  };
}
