/** The way of an app through a local AWS, with the real libraries, none of them ours; and ports to start it on. */
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import {
  CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
} from '@aws-sdk/client-cognito-identity';
import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import type { CognitoUserSession } from 'amazon-cognito-identity-js';
import aws4 from 'aws4';
import type { LocalAws } from '../../src/local';

export const username = 'user@example.com';
export const password = 'Passw0rd!';
export const users = [{ username, password }];

/** Where the parts are. */
export type Config = LocalAws['config'];

/** Logs in over SRP with the client library. */
export function logIn({ cognito }: Config): Promise<CognitoUserSession> {
  const values = new Map<string, string>();
  const Storage = {
    setItem: (key: string, value: string) => values.set(key, value),
    getItem: (key: string) => values.get(key) ?? null,
    removeItem: (key: string) => values.delete(key),
    clear: () => {
      values.clear();
    },
  };
  const { USER_POOL_ID, APP_CLIENT_ID, USER_POOL_ENDPOINT } = cognito;
  const Pool = new CognitoUserPool({
    UserPoolId: USER_POOL_ID,
    ClientId: APP_CLIENT_ID,
    endpoint: USER_POOL_ENDPOINT,
    Storage,
  });
  const user = new CognitoUser({ Username: username, Pool, Storage });
  return new Promise((onSuccess, onFailure) => {
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), {
      onSuccess,
      onFailure,
    });
  });
}

/** Gets credentials with AWS SDK v3. */
export async function credentialsOf({ cognito }: Config, idToken?: string) {
  const client = new CognitoIdentityClient({
    region: cognito.REGION,
    endpoint: cognito.IDENTITY_POOL_ENDPOINT,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const provider = `cognito-idp.${cognito.REGION}.amazonaws.com/${cognito.USER_POOL_ID}`;
  const logins = idToken === undefined ? {} : { Logins: { [provider]: idToken } };
  try {
    const { IdentityId } = await client.send(new GetIdCommand({ IdentityPoolId: cognito.IDENTITY_POOL_ID, ...logins }));
    const { Credentials } = await client.send(new GetCredentialsForIdentityCommand({ IdentityId, ...logins }));
    const { AccessKeyId, SecretKey, SessionToken, Expiration } = Credentials!;
    return {
      identityId: IdentityId!,
      expiration: Expiration!,
      keys: { accessKeyId: AccessKeyId!, secretAccessKey: SecretKey!, sessionToken: SessionToken! },
    };
  } finally {
    client.destroy();
  }
}

/** Signs with aws4, which knows nothing of our signer, and calls the API. */
export function call(
  { apiGateway }: Config,
  keys: { accessKeyId: string; secretAccessKey: string },
  path: string,
  body?: string,
) {
  const url = new URL(apiGateway.URL + path);
  const signed = aws4.sign(
    {
      host: url.host,
      path: url.pathname,
      service: 'execute-api',
      region: apiGateway.REGION,
      ...(body ? { body, method: 'POST' } : {}),
    },
    keys,
  );
  const headers = { ...signed.headers } as Record<string, string>;
  delete headers.Host;
  delete headers['Content-Length'];
  return fetch(url, { headers, ...(body ? { body, method: 'POST' } : {}) });
}

/** Whether anything listens there. */
export const isOpen = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Listens on a port. */
export const listening = (port: number): Promise<Server> =>
  new Promise((onListening, onError) => {
    const server = createServer();
    server.once('error', onError).listen(port, '127.0.0.1', () => {
      onListening(server);
    });
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });

/** The first of three free ports in a row, below those that systems give to whoever asks for any free one. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 22_000);
    const tried = await Promise.allSettled([0, 1, 2].map((offset) => listening(port + offset)));
    const open = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(open.map(closed));
    if (open.length === tried.length) return port;
  }
}
