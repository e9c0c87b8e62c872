/** Logging in, refreshing and signing out: InitiateAuth, RespondToAuthChallenge and what ends a session. */
import { allowsFlow, clientOf, graceOf, loginProofOf } from './appClients.js';
import type { SecretProof } from './appClients.js';
import { respondToChallenge } from './challenges.js';
import { startCustomChallenge } from './customChallenge.js';
import { invalidParameter, notAuthorized } from './errors.js';
import { checkStatus } from './loginSteps.js';
import { checkPassword } from './passwordLogin.js';
import { findNamed } from './requestUsers.js';
import { checkProof, startSrp } from './srpLogin.js';
import type { Fields, Operation, Pool } from './state.js';
import type { AuthFlow } from './types.js';
import { fieldsOf, optionalText, text } from './state.js';
import { selectChallenge, startUserAuth } from './userAuth.js';
import { idOf } from './users.js';

/** The flows, by each name that a request may have for them. The app client need not allow the administrators' flows. */
const FLOWS: ReadonlyMap<string, AuthFlow> = new Map(
  Object.entries<AuthFlow>({
    USER_SRP_AUTH: 'USER_SRP_AUTH',
    USER_PASSWORD_AUTH: 'USER_PASSWORD_AUTH',
    USER_AUTH: 'USER_AUTH',
    CUSTOM_AUTH: 'CUSTOM_AUTH',
    REFRESH_TOKEN_AUTH: 'REFRESH_TOKEN_AUTH',
    REFRESH_TOKEN: 'REFRESH_TOKEN_AUTH',
  }),
);
const ADMIN_FLOWS: ReadonlyMap<string, AuthFlow> = new Map([
  ...FLOWS,
  ['ADMIN_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'],
  ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH'],
]);

const initiateAuth: Operation = (pool, request) => {
  const name = text(request, 'AuthFlow');
  const flow = FLOWS.get(name);
  if (flow === undefined) throw invalidParameter(`Unsupported AuthFlow: ${name}`);
  const clientId = clientOf(pool, request, startProofOf(pool, flow, request));
  if (!allowsFlow(pool, clientId, flow)) throw invalidParameter(`${name} flow not enabled for this client`);
  return start(pool, flow, clientId, fieldsOf(request, 'AuthParameters'));
};

const adminInitiateAuth: Operation = (pool, request) => {
  const name = text(request, 'AuthFlow');
  const flow = ADMIN_FLOWS.get(name);
  if (flow === undefined) throw invalidParameter(`Unsupported AuthFlow: ${name}`);
  const clientId = clientOf(pool, request, startProofOf(pool, flow, request));
  // The app client need not allow administrators' flows. But where tokens are rotated, they may not use REFRESH_TOKEN_AUTH either.
  if (flow === 'REFRESH_TOKEN_AUTH' && graceOf(pool, clientId) !== undefined) {
    throw invalidParameter(`${name} flow not enabled for this client`);
  }
  return start(pool, flow, clientId, fieldsOf(request, 'AuthParameters'));
};

const getTokensFromRefreshToken: Operation = (pool, request) => {
  const clientId = clientOf(pool, request, { secret: optionalText(request, 'ClientSecret') });
  return refresh(pool, clientId, text(request, 'RefreshToken'), graceOf(pool, clientId));
};

const respondToAuthChallenge: Operation = async (pool, request) => {
  const responses = fieldsOf(request, 'ChallengeResponses');
  const clientId = clientOf(pool, request, loginProofOf(responses));
  const name = text(request, 'ChallengeName');
  if (name === 'PASSWORD_VERIFIER') return checkProof(pool, clientId, responses);
  if (name === 'SELECT_CHALLENGE') return selectChallenge(pool, clientId, text(request, 'Session'), responses);
  return respondToChallenge(pool, clientId, name, text(request, 'Session'), responses);
};

const globalSignOut: Operation = async (pool, request) => {
  const { sub } = pool.tokens.readAccessToken(text(request, 'AccessToken'));
  pool.tokens.revokeAll(sub);
  return Promise.resolve({});
};

const adminUserGlobalSignOut: Operation = (pool, request) => {
  pool.tokens.revokeAll(idOf(pool.users.get(text(request, 'Username'))));
  return {};
};

const revokeToken: Operation = (pool, request) => {
  const clientId = clientOf(pool, request, { secret: optionalText(request, 'ClientSecret') });
  pool.tokens.revoke(text(request, 'Token'), clientId);
  return {};
};

/** The operations of this file by their names on the wire. */
export const authOperations: Readonly<Record<string, Operation>> = {
  InitiateAuth: initiateAuth,
  AdminInitiateAuth: adminInitiateAuth,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  RespondToAuthChallenge: respondToAuthChallenge,
  AdminRespondToAuthChallenge: respondToAuthChallenge,
  GlobalSignOut: globalSignOut,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  RevokeToken: revokeToken,
};

function start(pool: Pool, flow: AuthFlow, clientId: string, parameters: Fields): object {
  switch (flow) {
    case 'REFRESH_TOKEN_AUTH':
      return refresh(pool, clientId, text(parameters, 'REFRESH_TOKEN'));
    case 'USER_PASSWORD_AUTH':
      return checkPassword(pool, clientId, text(parameters, 'USERNAME'), text(parameters, 'PASSWORD'));
    case 'USER_SRP_AUTH':
      return startSrp(pool, clientId, parameters, false);
    case 'USER_AUTH':
      return startUserAuth(pool, clientId, parameters);
    case 'CUSTOM_AUTH': {
      if (optionalText(parameters, 'CHALLENGE_NAME') === 'SRP_A') return startSrp(pool, clientId, parameters, true);
      return startCustomChallenge(pool, findNamed(pool, text(parameters, 'USERNAME')), clientId);
    }
  }
}

/** The proof of a login's first step; of a refresh it is about whoever the refresh token belongs to. */
function startProofOf(pool: Pool, flow: AuthFlow, request: Fields): SecretProof {
  const parameters = fieldsOf(request, 'AuthParameters');
  if (flow !== 'REFRESH_TOKEN_AUTH') return loginProofOf(parameters);
  return loginProofOf(parameters, pool.tokens.usernameOf(optionalText(parameters, 'REFRESH_TOKEN') ?? '') ?? '');
}

function refresh(pool: Pool, clientId: string, token: string, graceSeconds?: number): object {
  const login = pool.tokens.readRefreshToken(token, clientId);
  const user = pool.users.find(login.username);
  if (user === undefined || idOf(user) !== login.sub) throw notAuthorized('Refresh Token has been revoked');
  checkStatus(user);
  const tokens = login.renew(user, pool.users.groupsOf(user), graceSeconds);
  return { ChallengeParameters: {}, AuthenticationResult: tokens };
}
