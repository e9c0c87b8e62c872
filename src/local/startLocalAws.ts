/** Starts the parts of a local AWS: the identity pool trusts the user pool, and the APIs the identity pool. */
import { startApiGateway } from './apiGateway/index.js';
import type { LocalApiGateway } from './apiGateway/index.js';
import { CredentialStore } from './credentials/index.js';
import { startKeptIdentityPool } from './identityPool/index.js';
import type { LocalIdentityPool } from './identityPool/index.js';
import { idsOf } from './ids.js';
import type { PoolIds } from './ids.js';
import { lambdaFrom } from './lambda/index.js';
import { checkLocalAwsOptions, portOf } from './localAwsOptions.js';
import type { LocalAwsOptions, Part } from './localAwsOptions.js';
import { LocalAwsError } from './options/index.js';
import { inPart, RunningParts } from './runningParts.js';
import { openStateFile } from './state/index.js';
import type { StateFile } from './state/index.js';
import { startKeptUserPool } from './userPool/index.js';
import type { LocalUserPool } from './userPool/index.js';
import { startWebSocketApi } from './webSocketApi/index.js';
import type { LocalWebSocketApi } from './webSocketApi/index.js';

/** A running local AWS. */
export interface LocalAws {
  /** The configuration object for `createApig` and `configure`. */
  readonly config: {
    /** The user pool and the identity pool. */
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
  /** The user pool, with the codes that were "sent" and those that authenticator apps show. */
  readonly userPool: LocalUserPool;
  /** The identity pool, with the number of calls. */
  readonly identityPool: LocalIdentityPool;
  /** The API gateway, with the latest requests. */
  readonly apiGateway: LocalApiGateway;
  /** The WebSocket API, where its options were given. */
  readonly webSocketApi?: LocalWebSocketApi;
  /** The credentials that were issued, to revoke some, or to issue others without a login. */
  readonly store: CredentialStore;
  /**
   * Stops all servers, ends open connections, and writes the state where it is kept. May be called more than once.
   * @returns A promise that resolves once nothing listens any more.
   * @example
   * afterAll(() => aws.stop());
   */
  stop(): Promise<void>;
}

/** A local AWS with a WebSocket API. */
export interface LocalAwsWithWebSocketApi extends LocalAws {
  /** The WebSocket API. */
  readonly webSocketApi: LocalWebSocketApi;
}

/** What runs with some options: with a WebSocket API where they ask for one. */
export type LocalAwsFor<Options> =
  Options extends Required<Pick<LocalAwsOptions, 'webSocketApi'>> ? LocalAwsWithWebSocketApi : LocalAws;

/**
 * Starts a user pool, an identity pool and an API gateway on 127.0.0.1, and a WebSocket API where `webSocketApi` is given. The identity
 * pool trusts the user pool, and the APIs the identity pool. Where one cannot be started, the others are stopped.
 *
 * @param options The options of each part under its name: users, the API behind the gateway, policy, ports, lifetimes in seconds …
 *   Default: no users, free ports, and a notes API.
 * @returns The configuration for `createApig`, the parts, and `stop`.
 * @throws LocalAwsError `InvalidOption`, with the option's name, or `PortInUse`; UserPoolError `InvalidOption`
 *
 * @example
 * const aws = await startLocalAws({
 *   userPool: { users: [{ username: 'user@example.com', password: 'Passw0rd!' }] },
 *   apiGateway: { handler: (request, { identityId }) => Response.json({ hello: identityId }) },
 * });
 * const apig = createApig(aws.config);
 * await apig.login('user@example.com', 'Passw0rd!');
 * await apig.invokeApig({ path: '/hello' });
 * await aws.stop();
 */
export async function startLocalAws<Options extends LocalAwsOptions>(options?: Options): Promise<LocalAwsFor<Options>>;
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  checkLocalAwsOptions(options);
  const { region = 'us-east-1', now, onError = report } = options;
  const file = options.state === undefined ? undefined : await openStateFile(options.state, onError);
  const kept = file?.part('ids');
  const ids = idsOf(options, region, Boolean(portOf(options, 'userPool')), kept?.kept as PoolIds | undefined);
  const store = new CredentialStore({ now });
  const api = await inPart('apiGateway', () => readApi(options.apiGateway));
  const running = new RunningParts();
  try {
    const parts = await startParts(running, options, { region, ids, store, api, file, onError });
    const { userPoolId, clientId } = parts.userPool;
    kept?.keep((): PoolIds => ({ region, userPoolId, clientId }));
    await file?.save(); // a path that cannot be written is named at once
    const stop = async (): Promise<void> => {
      await running.stop();
      await file?.save();
    };
    return { config: configOf(parts), ...parts, store, stop };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

type Parts = Pick<LocalAws, 'userPool' | 'identityPool' | 'apiGateway' | 'webSocketApi'>;

/** What the parts have in common, and what was read for them. */
interface Settings {
  readonly region: string;
  readonly ids: ReturnType<typeof idsOf>;
  readonly store: CredentialStore;
  readonly api: ReturnType<typeof readApi>;
  readonly file: StateFile | undefined;
  readonly onError: (error: unknown) => void;
}

/** Starts one part after the other, since each trusts an earlier one. */
async function startParts(running: RunningParts, options: LocalAwsOptions, settings: Settings): Promise<Parts> {
  const { region, ids, store, api, file, onError } = settings;
  const sharedBy = (part: Part) => ({ now: options.now, onError, port: portOf(options, part) });
  const userPool = await running.add('userPool', (part) =>
    startKeptUserPool({ ...options.userPool, ...sharedBy(part), region, ...ids }, file?.part(part)),
  );
  const identityPool = await running.add('identityPool', (part) =>
    startKeptIdentityPool({ ...options.identityPool, ...sharedBy(part), store, userPool }, file?.part(part)),
  );
  const apiGateway = await running.add('apiGateway', (part) =>
    startApiGateway({ ...api, ...sharedBy(part), store, region }),
  );
  const socketOptions = options.webSocketApi;
  if (socketOptions === undefined) return { userPool, identityPool, apiGateway };
  const webSocketApi = await running.add('webSocketApi', (part) =>
    startWebSocketApi({ ...socketOptions, ...sharedBy(part), store, region }),
  );
  return { userPool, identityPool, apiGateway, webSocketApi };
}

function configOf({ userPool, identityPool, apiGateway }: Parts): LocalAws['config'] {
  const { region } = userPool;
  return {
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
}

/** The gateway's own options: with the function as the `handler` that it is to the gateway. */
function readApi({ lambda, ...options }: NonNullable<LocalAwsOptions['apiGateway']> = {}) {
  if (lambda === undefined) return options;
  const other = (['handler', 'target'] as const).find((name) => options[name] !== undefined);
  if (other !== undefined)
    throw new LocalAwsError('InvalidOption', `lambda and ${other}: expected one of them, got both`);
  return { ...options, handler: lambdaFrom(lambda, options.frontend) };
}

function report(error: unknown): void {
  console.error(error);
}
