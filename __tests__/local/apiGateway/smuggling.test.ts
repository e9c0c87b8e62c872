// Raw requests through the gateway to a target that keeps its connections open and writes down every byte it gets.
import { createServer } from 'node:http';
import { identityId, start, stops } from '../../support/apiGatewayHarness';
import { rawRequest, sendRaw, statusesOf } from '../../support/rawHttp';
import { forged, signedHeaders, startBoth } from '../../support/smugglingTarget';
import { closeServer, listenLocally } from '../../support/localServer';

describe('what a client sends as a body never becomes a request of its own', () => {
  it.each(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'POST'])('of a %s', async (method) => {
    const { gateway, credentials, seen } = await startBoth();
    for (let i = 0; i < 3; i++) {
      const headers = signedHeaders(gateway, credentials, { method, body: forged });
      const length = String(forged.length);
      const sent = { ...headers, 'Content-Length': length, Connection: 'close, content-length, transfer-encoding' };
      const statuses = statusesOf(await sendRaw(gateway.port, rawRequest(`${method} /dev/notes`, sent, forged)));
      expect(statuses).toEqual(/GET|HEAD/.test(method) ? [400] : [200]);
      const chunked = `${forged.length.toString(16)}\r\n${forged}\r\n0\r\n\r\n`;
      const inChunks = { ...headers, 'Transfer-Encoding': 'chunked', Connection: 'close' };
      await sendRaw(gateway.port, rawRequest(`${method} /dev/notes`, inChunks, chunked));
      const next = { ...signedHeaders(gateway, credentials), Connection: 'close' };
      expect(statusesOf(await sendRaw(gateway.port, rawRequest('GET /dev/notes', next)))).toEqual([200]);
    }
    expect(new Set(seen.map(({ line }) => line))).toEqual(
      new Set(/GET|HEAD/.test(method) ? ['GET /notes'] : [`${method} /notes`, 'GET /notes']),
    );
    for (const { line, headers, body } of seen) {
      expect(headers['x-amzn-identity-id']).toBe(identityId);
      expect(body).toBe(line.startsWith('GET') ? '' : forged);
    }
  });

  it('of a request that says it has none, or less', async () => {
    const { gateway, credentials, seen } = await startBoth();
    const headers = signedHeaders(gateway, credentials);
    for (const length of ['0', '5']) {
      const sent = { ...headers, 'Content-Length': length };
      await sendRaw(gateway.port, rawRequest('GET /dev/notes', { ...sent, Connection: 'close' }, forged));
    }
    expect(seen.filter(({ line }) => line !== 'GET /notes')).toEqual([]);
  });
});

