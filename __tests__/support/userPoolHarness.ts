import { createHmac } from 'node:crypto';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import aws4 from 'aws4';
import type { CognitoUserSession, IAuthenticationCallback, ICognitoStorage } from 'amazon-cognito-identity-js';
import type { LocalUserPool } from '../../src/local/userPool';

// The client library computes SRP values at each login, for a second and more on a busy machine.

/** What a wrong password gets, and whatever else is not to be told from one. */
export const INCORRECT = 'NotAuthorizedException: Incorrect username or password.';

/** How a login with the client library ended, or which callback it stopped at. */
export type Outcome =
  | { step: 'success'; session: CognitoUserSession; user: CognitoUser }
  | { step: string; parameters: Record<string, string>; user: CognitoUser };

export function memoryStorage(): ICognitoStorage {
  const items = new Map<string, string>();
  return {
    setItem: (key, value) => void items.set(key, value),
    getItem: (key) => items.get(key) ?? null,
    removeItem: (key) => void items.delete(key),
    clear: () => {
      items.clear();
    },
  };
}

/** The client library's pool and user, with a storage of their own. */
export function client(pool: LocalUserPool, username: string, storage: ICognitoStorage = memoryStorage()) {
  const userPool = new CognitoUserPool({
    UserPoolId: pool.userPoolId,
    ClientId: pool.clientId,
    endpoint: pool.url,
    Storage: storage,
  });
  return { userPool, user: new CognitoUser({ Username: username, Pool: userPool, Storage: storage }) };
}

/** Runs one step of a login and resolves with the callback that the library called. */
export function step(user: CognitoUser, run: (callbacks: IAuthenticationCallback) => void): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const stop =
      (name: string) =>
      (_: unknown, parameters?: Record<string, string>): void => {
        resolve({ step: name, parameters: parameters ?? {}, user });
      };
    run({
      onSuccess: (session) => {
        resolve({ step: 'success', session, user });
      },
      onFailure: reject,
      newPasswordRequired: (attributes: Record<string, string>) => {
        resolve({ step: 'newPasswordRequired', parameters: attributes, user });
      },
      mfaRequired: stop('mfaRequired'),
      totpRequired: stop('totpRequired'),
      mfaSetup: stop('mfaSetup'),
      selectMFAType: stop('selectMFAType'),
      customChallenge: (parameters: Record<string, string>) => {
        resolve({ step: 'customChallenge', parameters, user });
      },
    });
  });
}

/** Logs in over SRP, or over another flow. */
export function login(
  pool: LocalUserPool,
  username: string,
  password: string,
  flow = 'USER_SRP_AUTH',
  storage?: ICognitoStorage,
): Promise<Outcome> {
  const { user } = client(pool, username, storage);
  user.setAuthenticationFlowType(flow);
  const details = new AuthenticationDetails({ Username: username, Password: password });
  return step(user, (callbacks) => {
    user.authenticateUser(details, callbacks);
  });
}

/** Logs in and expects to get all the way; by default without SRP, which takes the client library long. */
export async function session(pool: LocalUserPool, username: string, password: string, flow = 'USER_PASSWORD_AUTH') {
  const outcome = await login(pool, username, password, flow);
  if (!('session' in outcome)) throw new Error(`expected a session, got ${outcome.step}`);
  return outcome;
}

