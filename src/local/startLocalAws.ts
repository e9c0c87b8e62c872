/** AWS on your own machine: a user pool, an identity pool and an API gateway that checks IAM signatures. */
import { startApiGateway } from './apiGateway/index.js';
import type { ApiGatewayOptions, LocalApiGateway } from './apiGateway/index.js';
import { CredentialStore, LocalAwsError } from './credentials/index.js';
import { startIdentityPool } from './identityPool/index.js';
import type { IdentityPoolOptions, LocalIdentityPool } from './identityPool/index.js';
import { startUserPool } from './userPool/index.js';
import type { LocalUserPool, UserPoolOptions } from './userPool/index.js';

type Shared = 'port' | 'region' | 'now' | 'onError';

/** The options of all three parts. */
export interface LocalAwsOptions
  extends
    Omit<UserPoolOptions, Shared>,
    Omit<IdentityPoolOptions, Shared | 'store' | 'userPool'>,
    Omit<ApiGatewayOptions, Shared | 'store'> {
  /** Of all three. Default `us-east-1`. */
  readonly region?: string;
  /** The clock of all three. Default: the machine's. */
  readonly now?: () => Date;
  /**
   * The gateway's port; the user pool gets the next one, the identity pool the one after. With it the pools' ids are the
   * same from start to start, so that an app's configuration stays. Default: free ports and new ids.
   */
  readonly port?: number;
  /** Is told of faults inside the servers, and of what the handler threw: callers see a bare 502. Default `console.error`. */
  readonly onError?: (error: unknown) => void;
}

/** A running local AWS. */
export interface LocalAws {
  /** Goes straight into `createApig` or `configure`. */
  readonly config: {
    /** Where the users are and where their credentials come from. */
    readonly cognito: {
      /** The region of both pools. */
      readonly REGION: string;
      /** The user pool's id. */
      readonly USER_POOL_ID: string;
      /** The id of its app client, which has no secret. */
      readonly APP_CLIENT_ID: string;
      /** The identity pool's id. */
      readonly IDENTITY_POOL_ID: string;
      /** The user pool's URL. */
      readonly USER_POOL_ENDPOINT: string;
      /** The identity pool's URL. */
      readonly IDENTITY_POOL_ENDPOINT: string;
    };
    /** The API to call. */
    readonly apiGateway: {
      /** The region to sign for. */
      readonly REGION: string;
      /** The API's URL with its stage. */
      readonly URL: string;
    };
  };
  /** The user pool: codes that were "sent", what authenticator apps show. */
  readonly userPool: LocalUserPool;
  /** The identity pool. */
  readonly identityPool: LocalIdentityPool;
  /** The API gateway, with the latest requests. */
  readonly apiGateway: LocalApiGateway;
  /** The credentials that were issued: to revoke some, or to issue others without a login. */
  readonly store: CredentialStore;
  /** Stops everything, open connections as well. May be called more than once. */
  stop(): Promise<void>;
}

/**
 * Starts a user pool, an identity pool and an API gateway on 127.0.0.1, each trusting the one before it. Where one fails
 * to start, those already started are stopped.
 *
 * @param options users, the API behind the gateway, policy, port, lifetimes …; all optional
 * @returns the configuration for `createApig`, the three parts, and `stop`
 * @throws {LocalAwsError | UserPoolError} `InvalidOption`, with the option's name; Node's own error where a port is taken
 *
 * @example
 * const aws = await startLocalAws({ users: [{ username: 'user@example.com', password: 'Passw0rd!' }] });
 * const apig = createApig(aws.config);
 * await apig.login('user@example.com', 'Passw0rd!');
 * await apig.invokeApig({ path: '/notes' });
 * await aws.stop();
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { region = 'us-east-1', now, port, ...given } = options;
  const rest = { onError: report, ...given };
  if (port !== undefined && !(Number.isInteger(port) && port >= 1 && port <= 65_533)) {
    throw new LocalAwsError('InvalidOption', `port: expected a whole number from 1 to 65533, got ${port}`);
  }
  const clock = now === undefined ? {} : { now };
  const store = new CredentialStore(clock);
  const started: { close(): Promise<void> }[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((part) => part.close()));
  };
  const add = <T extends { close(): Promise<void> }>(part: T): T => {
    started.push(part);
    return part;
  };
  /** The options of one part: its port is the gateway's and some more. */
  const shared = (offset: number) => ({
    ...rest,
    ...clock,
    region,
    ...(port === undefined ? {} : { port: port + offset }),
  });
  const ids = port === undefined ? {} : { userPoolId: `${region}_LocalPool`, clientId: 'localappclient000000000000' };

  try {
    const userPool = add(await startUserPool({ ...ids, ...shared(1) }));
    const identityPool = add(await startIdentityPool({ ...shared(2), store, userPool }));
    const apiGateway = add(await startApiGateway({ ...shared(0), store }));
    const config = {
      cognito: {
        REGION: region,
        USER_POOL_ID: userPool.userPoolId,
        APP_CLIENT_ID: userPool.clientId,
        IDENTITY_POOL_ID: identityPool.identityPoolId,
        USER_POOL_ENDPOINT: userPool.url,
        IDENTITY_POOL_ENDPOINT: identityPool.url,
      },
      apiGateway: { REGION: region, URL: apiGateway.url },
    };
    return { config, userPool, identityPool, apiGateway, store, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function report(error: unknown): void {
  console.error(error);
}
