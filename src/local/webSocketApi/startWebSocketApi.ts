/** Starts a WebSocket API with IAM authorization on `$connect`, and `@connections` beside it. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { logRequest } from '../apiGateway/index.js';
import type { LoggedRequest } from '../apiGateway/index.js';
import { listen } from '../http/index.js';
import type { WireInfo } from '../http/index.js';
import { arnOf } from '../iam/index.js';
import { errorListener, openClock } from '../options/index.js';
import { createAnswer } from './answer.js';
import { createAuthorize } from './authorize.js';
import { createBackend } from './backend.js';
import { createCallRoute } from './callRoute.js';
import { Connections } from './connections.js';
import { MAX_MESSAGE } from './connectionsApi.js';
import { loadWebSocketServer } from './loadWebSocketServer.js';
import { checkWebSocketOptions } from './options.js';
import type { WebSocketApiOptions } from './options.js';
import { readRouteTable, readSelection } from './routes.js';
import { createUpgrade } from './upgrade.js';

/** What `ApiGatewayManagementApiClient` of AWS SDK v3 takes. */
export interface ManagementApi {
  /** The API's URL with its stage, as http. */
  readonly endpoint: string;
  /** The region to sign for. */
  readonly region: string;
  /** Credentials that may manage every connection, and nothing else. */
  readonly credentials: {
    /** The access key id. */
    readonly accessKeyId: string;
    /** The secret access key. */
    readonly secretAccessKey: string;
    /** The session token. */
    readonly sessionToken: string;
  };
}

/** A running WebSocket API. */
export interface LocalWebSocketApi {
  /** The API's URL with its stage: `ws://127.0.0.1:<port>/dev`. */
  readonly url: string;
  /** The port of the URL. */
  readonly port: number;
  /** The region that requests must be signed for. */
  readonly region: string;
  /** The stage, which is the path of the URL. */
  readonly stage: string;
  /** The beginning of the ARNs of the API's resources: `arn:aws:execute-api:<region>:<account>:<api>`. */
  readonly arn: string;
  /** The ids of the open connections, the oldest first. */
  readonly connectionIds: readonly string[];
  /** The latest thousand requests to connect and calls of `@connections`, the oldest first. */
  readonly requests: readonly LoggedRequest[];
  /**
   * What a backend calls `@connections` with.
   * @returns The options of AWS SDK v3's `ApiGatewayManagementApiClient`.
   *
   * @example
   * const client = new ApiGatewayManagementApiClient(api.managementApi());
   * await client.send(new PostToConnectionCommand({ ConnectionId: id, Data: 'hello' }));
   */
  managementApi(): ManagementApi;
  /**
   * Stops the server, and ends open connections. May be called more than once.
   * @returns A promise that resolves once nothing listens any more.
   * @example
   * afterAll(() => api.stop());
   */
  stop(): Promise<void>;
}

/**
 * Starts a WebSocket API on 127.0.0.1 as API Gateway has them: it checks the signature of a request to connect, in headers or
 * in the query, and the policy for `$connect`; passes events to Lambda functions by their routes; takes signed calls of
 * `@connections`; and closes connections by API Gateway's limits: 32 KiB a frame, 128 KiB a message, text only, ten idle
 * minutes, two hours. Needs the package `ws`.
 *
 * @param options The store of credentials; routes, policy, region, stage, port, limits in milliseconds …
 * @returns The running API.
 * @throws {LocalAwsError} `InvalidOption`, with the option's name, or where `ws` is not installed; `PortInUse`
 *
 * @example
 * const api = await startWebSocketApi({ store, routes: { $connect: allow, $default: 'src/chat.mjs#message' } });
 * // connect to a presigned api.url with credentials of the store, and in the end:
 * await api.stop();
 */
export async function startWebSocketApi(options: WebSocketApiOptions): Promise<LocalWebSocketApi> {
  checkWebSocketOptions(options);
  const { store, region = 'us-east-1', stage = 'dev', onRequest } = options;
  const onError = errorListener(options.onError);
  const now = openClock(options.now);
  const backend = createBackend(now);
  const authorize = createAuthorize({ store, backend: backend.store, policy: options.policy, region, now });
  const api = { stage, region, accountId: backend.accountId, apiId: 'localws000' };
  const arn = `${arnOf(region)}:execute-api:${region}:${api.accountId}:${api.apiId}`;
  const table = readRouteTable(options.routes);
  const selectRoute = readSelection(options.routeSelectionExpression);
  const Server = await loadWebSocketServer();
  const callRoute = createCallRoute({ api, now, timeout: options.timeout ?? 29_000, onError });
  const { idleTimeout = 600_000, maxDuration = 7_200_000 } = options;
  const requests: LoggedRequest[] = [];
  const connections = new Connections({ now, table, selectRoute, callRoute, idleTimeout, maxDuration });
  const answer = createAnswer({ authorize, stage, arn, connections });
  const upgrade = createUpgrade({ authorize, api, arn, now, table, callRoute, connections, Server, log });

  function log(logged: LoggedRequest): void {
    logRequest(requests, logged);
    try {
      onRequest?.(logged);
    } catch (error) {
      onError(error); // the caller's answer does not hang on who listens
    }
  }

  async function manage(request: Request, wire: WireInfo): Promise<Response> {
    const { response, ...about } = await answer(request, wire);
    log({ method: request.method, path: wire.path, status: response.status, ...about });
    return response;
  }

  const onUpgrade = (incoming: IncomingMessage, socket: Duplex, head: Buffer): void => {
    upgrade(incoming, socket, head).catch((error: unknown) => {
      onError(error);
      socket.destroy();
    });
  };
  const server = await listen(manage, options.port, { onError, onUpgrade, maxBody: MAX_MESSAGE + 1 });
  const stop = async (): Promise<void> => {
    connections.terminate();
    await server.close();
  };
  return {
    url: `${server.url.replace('http', 'ws')}/${stage}`,
    port: server.port,
    region,
    stage,
    arn,
    requests,
    managementApi: () => ({ endpoint: `${server.url}/${stage}`, region, credentials: backend.credentials() }),
    stop,
    get connectionIds() {
      return connections.ids;
    },
  };
}
