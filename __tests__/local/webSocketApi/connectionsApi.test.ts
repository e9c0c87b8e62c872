import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import aws4 from 'aws4';
import type { LocalWebSocketApi, ManagementApi } from '../../../src/local/webSocketApi';
import { connect, promise, start } from '../../support/webSocketHarness';

const clients: ApiGatewayManagementApiClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

function clientOf(api: LocalWebSocketApi, credentials?: ManagementApi['credentials']): ApiGatewayManagementApiClient {
  const options = { ...api.managementApi(), ...(credentials && { credentials }), maxAttempts: 1 };
  const client = new ApiGatewayManagementApiClient(options);
  clients.push(client);
  return client;
}

const post = (id: string, text: string) => new PostToConnectionCommand({ ConnectionId: id, Data: Buffer.from(text) });

describe('the client of AWS SDK v3', () => {
  it('writes to a connection, asks about it and ends it', async () => {
    const { api, credentials } = await start();
    const connection = await connect(api, credentials, { headers: { 'User-Agent': 'a client' } });
    const [id] = api.connectionIds;
    const client = clientOf(api);
    await client.send(post(id!, '漢'));
    expect(await connection.next()).toBe('漢');

    const about = await client.send(new GetConnectionCommand({ ConnectionId: id! }));
    expect(about.Identity).toEqual({ SourceIp: '127.0.0.1', UserAgent: 'a client' });
    expect(about.ConnectedAt!.getTime()).toBeLessThanOrEqual(about.LastActiveAt!.getTime());

    await client.send(new DeleteConnectionCommand({ ConnectionId: id! }));
    expect((await connection.closed).code).toBe(1000);
    for (const command of [post(id!, 'late'), new DeleteConnectionCommand({ ConnectionId: id! })]) {
      await expect(client.send(command as never)).rejects.toMatchObject({ name: 'GoneException' });
    }
  });

  it('throws a client out, which is not heard any more though it does not answer', async () => {
    const heard: string[] = [];
    const ended = promise<string>();
    const { api, credentials } = await start({
      routes: {
        $default: ({ body }: { body: string }) => Promise.resolve(heard.push(body)),
        $disconnect: () => {
          ended.resolve('by the backend');
          return Promise.resolve({});
        },
      },
    });
    const { socket } = await connect(api, credentials);
    const [id] = api.connectionIds;
    const client = clientOf(api);
    socket.pause(); // so that it does not see what closes it
    await client.send(new DeleteConnectionCommand({ ConnectionId: id! }));
    expect(api.connectionIds).toEqual([]);
    for (const command of [post(id!, 'late'), new GetConnectionCommand({ ConnectionId: id! })]) {
      await expect(client.send(command as never)).rejects.toMatchObject({ name: 'GoneException' });
    }
    socket.send('still here');
    socket.resume(); // its answer comes behind that
    await ended.kept;
    expect(heard).toEqual([]);
  });

  it('hears all times by the clock that the API was given', async () => {
    const time = new Date('2020-02-02T02:02:02Z');
    const { api, credentials } = await start({ now: () => time });
    const date = '20200202T020202Z';
    const connection = await connect(api, credentials, { inHeaders: true, date });
    connection.socket.send('hello');
    expect(await connection.next()).toBe('hello');
    const { host } = new URL(api.url);
    const path = `/dev/@connections/${encodeURIComponent(api.connectionIds[0]!)}`;
    const request = { host, path, service: 'execute-api', region: api.region, headers: { 'X-Amz-Date': date } };
    const { headers } = aws4.sign(request, api.managementApi().credentials);
    const response = await fetch(`http://${host}${path}`, { headers: headers as Record<string, string> });
    expect(await response.json()).toMatchObject({ connectedAt: time.toISOString(), lastActiveAt: time.toISOString() });
  });

  it('hears that a message is too long', async () => {
    const { api, credentials } = await start();
    const connection = await connect(api, credentials);
    const client = clientOf(api);
    const [id] = api.connectionIds;
    await client.send(post(id!, 'x'.repeat(128 * 1024)));
    expect(await connection.next()).toHaveLength(128 * 1024);
    for (const length of [128 * 1024 + 1, 300 * 1024]) {
      await expect(client.send(post(id!, 'x'.repeat(length)))).rejects.toMatchObject({
        name: 'PayloadTooLargeException',
      });
    }
  });

  it('finds no connection before $connect has let it in', async () => {
    const found = promise<string>();
    const { api, credentials } = await start({
      routes: {
        $connect: async ({ requestContext }: { requestContext: { connectionId: string } }) => {
          const sending = clientOf(api).send(post(requestContext.connectionId, 'early'));
          found.resolve(
            await sending.then(
              () => 'sent',
              (error: unknown) => (error as Error).name,
            ),
          );
          return { statusCode: 200 };
        },
      },
    });
    await connect(api, credentials);
    expect(await found.kept).toBe('GoneException');
  });
});

describe('who may call @connections', () => {
  it('is the backend alone, whose keys do nothing else', async () => {
    const { api, credentials } = await start();
    await connect(api, credentials);
    const [id] = api.connectionIds;
    await expect(clientOf(api, credentials).send(post(id!, 'hello'))).rejects.toMatchObject({
      message: expect.stringContaining('execute-api:ManageConnections') as string,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(connect(api, api.managementApi().credentials)).rejects.toMatchObject({ status: 403 });
    const wrong = { ...api.managementApi().credentials, secretAccessKey: 'another' };
    await expect(clientOf(api, wrong).send(post(id!, 'hello'))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
    });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
  it('are users where a policy says so, by method', async () => {
    const Resource = 'arn:aws:execute-api:us-east-1:*:*/dev/GET/@connections/*';
    const { api, credentials } = await start({
      policy: {
        Statement: [
          { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' },
          { Effect: 'Allow', Action: 'execute-api:ManageConnections', Resource },
        ],
      },
    });
    const connection = await connect(api, credentials);
    const [id] = api.connectionIds;
    const client = clientOf(api, credentials);
    await client.send(new GetConnectionCommand({ ConnectionId: id! }));
    await expect(client.send(post(id!, 'hello'))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
    await clientOf(api).send(post(id!, 'from the backend'));
    expect(await connection.next()).toBe('from the backend');
  });

  // The SDK writes the = at the end of every id as %3D.
  it('are not those whom a policy denies a connection, however its id is spelt', async () => {
    const denied = 'arn:aws:execute-api:*:*:*/dev/GET/@connections/*=';
    const { api, credentials } = await start({
      policy: {
        Statement: [
          { Effect: 'Allow', Action: '*', Resource: '*' },
          { Effect: 'Deny', Action: 'execute-api:ManageConnections', Resource: denied },
        ],
      },
    });
    await connect(api, credentials);
    const [id] = api.connectionIds;
    const escaped = `%${id!.charCodeAt(0).toString(16)}${id!.slice(1, -1)}%3D`;
    for (const spelling of [id!, encodeURIComponent(id!), escaped]) {
      const { host } = new URL(api.url);
      const path = `/dev/@connections/${spelling}`;
      const signed = aws4.sign({ host, path, service: 'execute-api', region: api.region }, credentials);
      const response = await fetch(`http://${host}${path}`, { headers: signed.headers as Record<string, string> });
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('with an explicit deny');
    }
  });
});