/** `Code: message` of what a promise rejects with; for a promise that resolves, `success`. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'success';
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
}

/** A promise of the library's functions with a Node-style callback. */
export function promised<T>(run: (callback: (error: Error | null | undefined, result: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    run((error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}

/** One call over plain fetch. */
export async function call(
  pool: Pick<LocalUserPool, 'url'>,
  operation: string,
  input: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(pool.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

/** One call of an administrator, signed with aws4, which knows nothing of our signer; any keys will do. */
export function adminCall(
  pool: Pick<LocalUserPool, 'url' | 'region'>,
  operation: string,
  input: unknown,
  headers: Record<string, string> = {},
) {
  const body = JSON.stringify(input);
  const signed = aws4.sign(
    {
      method: 'POST',
      host: new URL(pool.url).host,
      path: '/',
      service: 'cognito-idp',
      region: pool.region,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      },
      body,
    },
    { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
  );
  const { Authorization, 'X-Amz-Date': date } = signed.headers as Record<string, string>;
  return call(pool, operation, body, { authorization: Authorization!, 'x-amz-date': date!, ...headers });
}

export interface Body {
  __type?: string;
  message?: string;
  ChallengeName?: string;
  Session?: string;
  ChallengeParameters: Record<string, string>;
  AuthenticationResult: { AccessToken: string; IdToken: string; RefreshToken?: string; ExpiresIn: number };
  SecretCode: string;
  [name: string]: unknown;
}

interface Helper {
  getLargeAValue(callback: (error: unknown, value: { toString(radix: number): string }) => void): void;
  getPasswordAuthenticationKey(
    userId: string,
    password: string,
    serverPublic: unknown,
    salt: unknown,
    callback: (error: unknown, key: Uint8Array) => void,
  ): void;
}

/** Starts an SRP login and returns the answer that the client library would give, for tests that send it otherwise. */
export async function proof(pool: LocalUserPool, username: string, password: string, timestamp?: string) {
  const { default: AuthenticationHelper } = jest.requireActual<{ default: new (poolName: string) => Helper }>(
    'amazon-cognito-identity-js/lib/AuthenticationHelper',
  );
  const { default: BigInteger } = jest.requireActual<{ default: new (text: string, radix: number) => unknown }>(
    'amazon-cognito-identity-js/lib/BigInteger',
  );
  const poolName = pool.userPoolId.split('_')[1]!;
  const helper = new AuthenticationHelper(poolName);
  let srpA = '';
  helper.getLargeAValue((_, value) => {
    srpA = value.toString(16);
  });
  const { body } = await call(pool, 'InitiateAuth', {
    AuthFlow: 'USER_SRP_AUTH',
    ClientId: pool.clientId,
    AuthParameters: { USERNAME: username, SRP_A: srpA },
  });
  const { USER_ID_FOR_SRP: userId = '', SRP_B = '', SALT = '', SECRET_BLOCK = '' } = body.ChallengeParameters;
  const [weekday, day, month, year, clock] = new Date().toUTCString().replace(',', '').split(' ');
  const time = timestamp ?? `${weekday} ${month} ${Number(day)} ${clock} UTC ${year}`;
  let signature = '';
  helper.getPasswordAuthenticationKey(
    userId,
    password,
    new BigInteger(SRP_B, 16),
    new BigInteger(SALT, 16),
    (_, key) => {
      const mac = createHmac('sha256', key)
        .update(poolName + userId)
        .update(Buffer.from(SECRET_BLOCK, 'base64'));
      signature = mac.update(time).digest('base64');
    },
  );
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ClientId: pool.clientId,
    ChallengeResponses: {
      USERNAME: userId,
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: signature,
      TIMESTAMP: time,
    },
  };
}

/** Logs in with the password itself, which is much faster than the client library's SRP. */
export async function tokensOf(pool: LocalUserPool, username: string, password: string) {
  const { body } = await call(pool, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: pool.clientId,
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });
  return body.AuthenticationResult;
}

/** Asks for new tokens. */
export function refresh(pool: LocalUserPool, token: string, clientId = pool.clientId) {
  return call(pool, 'InitiateAuth', {
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: clientId,
    AuthParameters: { REFRESH_TOKEN: token },
  });
}

/** `Code: message` of an answer. */
export async function refused(answer: ReturnType<typeof call>): Promise<string> {
  const { status, body } = await answer;
  return status === 200 ? 'success' : `${body.__type ?? ''}: ${body.message ?? ''}`;
}
