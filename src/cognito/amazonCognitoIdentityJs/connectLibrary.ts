/** A user pool over amazon-cognito-identity-js, as tutorial apps use it: users are objects of that library. */
import { provideGlobal } from './globalObject.js'; // must be imported before the library
import {
  AuthenticationDetails,
  CognitoAccessToken,
  CognitoIdToken,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserPool,
  CognitoUserSession,
} from 'amazon-cognito-identity-js';
import type { IAuthenticationCallback } from 'amazon-cognito-identity-js';
import { AuthError } from '../../errors.js';
import type { CallOptions, UserPoolConfig } from '../shared/index.js';
import type { Challenge, LoginAttempt, LoginClient, Outcome, Reply, Tokens, UserStorage } from '../userPool/index.js';

/** A call of the library that sends something to the user pool, and in the end calls one of the callbacks. */
type Send = (callbacks: Required<IAuthenticationCallback>) => void;

/**
 * Makes a client that logs users in at a user pool.
 * @param config The user pool.
 * @param _options Not used: the library calls the global `fetch`, and has no timeout.
 * @param view The storage for the library's user pool.
 */
export function connectLibrary(
  { clientId, endpoint, userPoolId }: UserPoolConfig,
  _options: CallOptions,
  view: UserStorage,
): LoginClient<CognitoUser> {
  provideGlobal();
  const pool = new CognitoUserPool({ UserPoolId: userPoolId, ClientId: clientId, endpoint, Storage: view });
  const createUser = (username: string, Storage: UserStorage): CognitoUser =>
    new CognitoUser({ Username: username, Pool: pool, Storage });

  function createAttempt(username: string, uncommitted: UserStorage): LoginAttempt<CognitoUser> {
    const user = createUser(username, uncommitted);
    const send = (start: Send) => sendThrough(user, start);
    return {
      factors: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'],
      username: () => user.getUsername(),
      begin(password, flow) {
        user.setAuthenticationFlowType(flow);
        const details = new AuthenticationDetails({ Username: username, Password: password! }); // each of the `flows` below needs one
        return send((callbacks) => {
          user.authenticateUser(details, callbacks);
        });
      },
      answer: (reply) =>
        send((callbacks) => {
          answer(user, reply, callbacks);
        }),
      associateSoftwareToken: () =>
        new Promise<string>((resolve, reject) => {
          user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
        }),
      verifySoftwareToken: (code) =>
        send((callbacks) => {
          user.verifySoftwareToken(code, 'Authenticator app', callbacks);
        }),
    };
  }

  return {
    flows: ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'],
    createUser,
    createAttempt,
    store(user, _view, tokens) {
      user.setSignInUserSession(librarySession(tokens)); // the library writes them to its storage, the view
    },
    forget(user) {
      user.signOut();
    },
  };
}

/** Answers a challenge by the library's function for it. */
function answer(user: CognitoUser, { name, responses }: Reply, callbacks: Required<IAuthenticationCallback>): void {
  switch (name) {
    case 'NEW_PASSWORD_REQUIRED': {
      const { NEW_PASSWORD: password, ...others } = responses;
      const attributes = Object.entries(others).map(([key, value]) => [key.replace('userAttributes.', ''), value]);
      user.completeNewPasswordChallenge(password!, Object.fromEntries(attributes), callbacks);
      break;
    }
    case 'SELECT_MFA_TYPE':
      user.sendMFASelectionAnswer(responses.ANSWER!, callbacks);
      break;
    case 'CUSTOM_CHALLENGE':
      user.sendCustomChallengeAnswer(responses.ANSWER, callbacks);
      break;
    default:
      user.sendMFACode(Object.values(responses)[0]!, callbacks, name);
  }
}

function sendThrough(user: CognitoUser, start: Send): Promise<Outcome<CognitoUser>> {
  return new Promise((resolve, reject) => {
    const ask = (name: string, parameters: unknown) => {
      resolve({ name, parameters: Object(parameters) as Challenge['parameters'] });
    };
    start({
      onSuccess: () => {
        resolve({ user });
      },
      onFailure: (error: Error) => {
        reject(isUnknownChallenge(error) ? unknownChallenge() : error);
      },
      newPasswordRequired: (userAttributes: unknown, requiredAttributes: unknown) => {
        ask('NEW_PASSWORD_REQUIRED', {
          userAttributes: JSON.stringify(userAttributes),
          requiredAttributes: JSON.stringify(requiredAttributes),
        });
      },
      mfaRequired: ask,
      totpRequired: ask,
      mfaSetup: ask,
      selectMFAType: ask,
      customChallenge: (parameters) => {
        ask('CUSTOM_CHALLENGE', parameters);
      },
    });
  });
}

/** Whether the library failed on an unknown challenge: it treats the answer as a completed login, and fails on missing fields. */
const isUnknownChallenge = (error: unknown): boolean =>
  String((error as { message?: unknown } | null)?.message).includes('NewDeviceMetadata');

function unknownChallenge(): AuthError {
  return new AuthError(
    'InvalidConfig',
    'Logging in failed: the user pool asks for something that amazon-cognito-identity-js does not know, such as a code by ' +
      "e-mail (EMAIL_OTP). Change the user pool's sign-in to passwords, with codes by SMS or from authenticator apps.",
  );
}

/** The library's form of new tokens. From their times, the library works out how far off the device's clock is. */
function librarySession({ idToken, accessToken, refreshToken }: Tokens): CognitoUserSession {
  return new CognitoUserSession({
    IdToken: new CognitoIdToken({ IdToken: idToken }),
    AccessToken: new CognitoAccessToken({ AccessToken: accessToken }),
    RefreshToken: new CognitoRefreshToken({ RefreshToken: refreshToken }),
  });
}
