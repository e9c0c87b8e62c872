/** Logging in, refreshing and signing out: InitiateAuth, RespondToAuthChallenge and what ends a session. */
import { createHash, randomBytes } from 'node:crypto';
import { equalInConstantTime } from './constantTime.js';
import type { StoredUser } from './storedUser.js';
import type { SrpCredential } from './srp.js';
import { beginExchange, createCredential, verifyPasswordClaim } from './srp.js';
import { afterPassword, askCustomChallenge, checkStatus, respondToChallenge } from './challenges.js';
import { INCORRECT_LOGIN, invalidParameter, notAuthorized } from './errors.js';
import type { Fields, Operation, Pool } from './state.js';
import type { AuthFlow } from './types.js';
import { clientOf, fieldsOf, optionalText, text } from './state.js';

/** `Sun Aug 30 12:36:00 UTC 2015` */
const TIMESTAMP =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2} \d\d:\d\d:\d\d UTC \d{4}$/;

/** Flows by every name that a request may give them. The administrators' flows need no permission of the client's. */
const FLOWS: Readonly<Record<string, AuthFlow>> = {
  USER_SRP_AUTH: 'USER_SRP_AUTH',
  USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH',
  CUSTOM_AUTH: 'CUSTOM_AUTH',
  REFRESH_TOKEN_AUTH: 'REFRESH_TOKEN_AUTH',
  REFRESH_TOKEN: 'REFRESH_TOKEN_AUTH',
};
const ADMIN_FLOWS: Readonly<Record<string, AuthFlow>> = {
  ...FLOWS,
  ADMIN_USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH',
  ADMIN_NO_SRP_AUTH: 'USER_PASSWORD_AUTH',
};

const initiateAuth: Operation = async (pool, request) => {
  const name = text(request, 'AuthFlow');
  const flow = FLOWS[name];
  if (flow === undefined) throw invalidParameter(`Unsupported AuthFlow: ${name}`);
  if (!pool.authFlows.includes(flow)) throw invalidParameter(`${name} flow not enabled for this client`);
  return start(pool, flow, await clientOf(pool, request), fieldsOf(request, 'AuthParameters'));
};

const adminInitiateAuth: Operation = async (pool, request) => {
  const name = text(request, 'AuthFlow');
  const flow = ADMIN_FLOWS[name];
  if (flow === undefined) throw invalidParameter(`Unsupported AuthFlow: ${name}`);
  return start(pool, flow, await clientOf(pool, request), fieldsOf(request, 'AuthParameters'));
};

const respondToAuthChallenge: Operation = async (pool, request) => {
  const clientId = await clientOf(pool, request);
  const name = text(request, 'ChallengeName');
  const responses = fieldsOf(request, 'ChallengeResponses');
  if (name === 'PASSWORD_VERIFIER') return checkProof(pool, clientId, responses);
  return respondToChallenge(pool, clientId, name, text(request, 'Session'), responses);
};

const globalSignOut: Operation = async (pool, request) => {
  const { username } = pool.tokens.readAccessToken(text(request, 'AccessToken'));
  pool.tokens.revokeAll(username);
  return Promise.resolve({});
};

const adminUserGlobalSignOut: Operation = async (pool, request) => {
  pool.tokens.revokeAll((await pool.users.get(text(request, 'Username'))).Username);
  return {};
};

const revokeToken: Operation = async (pool, request) => {
  pool.tokens.revoke(text(request, 'Token'), await clientOf(pool, request));
  return {};
};

/** The operations of this file by their names on the wire. */
export const authOperations: Readonly<Record<string, Operation>> = {
  InitiateAuth: initiateAuth,
  AdminInitiateAuth: adminInitiateAuth,
  RespondToAuthChallenge: respondToAuthChallenge,
  AdminRespondToAuthChallenge: respondToAuthChallenge,
  GlobalSignOut: globalSignOut,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  RevokeToken: revokeToken,
};

async function start(pool: Pool, flow: AuthFlow, clientId: string, parameters: Fields): Promise<object> {
  switch (flow) {
    case 'REFRESH_TOKEN_AUTH':
      return refresh(pool, clientId, text(parameters, 'REFRESH_TOKEN'));
    case 'USER_PASSWORD_AUTH':
      return checkPassword(pool, clientId, text(parameters, 'USERNAME'), text(parameters, 'PASSWORD'));
    case 'USER_SRP_AUTH':
      return startSrp(pool, clientId, parameters, false);
    case 'CUSTOM_AUTH': {
      if (optionalText(parameters, 'CHALLENGE_NAME') === 'SRP_A') return startSrp(pool, clientId, parameters, true);
      const user = await knownUser(pool, text(parameters, 'USERNAME'));
      if (user === undefined) throw notAuthorized(INCORRECT_LOGIN);
      return askCustomChallenge(pool, user, clientId);
    }
  }
}

