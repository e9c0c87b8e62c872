/** Logins at a user pool by its own operations, without a library. */
import { callOnce, USER_POOL_SERVICE } from '../shared/index.js';
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import type { LoginAttempt, LoginClient, Outcome, PoolUser } from './loginClient.js';
import { createSrpExchange, srpTimestamp } from './srp.js';
import { readTokens, storeDevice, storeTokens, usernameOf } from './tokens.js';
import { userContext } from './userContext.js';
import type { UserStorage } from './userStorage.js';

/** Parameters that a flow wants at its start, together with the client's public value. */
const HOW_TO_BEGIN: Readonly<Record<string, object>> = {
  CUSTOM_AUTH: { CHALLENGE_NAME: 'SRP_A' },
  USER_AUTH: { PREFERRED_CHALLENGE: 'PASSWORD_SRP' },
};

/** The JSON of an answer. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes the client that logs users in at a user pool.
 * @param config The user pool.
 * @param options How to call it.
 */
export function connectUserPool(config: UserPoolConfig, options: CallOptions): LoginClient<PoolUser> {
  const { clientId, endpoint, userPoolId } = config;
  const poolName = userPoolId.slice(userPoolId.indexOf('_') + 1);
  const createUser = (username: string): PoolUser => ({ getUsername: () => username });

  const call = (operation: string, input: object): Promise<Fields> =>
    callOnce(endpoint, USER_POOL_SERVICE + operation, input, options);

  function createAttempt(typed: string, view: UserStorage): LoginAttempt<PoolUser> {
    let username = typed;
    let session: unknown;
    let secret = '';

    /** Reads an answer: the login is complete, or there is another challenge. */
    function read(answer: Fields): Outcome<PoolUser> {
      const { AuthenticationResult: result, ChallengeName: name, ChallengeParameters: parameters } = answer;
      session = answer.Session;
      if (typeof name === 'string') {
        const given = Object(parameters) as Fields;
        if (typeof given.USER_ID_FOR_SRP === 'string') username = given.USER_ID_FOR_SRP;
        const { AvailableChallenges: available } = answer;
        return { name, parameters: given, ...(Array.isArray(available) && { available: available.map(String) }) };
      }
      const tokens = readTokens(result);
      const user = createUser(usernameOf(tokens) ?? username);
      storeTokens(view, clientId, user.getUsername(), tokens);
      storeDevice(view, clientId, user.getUsername(), result);
      return { user };
    }

    async function initiate(AuthFlow: string, parameters: Fields): Promise<Outcome<PoolUser>> {
      const AuthParameters = { USERNAME: typed, ...parameters };
      const UserContextData = userContext(config, typed);
      return read(await call('InitiateAuth', { ClientId: clientId, AuthFlow, AuthParameters, UserContextData }));
    }

    async function respond(name: string, responses: Fields): Promise<Outcome<PoolUser>> {
      const input = {
        ClientId: clientId,
        ChallengeName: name,
        Session: session,
        ChallengeResponses: { USERNAME: username, ...responses },
        UserContextData: userContext(config, username),
      };
      return read(await call('RespondToAuthChallenge', input));
    }

    /** Proves the password; `send` begins the exchange with the client's public value, `SRP_A`. */
    async function provePassword(send: (srpA: string) => Promise<Outcome<PoolUser>>): Promise<Outcome<PoolUser>> {
      const { clientPublic, prove } = createSrpExchange();
      const asked = await send(clientPublic);
      if (!('name' in asked) || asked.name !== 'PASSWORD_VERIFIER') return asked;
      const { SALT: salt, SRP_B: serverPublic, SECRET_BLOCK: secretBlock } = asked.parameters;
      if (!isHex(salt) || !isHex(serverPublic) || typeof secretBlock !== 'string') {
        throw new Error('the challenge PASSWORD_VERIFIER lacks SALT, SRP_B or SECRET_BLOCK');
      }
      const timestamp = srpTimestamp(new Date());
      const claim = { poolName, userId: username, password: secret, salt, serverPublic, secretBlock, timestamp };
      return respond(asked.name, {
        PASSWORD_CLAIM_SIGNATURE: prove(claim),
        PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
        TIMESTAMP: timestamp,
      });
    }

    return {
      factors: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'],
      username: () => username,

      async begin(password, flow) {
        secret = password ?? '';
        if (flow === 'USER_PASSWORD_AUTH') return initiate(flow, { PASSWORD: secret });
        if (password === undefined) return initiate(flow, {});
        return provePassword((srpA) => initiate(flow, { SRP_A: srpA, ...HOW_TO_BEGIN[flow] }));
      },

      async answer({ name, responses }) {
        if (responses.ANSWER === 'PASSWORD_SRP') {
          return provePassword((srpA) => respond(name, { ...responses, SRP_A: srpA }));
        }
        return respond(name, responses.ANSWER === 'PASSWORD' ? { ...responses, PASSWORD: secret } : responses);
      },

      async associateSoftwareToken() {
        const { SecretCode: secret, Session } = await call('AssociateSoftwareToken', { Session: session });
        if (typeof secret !== 'string') throw new Error('the answer holds no secret');
        session = Session;
        return secret;
      },

      async verifySoftwareToken(code) {
        const input = { Session: session, UserCode: code, FriendlyDeviceName: 'Authenticator app' };
        session = (await call('VerifySoftwareToken', input)).Session;
        return respond('MFA_SETUP', {});
      },
    };
  }

  return {
    flows: ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH'],
    createUser,
    createAttempt,
    store(user, view, tokens) {
      storeTokens(view, clientId, user.getUsername(), tokens);
    },
    forget() {
      // A user of this client does not hold the tokens: only the view does.
    },
  };
}

const isHex = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]+$/i.test(value);
