import { WebSocket } from 'ws';
import { connect, identityId, promise, signed, start } from '../../support/webSocketHarness';

/** A route that keeps the event it gets. */
function keeping(answer: unknown = { statusCode: 200 }) {
  const { kept, resolve } = promise<unknown>();
  return { kept, lambda: (event: unknown) => Promise.resolve((resolve(event), answer)) };
}

/** What API Gateway says of a caller whose credentials are an identity pool's. */
const identity = {
  cognitoIdentityPoolId: null,
  accountId: '123456789012',
  cognitoIdentityId: identityId,
  caller: expect.stringMatching(/^AROA[A-Z2-7]{17}:CognitoIdentityCredentials$/) as string,
  sourceIp: '127.0.0.1',
  principalOrgId: null,
  accessKey: expect.stringMatching(/^ASIA/) as string,
  cognitoAuthenticationType: 'authenticated',
  cognitoAuthenticationProvider: null,
  userArn: 'arn:aws:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials',
  userAgent: 'a client',
  user: expect.stringMatching(/^AROA/) as string,
};
const id = expect.stringMatching(/^[\w-]{15}=$/) as string;

// The fields are those that API Gateway's events have, as people who logged them have published them; see also
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
it('tell of a connection, its messages and its end', async () => {
  const [opened, said, ended] = [keeping(), keeping(), keeping()];
  const now = () => new Date('2026-07-04T10:20:30Z');
  const routes = { $connect: opened.lambda, $disconnect: ended.lambda, say: said.lambda };
  const { api, credentials } = await start({ routes, now, stage: 'prod' });
  const asked = { path: '/prod?room=a&room=b%20c', headers: { 'User-Agent': 'a client', 'X-Own': '1' } };
  const client = await connect(api, credentials, { ...asked, inHeaders: true, date: '20260704T102030Z' });
  client.socket.send('{"action":"say"}');
  const message = await said.kept;
  client.socket.close();

  const connectionId = (message as { requestContext: { connectionId: string } }).requestContext.connectionId;
  const common = {
    extendedRequestId: id,
    requestTime: '04/Jul/2026:10:20:30 +0000',
    messageDirection: 'IN',
    stage: 'prod',
    connectedAt: Date.UTC(2026, 6, 4, 10, 20, 30),
    requestTimeEpoch: Date.UTC(2026, 6, 4, 10, 20, 30),
    identity,
    requestId: id,
    domainName: `127.0.0.1:${api.port}`,
    connectionId,
    apiId: 'localws000',
  };
  expect(await opened.kept).toMatchObject({
    headers: { 'User-Agent': 'a client', 'X-Own': '1', 'X-Forwarded-Port': String(api.port) },
    multiValueHeaders: { 'X-Own': ['1'], Host: [`127.0.0.1:${api.port}`] },
    queryStringParameters: { room: 'b c' },
    multiValueQueryStringParameters: { room: ['a', 'b c'] },
    requestContext: { routeKey: '$connect', eventType: 'CONNECT', ...common },
    isBase64Encoded: false,
  });
  expect(message).toEqual({
    requestContext: { routeKey: 'say', eventType: 'MESSAGE', messageId: id, ...common },
    body: '{"action":"say"}',
    isBase64Encoded: false,
  });
  const { headers: _, ...end } = (await ended.kept) as Record<string, unknown>;
  expect(end).toEqual({
    multiValueHeaders: { Host: [common.domainName], 'x-api-key': [''], 'X-Forwarded-For': [''], 'x-restapi': [''] },
    requestContext: {
      ...{ routeKey: '$disconnect', eventType: 'DISCONNECT', ...common },
      disconnectStatusCode: 1005,
      disconnectReason: 'Client-side close frame status not set',
    },
    isBase64Encoded: false,
  });
});

it('show nothing of the signature', async () => {
  const opened = keeping();
  const { api, credentials } = await start({ routes: { $connect: opened.lambda } });
  for (const inHeaders of [true, false]) {
    await connect(api, credentials, { inHeaders });
    const event = JSON.stringify(await opened.kept);
    expect(event).not.toMatch(/authorization|x-amz-(?:signature|security-token|credential)/i);
    expect(event).not.toContain(credentials.sessionToken);
  }
});

it.each<[string, (socket: WebSocket) => void, number, string]>([
  [
    'with the client’s own code and reason',
    (socket) => {
      socket.close(4000, 'done');
    },
    4000,
    'done',
  ],
  [
    'normally',
    (socket) => {
      socket.close(1000);
    },
    1000,
    'Connection Closed Normally',
  ],
  [
    'without a word',
    (socket) => {
      socket.terminate();
    },
    1006,
    '',
  ],
])('tell how a connection ended: %s', async (_, end, code, reason) => {
  const ended = keeping();
  const { api, credentials } = await start({ routes: { $disconnect: ended.lambda } });
  end((await connect(api, credentials)).socket);
  const { requestContext } = (await ended.kept) as { requestContext: unknown };
  expect(requestContext).toMatchObject({ disconnectStatusCode: code, disconnectReason: reason });
  expect(api.connectionIds).toEqual([]);
});

it('tell of the end of a client that had gone before $connect had let it in', async () => {
  const ended = keeping();
  const asked = promise<undefined>();
  const answer = promise<unknown>();
  const $connect = () => (asked.resolve(undefined), answer.kept);
  const { api, credentials } = await start({ routes: { $connect, $disconnect: ended.lambda } });
  const socket = new WebSocket(signed(api, credentials).url);
  socket.on('error', () => undefined); // it is never answered
  await asked.kept;
  await api.stop(); // which ends the connection at the server's side, so that it is known to be gone
  answer.resolve({ statusCode: 200 });
  expect(await ended.kept).toMatchObject({ requestContext: { disconnectStatusCode: 1006 } });
  expect(api.connectionIds).toEqual([]);
});

it('are for no route that names no export behind its #', async () => {
  await expect(start({ routes: { $default: 'chat.mjs#' } })).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringContaining('routes["$default"]: expected a function, or FILE#EXPORT') as string,
  });
});
