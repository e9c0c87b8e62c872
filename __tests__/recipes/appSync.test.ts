/** The recipe for AppSync's realtime sockets, against a server that lets in what Smithy's signer signs in the same way. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { listen, publication, subscribe } from '../../recipes/appsync-realtime';

type Headers = Record<string, string>;
interface Message {
  id: string;
  type: string;
  channel: string;
  events: string[];
  authorization: Headers;
  payload: { data: string; extensions: { authorization: Headers } };
}

const keys = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'a/session+token==',
};
const smithy = new SignatureV4({
  ...{ credentials: keys, region: 'us-east-1', service: 'appsync', sha256: Sha256, applyChecksum: false },
});
const HOST = 'abc123.appsync-api.us-east-1.amazonaws.com';

/** Whether Smithy's signer, asked for the same POST at the same time, gives the same `Authorization`. */
async function isSigned(given: Headers, path: string, body: string): Promise<boolean> {
  const lower = Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]));
  const { authorization, 'x-amz-date': date = '', 'x-amz-security-token': token, ...headers } = lower;
  const signingDate = new Date(date.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
  const request = new HttpRequest({ method: 'POST', hostname: HOST, path, body, headers: { ...headers, host: HOST } });
  const signed = await smithy.sign(request, { signingDate });
  return headers.host === HOST && token === keys.sessionToken && authorization === signed.headers.authorization;
}

const ends: (() => unknown)[] = [];
const before = (globalThis as { WebSocket?: unknown }).WebSocket;
beforeAll(() => {
  (globalThis as { WebSocket?: unknown }).WebSocket = WebSocket; // as browsers and Node from 22 on have it
});
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));
afterAll(() => {
  (globalThis as { WebSocket?: unknown }).WebSocket = before;
});

/** What AppSync answers to a message; nothing stands for what it would not know. */
type Answer = (message: Message) => Promise<object[]> | object[];

/** Starts a server at a path that speaks one protocol, and checks the sub-protocol that connects as one signed POST. */
async function startAppSync(path: string, protocol: string, signedPath: string, answer: Answer) {
  const connections: WebSocket[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', path, handleProtocols: () => protocol });
  server.on('connection', (connection, { url, headers }) => {
    connections.push(connection);
    const [name, header] = (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
    const text = Buffer.from((header ?? '').replace(/^header-/, ''), 'base64url').toString();
    const allowed = isSigned(JSON.parse(text) as Headers, signedPath, '{}');
    connection.on('message', (data: Buffer) => {
      const reply = async (): Promise<void> => {
        const isAllowed = name === protocol && url === path && (await allowed);
        const message = JSON.parse(data.toString()) as Message;
        if (!isAllowed) connection.send(JSON.stringify({ type: 'connection_error' }));
        else if (message.type === 'connection_init') {
          connection.send(JSON.stringify({ type: 'connection_ack', connectionTimeoutMs: 300_000 }));
          connection.send(JSON.stringify({ type: 'ka' }));
        } else for (const one of await answer(message)) connection.send(JSON.stringify(one));
      };
      reply().catch(() => {
        connection.terminate();
      });
    });
  });
  await once(server, 'listening');
  ends.push(() => {
    for (const client of server.clients) client.terminate();
    return new Promise((done) => {
      server.close(done);
    });
  });
  return { connections, realtimeUrl: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${path}` };
}

const startGraphQl = () =>
  startAppSync('/graphql', 'graphql-ws', '/graphql/connect', async ({ id, type, payload }) => {
    const isAllowed = await isSigned(payload.extensions.authorization, '/graphql', payload.data);
    if (type !== 'start' || !isAllowed)
      return [{ id, type: 'error', payload: { errors: [{ errorType: 'Unauthorized' }] } }];
    return [
      { id, type: 'start_ack' },
      { id, type: 'data', payload: { data: payload.data } },
    ];
  });

/** The messages that a socket passes on, one after the other. */
function messagesOf(socket: ReturnType<typeof subscribe>): () => Promise<Message> {
  const come: Message[] = [];
  let wake = (): void => undefined;
  socket.addEventListener('message', ({ data }) => {
    come.push(JSON.parse(String(data)) as Message);
    wake();
  });
  ends.push(() => {
    socket.close();
  });
  return async () => {
    while (come.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return come.shift()!;
  };
}

const query = 'subscription { onNote { content } }';

test('AppSync’s subscriptions, which a new connection makes anew', async () => {
  const { connections, realtimeUrl } = await startGraphQl();
  const socket = subscribe(() => Promise.resolve(keys), { url: `https://${HOST}/graphql`, realtimeUrl }, query);
  const next = messagesOf(socket);
  const expected = { id: '1', type: 'data', payload: { data: JSON.stringify({ query }) } };
  expect(await next()).toEqual(expected);
  expect(socket.protocol).toBe('graphql-ws');
  connections[0]!.terminate();
  expect(await next()).toEqual(expected);
  expect(connections).toHaveLength(2);
});

test('AppSync Events: a channel, and an event that is published on it', async () => {
  const url = `https://${HOST}/event`;
  const { realtimeUrl } = await startAppSync('/event/realtime', 'aws-appsync-event-ws', '/event', async (message) => {
    const { id, type, channel, events, authorization } = message;
    const content = JSON.stringify(type === 'publish' ? { channel, events } : { channel });
    if (!(await isSigned(authorization, '/event', content))) return [{ id, type: `${type}_error` }];
    return type === 'publish'
      ? [
          { id, type: 'publish_success' },
          { id: '1', type: 'data', event: events },
        ]
      : [{ id, type: 'subscribe_success' }];
  });
  const socket = listen(() => Promise.resolve(keys), { url, realtimeUrl }, '/default/*');
  const next = messagesOf(socket);
  const id = 'note-1';
  socket.send(publication(keys, { url, realtimeUrl }, id, '/default/notes', { content: 'Milk' }));
  expect(await next()).toEqual({ id, type: 'publish_success' });
  expect(await next()).toEqual({ id: '1', type: 'data', event: ['{"content":"Milk"}'] });
});

test('AppSync, with keys that it does not know', async () => {
  const { realtimeUrl } = await startGraphQl();
  const others = { ...keys, secretAccessKey: 'x'.repeat(40) };
  const socket = subscribe(() => Promise.resolve(others), { url: `https://${HOST}/graphql`, realtimeUrl }, query);
  messagesOf(socket);
  const error = await new Promise<Error>((resolve) => {
    socket.addEventListener('error', (event) => {
      resolve(event.error);
    });
  });
  expect(error.message).toContain('connection_error');
});