async function startSrp(pool: Pool, clientId: string, parameters: Fields, custom: boolean): Promise<object> {
  const name = text(parameters, 'USERNAME');
  const srpA = text(parameters, 'SRP_A');
  const user = await knownUser(pool, name);
  // A user who does not exist gets a challenge as well, which no password answers.
  const credential = user === undefined ? decoyCredential(pool, name) : credentialOf(pool, user);
  const exchange = beginExchange(credential, srpA);
  if (exchange === undefined) throw invalidParameter('SRP_A is not a valid public value.');
  const userId = user?.Username ?? name;
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      USER_ID_FOR_SRP: userId,
      USERNAME: userId,
      SALT: credential.salt.toString(16),
      SRP_B: exchange.serverPublic.toString(16),
      SECRET_BLOCK: pool.proofs.open({ username: user?.Username, userId, clientId, custom, exchange }),
    },
  };
}

async function checkProof(pool: Pool, clientId: string, responses: Fields): Promise<object> {
  const secretBlock = text(responses, 'PASSWORD_CLAIM_SECRET_BLOCK');
  const signature = text(responses, 'PASSWORD_CLAIM_SIGNATURE');
  const timestamp = text(responses, 'TIMESTAMP');
  const name = text(responses, 'USERNAME');
  if (!TIMESTAMP.test(timestamp)) {
    throw invalidParameter('TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.');
  }
  const pending = pool.proofs.take(secretBlock);
  const claim = { poolName: poolName(pool), userId: pending.userId, secretBlock, timestamp };
  const proven = verifyPasswordClaim(pending.exchange, claim, signature);
  const user = await pool.users.find(name);
  const isTheirs = user !== undefined && user.Username === pending.username && pending.clientId === clientId;
  if (!proven || !isTheirs) throw notAuthorized(INCORRECT_LOGIN);
  return pending.custom ? askCustomChallenge(pool, user, clientId) : afterPassword(pool, user, clientId);
}

async function checkPassword(pool: Pool, clientId: string, name: string, password: string): Promise<object> {
  const user = await knownUser(pool, name);
  // As digests, so that not even the lengths show.
  const digest = (value: string): Buffer => createHash('sha256').update(value, 'utf8').digest();
  if (user === undefined || !equalInConstantTime(digest(password), digest(user.Password))) {
    throw notAuthorized(INCORRECT_LOGIN);
  }
  return afterPassword(pool, user, clientId);
}

async function refresh(pool: Pool, clientId: string, token: string): Promise<object> {
  const login = pool.tokens.readRefreshToken(token, clientId);
  const user = await pool.users.find(login.username);
  if (user === undefined) throw notAuthorized('Refresh Token has been revoked');
  checkStatus(user);
  const tokens = login.renew(user, await pool.users.groupsOf(user));
  return { ChallengeParameters: {}, AuthenticationResult: tokens };
}

/** Finds a user; an unknown one is an error unless the pool hides who exists. */
function knownUser(pool: Pool, name: string): Promise<StoredUser | undefined> {
  return pool.preventUserExistenceErrors ? pool.users.find(name) : pool.users.get(name);
}

function credentialOf(pool: Pool, user: StoredUser): SrpCredential {
  const cached = pool.credentials.get(user.Username);
  if (cached?.password === user.Password) return cached.credential;
  const credential = createCredential(poolName(pool), user.Username, user.Password);
  pool.credentials.set(user.Username, { password: user.Password, credential });
  return credential;
}

/** Stands in for a user who does not exist: the same salt each time for the same name, as a real user would have. */
function decoyCredential(pool: Pool, name: string): SrpCredential {
  const salt = createHash('sha256').update(`${pool.decoySeed}${name}`).digest('hex').slice(0, 32);
  return createCredential(poolName(pool), name, randomBytes(32).toString('hex'), BigInt(`0x${salt}`));
}

function poolName(pool: Pool): string {
  return pool.id.slice(pool.id.indexOf('_') + 1);
}
