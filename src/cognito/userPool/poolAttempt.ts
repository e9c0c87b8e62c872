/** One login at a user pool by its own operations. */
import { callOnce, USER_POOL_SERVICE } from '../shared/index.js';
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import { readChallenge, storeLogin } from './loginAnswer.js';
import type { Fields } from './loginAnswer.js';
import type { LoginAttempt, Outcome, PoolUser } from './loginClient.js';
import { provePassword } from './passwordVerifier.js';
import type { PasswordOwner, SendPublicValue } from './passwordVerifier.js';
import { userContext } from './userContext.js';
import type { UserStorage } from './userStorage.js';

/** Parameters that a flow wants at its start, together with the client's public value. */
const HOW_TO_BEGIN: Readonly<Record<string, object>> = {
  CUSTOM_AUTH: { CHALLENGE_NAME: 'SRP_A' },
  USER_AUTH: { PREFERRED_CHALLENGE: 'PASSWORD_SRP' },
};

/** Calls an operation of the user pool. */
type Call = (operation: string, input: object) => Promise<Fields>;

/** The user object that apps get: it holds the name, and no tokens. */
export const createUser = (username: string): PoolUser => ({ getUsername: () => username });

/**
 * Prepares a login.
 * @param config The user pool.
 * @param options How to call it.
 * @param typed The name as it was typed.
 * @param view The storage for the tokens.
 */
export function createPoolAttempt(
  config: UserPoolConfig,
  options: CallOptions,
  typed: string,
  view: UserStorage,
): LoginAttempt<PoolUser> {
  const { clientId, endpoint, userPoolId } = config;
  const poolName = userPoolId.slice(userPoolId.indexOf('_') + 1);
  const call: Call = (operation, input) => callOnce(endpoint, USER_POOL_SERVICE + operation, input, options);
  let username = typed;
  let session: unknown;
  let secret = '';

  /** Reads an answer: the login is complete, or there is another challenge. */
  function read(answer: Fields): Outcome<PoolUser> {
    session = answer.Session;
    const challenge = readChallenge(answer);
    if (!challenge) return { user: createUser(storeLogin(view, clientId, answer.AuthenticationResult, username)) };
    const { USER_ID_FOR_SRP: known } = challenge.parameters;
    if (typeof known === 'string') username = known;
    return challenge;
  }

  async function initiate(AuthFlow: string, parameters: Fields): Promise<Outcome<PoolUser>> {
    const AuthParameters = { USERNAME: typed, ...parameters };
    const UserContextData = userContext(config, typed);
    return read(await call('InitiateAuth', { ClientId: clientId, AuthFlow, AuthParameters, UserContextData }));
  }

  async function respond(ChallengeName: string, responses: Fields): Promise<Outcome<PoolUser>> {
    const ChallengeResponses = { USERNAME: username, ...responses };
    const UserContextData = userContext(config, username);
    const input = { ClientId: clientId, ChallengeName, Session: session, ChallengeResponses, UserContextData };
    return read(await call('RespondToAuthChallenge', input));
  }

  const owner = (): PasswordOwner => ({ poolName, userId: username, password: secret });
  const exchange = (send: SendPublicValue): Promise<Outcome<PoolUser>> => provePassword(send, respond, owner);

  return {
    factors: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'],
    username: () => username,

    async begin(password, flow) {
      secret = password ?? '';
      if (flow === 'USER_PASSWORD_AUTH') return initiate(flow, { PASSWORD: secret });
      if (password === undefined) return initiate(flow, {});
      return exchange((srpA) => initiate(flow, { SRP_A: srpA, ...HOW_TO_BEGIN[flow] }));
    },

    async answer({ name, responses }) {
      if (responses.ANSWER === 'PASSWORD_SRP') return exchange((srpA) => respond(name, { ...responses, SRP_A: srpA }));
      return respond(name, responses.ANSWER === 'PASSWORD' ? { ...responses, PASSWORD: secret } : responses);
    },

    async associateSoftwareToken() {
      const { SecretCode: sharedSecret, Session } = await call('AssociateSoftwareToken', { Session: session });
      if (typeof sharedSecret !== 'string') throw new Error('the answer holds no secret');
      session = Session;
      return sharedSecret;
    },

    async verifySoftwareToken(code) {
      const input = { Session: session, UserCode: code, FriendlyDeviceName: 'Authenticator app' };
      session = (await call('VerifySoftwareToken', input)).Session;
      return respond('MFA_SETUP', {});
    },
  };
}
