import { newClient } from 'sigv4-client';
import type { AwsCredentials } from 'sigv4-client';
import { createSignedSocket } from 'sigv4-client/socket';
import type { NewConnection, SignedSocket } from 'sigv4-client/socket';

type GetCredentials = () => Promise<AwsCredentials>;
interface Message {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The paths are `/graphql` in both; of an Event API, `/event` and `/event/realtime`. */
export interface RealtimeApi {
  /** `https://….appsync-api.us-east-1.amazonaws.com/graphql` */
  readonly url: string;
  /** `wss://….appsync-realtime-api.us-east-1.amazonaws.com/graphql` */
  readonly realtimeUrl: string;
}

/** Subscriptions of a GraphQL API. Each new connection subscribes anew. */
export function subscribe(getCredentials: GetCredentials, api: RealtimeApi, query: string): SignedSocket {
  return connect(getCredentials, api, 'graphql-ws', `${api.url}/connect`, (credentials) => {
    const data = JSON.stringify({ query });
    const payload = { data, extensions: { authorization: sign(credentials, api.url, data) } };
    return { message: { id: '1', type: 'start', payload }, answer: 'start_ack' };
  });
}

/** A channel of an Event API. */
export function listen(getCredentials: GetCredentials, api: RealtimeApi, channel: string): SignedSocket {
  return connect(getCredentials, api, 'aws-appsync-event-ws', api.url, (credentials) => {
    const authorization = sign(credentials, api.url, JSON.stringify({ channel }));
    return { message: { id: '1', type: 'subscribe', channel, authorization }, answer: 'subscribe_success' };
  });
}

/** What publishes an event, for `send` of such a socket; the answer is a message `publish_success` of the same `id`. */
export function publication(credentials: AwsCredentials, api: RealtimeApi, id: string, channel: string, event: object) {
  const content = { channel, events: [JSON.stringify(event)] };
  const authorization = sign(credentials, api.url, JSON.stringify(content));
  return JSON.stringify({ id, type: 'publish', ...content, authorization });
}

/** A socket whose connections say `connection_init` and then the message that `first` makes, before anything else. */
function connect(
  getCredentials: GetCredentials,
  { realtimeUrl }: RealtimeApi,
  protocol: string,
  signedUrl: string,
  first: (credentials: AwsCredentials) => { message: Message; answer: string },
): SignedSocket {
  let credentials: AwsCredentials;
  /** The address has a signature in its query, as API Gateway takes it; AppSync takes one in a sub-protocol. */
  class AppSyncWebSocket extends WebSocket {
    constructor(url: string) {
      const header = btoa(JSON.stringify(sign(credentials, signedUrl, '{}')));
      const encoded = header.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
      super(url.split('?')[0]!, [protocol, `header-${encoded}`]);
    }
  }
  return createSignedSocket({
    url: realtimeUrl,
    region: 'us-east-1',
    service: 'appsync',
    credentials: async () => (credentials = await getCredentials()),
    WebSocket: AppSyncWebSocket,
    keepAlive: false, // AppSync sends `ka` by itself
    handOver: { after: 23 * 3_600_000 }, // AppSync ends a connection after a day
    async resume(connection) {
      await ask(connection, { type: 'connection_init' }, 'connection_ack');
      const { message, answer } = first(credentials);
      await ask(connection, message, answer);
    },
  });
}

async function ask({ send, receive }: NewConnection, message: Message, answer: string): Promise<void> {
  send(JSON.stringify(message));
  for (;;) {
    const { type, ...rest } = JSON.parse(String(await receive())) as Message;
    if (type === answer) return;
    if (type.endsWith('error')) throw new Error(`AppSync: ${type} ${JSON.stringify(rest)}`);
  }
}

/** The headers of a signed POST, which AppSync takes as text. */
function sign(credentials: AwsCredentials, url: string, body: string): Record<string, string> {
  const { origin, host, pathname } = new URL(url);
  const client = newClient({ credentials, endpoint: origin, service: 'appsync', region: 'us-east-1' });
  const headers = {
    accept: 'application/json, text/javascript',
    'content-encoding': 'amz-1.0',
    'content-type': 'application/json; charset=UTF-8',
  };
  return { ...client.signRequest({ method: 'POST', path: pathname, headers, body }).headers, host };
}