describe('what two servers may read differently is refused', () => {
  it.each<[string, string[], string]>([
    ['two lengths', ['Content-Length: 4', 'Content-Length: 4'], 'body'],
    ['two other lengths', ['Content-Length: 4', 'Content-Length: 0'], 'body'],
    ['a list of lengths', ['Content-Length: 4, 4'], 'body'],
    ['a length with a sign', ['Content-Length: +4'], 'body'],
    ['a length in hex', ['Content-Length: 0x4'], 'body'],
    ['a negative length', ['Content-Length: -1'], ''],
    ['a length and chunks', ['Content-Length: 4', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 4'], '0\r\n\r\n'],
    ['chunks twice', ['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['a coding that is not known', ['Transfer-Encoding: gzip, chunked'], '0\r\n\r\n'],
    ['a coding that is none', ['Transfer-Encoding: identity'], ''],
    ['chunked, not at the end', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a space before the colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a header over two lines', ['X-One: 1', ' Transfer-Encoding: chunked'], ''],
    ['two hosts', ['Host: evil.example'], ''],
    ['a chunk size that is none', ['Transfer-Encoding: chunked'], '0x4\r\nbody\r\n0\r\n\r\n'],
  ])('%s', async (_, added, body) => {
    const { gateway, credentials, seen } = await startBoth();
    const signed = signedHeaders(gateway, credentials, { method: 'POST', body: 'body' });
    const lines = Object.entries(signed).map(([name, value]) => `${name}: ${value}`);
    const bytes = rawRequest('POST /dev/notes', [...lines, ...added, 'Connection: close'], body);
    const statuses = statusesOf(await sendRaw(gateway.port, bytes + forged));
    expect(statuses).toEqual([400]);
    expect(seen).toEqual([]);
  });
});

describe('who called is told by the gateway alone', () => {
  it.each([
    'x-amzn-identity-id',
    'X-AMZN-IDENTITY-ID',
    'x_amzn_identity_id',
    'X_Amzn-Identity_Id',
    'x.amzn.identity.id',
    'x-amzn-identity_admin',
    'x_forwarded_host',
    'Content_Length',
    'Transfer_Encoding',
  ])('%s from a client is removed', async (name) => {
    const { gateway, credentials, seen } = await startBoth();
    const sent = { ...signedHeaders(gateway, credentials), [name]: '7', Connection: 'close' };
    expect(statusesOf(await sendRaw(gateway.port, rawRequest('GET /dev/notes', sent)))).toEqual([200]);
    expect(seen).toHaveLength(1);
    const { headers, rawHeaders } = seen[0]!;
    expect(headers['x-amzn-identity-id']).toBe(identityId);
    expect(headers['x-forwarded-host']).toBe(`127.0.0.1:${gateway.port}`);
    expect(rawHeaders).not.toContain('7');
  });

  it('and Connection cannot name it away, nor what was signed', async () => {
    const { gateway, credentials, seen } = await startBoth();
    const signed = signedHeaders(gateway, credentials, { headers: { 'x-role': 'reader' } });
    const named = 'close, x-amzn-identity-id, X-Amzn-Identity-Type, x-forwarded-host, host, x-role, x-mine';
    const sent = { ...signed, 'x-mine': '1', Connection: named };
    expect(statusesOf(await sendRaw(gateway.port, rawRequest('GET /dev/notes', sent)))).toEqual([200]);
    expect(seen[0]!.headers).toMatchObject({
      'x-amzn-identity-id': identityId,
      'x-amzn-identity-type': 'authenticated',
      'x-forwarded-host': `127.0.0.1:${gateway.port}`,
      'x-role': 'reader',
    });
    expect(seen[0]!.headers).not.toHaveProperty('x-mine');
  });
});

describe('Expect and Upgrade', () => {
  it('end at the gateway', async () => {
    const { gateway, credentials, seen } = await startBoth();
    const body = '{"a":1}';
    const signed = signedHeaders(gateway, credentials, { method: 'POST', body });
    const expecting = { ...signed, 'Content-Length': '7', Expect: '100-continue', Connection: 'close' };
    const answers = await sendRaw(gateway.port, rawRequest('POST /dev/notes', expecting, body));
    expect(statusesOf(answers)).toEqual([100, 200]);
    const upgrading = { Connection: 'Upgrade, HTTP2-Settings, close', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQ' };
    const get = { ...signedHeaders(gateway, credentials), ...upgrading };
    expect(statusesOf(await sendRaw(gateway.port, rawRequest('GET /dev/notes', get) + forged))).toEqual([200]);
    expect(seen.map(({ line }) => line)).toEqual(['POST /notes', 'GET /notes']);
    for (const { headers } of seen) {
      for (const name of ['expect', 'upgrade', 'http2-settings']) expect(headers).not.toHaveProperty(name);
    }
  });

  it('of another kind: refused', async () => {
    const { gateway, credentials, seen } = await startBoth();
    const headers = { ...signedHeaders(gateway, credentials), Expect: '200-ok', Connection: 'close' };
    expect(statusesOf(await sendRaw(gateway.port, rawRequest('GET /dev/notes', headers)))).toEqual([417]);
    expect(seen).toEqual([]);
  });
});

it('a target that switches protocols unasked: 502, and nothing of what it sends', async () => {
  const server = createServer(({ socket }) => {
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
    );
  });
  const { url: target } = await listenLocally(server);
  stops.push(() => closeServer(server));
  const errors: unknown[] = [];
  const { gateway, credentials } = await start({ target, onError: (error) => errors.push(error) });
  const headers = { ...signedHeaders(gateway, credentials), Connection: 'close' };
  expect(statusesOf(await sendRaw(gateway.port, rawRequest('GET /dev/notes', headers)))).toEqual([502]);
  expect(errors).toHaveLength(1);
});
