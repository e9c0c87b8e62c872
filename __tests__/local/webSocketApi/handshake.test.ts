import { nodeHash } from '../../../src/hash/node';
import type { WebSocketApiOptions } from '../../../src/local/webSocketApi';
import { newClient } from '../../../src';
import { sendRaw, statusesOf } from '../../support/rawHttp';
import { connect, identityId, open, Refused, signed, start } from '../../support/webSocketHarness';

const refusalOf = (connecting: Promise<unknown>): Promise<Refused> =>
  connecting.then(
    () => Promise.reject(new Error('connected')),
    (error: unknown) => {
      if (error instanceof Refused) return error;
      throw error;
    },
  );

describe('the signature of a request to connect', () => {
  it.each([false, true])("is taken from aws4's query or headers (headers: %s)", async (inHeaders) => {
    const { api, credentials } = await start();
    const client = await connect(api, credentials, { inHeaders });
    expect(api.connectionIds).toHaveLength(1);
    expect(api.requests).toMatchObject([{ method: 'GET', path: '/dev', status: 101, identityId }]);
    client.socket.close();
    await client.closed;
  });

  it('is computed by node:crypto', async () => {
    const hmac = jest.spyOn(nodeHash, 'hmac');
    try {
      const { api, credentials } = await start();
      await connect(api, credentials);
      expect(hmac.mock.calls).toHaveLength(5); // four to derive the key, and one with it
    } finally {
      hmac.mockRestore();
    }
  });

  it('is taken as our own signer presigns it', async () => {
    const { api, credentials } = await start();
    const url = newClient({ credentials, region: api.region, endpoint: api.url }).presignUrl();
    await open(url);
    expect(api.connectionIds).toHaveLength(1);
  });

  it.each<[string, string, string]>([
    ['no signature', 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
    ['another key', 'InvalidSignatureException', 'The request signature we calculated does not match'],
    ['an unknown key', 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
    ['another region', 'InvalidSignatureException', 'Credential should be scoped to a valid region'],
  ])('is refused as by a REST API: %s', async (what, type, text) => {
    const { api, credentials, store } = await start();
    if (what === 'an unknown key') store.clear();
    const keys = what === 'another key' ? { ...credentials, secretAccessKey: 'another' } : credentials;
    const region = what === 'another region' ? 'eu-west-1' : api.region;
    const refused = await refusalOf(what === 'no signature' ? open(api.url) : connect(api, keys, { region }));
    expect(refused.status).toBe(403);
    expect(refused.headers['x-amzn-errortype']).toBe(type);
    expect(refused.body).toContain(text);
    expect(api.connectionIds).toEqual([]);
  });

  it('is refused to a plain GET as well, by which a page learns why', async () => {
    const { api, credentials } = await start();
    const { url } = signed(api, { ...credentials, secretAccessKey: 'another' });
    const response = await fetch(url.replace('ws:', 'http:'));
    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toBe('InvalidSignatureException');
    const good = await fetch(signed(api, credentials).url.replace('ws:', 'http:'));
    expect(good.status).toBe(426);
  });
});

describe('the policy', () => {
  const statement = (resource: string, effect: 'Allow' | 'Deny' = 'Allow'): WebSocketApiOptions['policy'] => ({
    Statement: { Effect: effect, Action: 'execute-api:Invoke', Resource: resource },
  });

  it('is asked for $connect', async () => {
    const { api, credentials } = await start({ policy: statement('arn:aws:execute-api:*:*:*/dev/$connect') });
    await connect(api, credentials);
    const other = await start({ policy: statement('arn:aws:execute-api:*:*:*/dev/GET/*') });
    const refused = await refusalOf(connect(other.api, other.credentials));
    expect(refused.status).toBe(403);
    // https://repost.aws/knowledge-center/api-gateway-troubleshoot-403-forbidden
    expect(refused.body).toMatch(
      /is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:\*{8}\d{4}:\w+\/dev\/\$connect/,
    );
    expect(other.api.requests).toMatchObject([{ status: 403, denied: 'implicit-deny', identityId }]);
  });

  it('is refused at start where it is not understood', async () => {
    await expect(start({ policy: { Statement: { Effect: 'Allow' } } as never })).rejects.toMatchObject({
      code: 'InvalidOption',
    });
  });
});

it('leads to one path alone', async () => {
  const { api, credentials } = await start({ stage: 'prod' });
  await connect(api, credentials, { path: '/prod/' });
  for (const path of ['/', '/prod/chat', '/dev']) {
    expect((await refusalOf(connect(api, credentials, { path }))).status).toBe(403);
  }
});

describe('$connect', () => {
  it('decides: its status is what the client gets, and nobody is connected', async () => {
    const disconnected = jest.fn();
    const { api, credentials } = await start({
      routes: { $connect: () => Promise.resolve({ statusCode: 400 }), $disconnect: disconnected },
    });
    expect((await refusalOf(connect(api, credentials))).status).toBe(400);
    expect(api.connectionIds).toEqual([]);
    expect(disconnected).not.toHaveBeenCalled();
  });

  it.each<[string, () => unknown]>([
    ['throws', () => Promise.reject(new Error('a mistake'))],
    ['gives nothing', () => Promise.resolve(undefined)],
  ])('that %s is a 502 that tells nothing', async (_, $connect) => {
    const onError = jest.fn();
    const { api, credentials } = await start({ routes: { $connect }, onError });
    const refused = await refusalOf(connect(api, credentials));
    expect(refused.status).toBe(502);
    const body = JSON.parse(refused.body) as Record<string, string>;
    expect(Object.keys(body)).toEqual(['message', 'connectionId', 'requestId']);
    expect(body.message).toBe('Internal server error');
  });

  it('may choose one of the subprotocols that were asked for', async () => {
    const answer = { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'chat2' } };
    const { api, credentials } = await start({ routes: { $connect: () => Promise.resolve(answer) } });
    const { socket } = await connect(api, credentials, { subprotocols: ['chat1', 'chat2'] });
    expect(socket.protocol).toBe('chat2');
    await expect(connect(api, credentials, { subprotocols: ['chat1'] })).rejects.toThrow('subprotocol');
  });
});

it.each([
  ['a method', 'POST /dev HTTP/1.1', ''],
  ['an old version of the protocol', 'GET /dev HTTP/1.1', 'Sec-WebSocket-Version: 8\r\n'],
  ['another protocol', 'GET /dev HTTP/1.1', 'Upgrade: h2c\r\n'],
  ['a target that is none', 'GET a://x/dev HTTP/1.1', ''],
  ['a key that is no base64', 'GET /dev HTTP/1.1', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j__==\r\n'],
  ['a subprotocol twice', 'GET /dev HTTP/1.1', 'Sec-WebSocket-Protocol: chat, chat\r\n'],
  ['a subprotocol without a name', 'GET /dev HTTP/1.1', 'Sec-WebSocket-Protocol: chat,\r\n'],
  ['a subprotocol of two words', 'GET /dev HTTP/1.1', 'Sec-WebSocket-Protocol: a chat\r\n'],
  ['two hosts', 'GET /dev HTTP/1.1', 'Host: example.com\r\n'],
])('answers what is no request to connect with 400, and hangs up: %s', async (_, line, more) => {
  const { api } = await start();
  const upgrade = more.startsWith('Upgrade') ? '' : 'Upgrade: websocket\r\n';
  const version = more.startsWith('Sec-WebSocket-Version') ? '' : 'Sec-WebSocket-Version: 13\r\n';
  const key = more.startsWith('Sec-WebSocket-Key') ? '' : 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
  const host = `Host: 127.0.0.1:${api.port}\r\n`;
  const answer = await sendRaw(
    api.port,
    `${line}\r\n${host}Connection: Upgrade\r\n${upgrade}${version}${key}${more}\r\n`,
  );
  expect(statusesOf(answer)).toEqual([400]);
});
