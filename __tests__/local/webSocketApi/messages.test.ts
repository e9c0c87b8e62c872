import { holdTimers } from '../../support/heldTimers';
import { connect, promise, start } from '../../support/webSocketHarness';
import type { Client } from '../../support/webSocketHarness';

/** A route whose answer goes back. */
const answering = (text: string) => ({ lambda: () => Promise.resolve({ body: text }), routeResponse: true });

async function ask(client: Client, message: string): Promise<string> {
  client.socket.send(message);
  return client.next();
}

describe('the route of a message', () => {
  it.each<[string, string]>([
    ['{"action":"say"}', 'say'],
    ['{"action":"other"}', 'default'],
    ['{"action":"Say"}', 'default'],
    ['{"action":7}', 'seven'],
    ['{"action":{"a":1}}', 'default'],
    ['{"other":"say"}', 'default'],
    ['["say"]', 'default'],
    ['no JSON', 'default'],
    ['{"action":"$connect"}', 'default'],
    ['{"action":"$disconnect"}', 'default'],
    ['{"action":"__proto__"}', 'default'],
  ])('of %s is %s', async (message, route) => {
    const { api, credentials } = await start({
      routes: {
        $connect: () => Promise.resolve({ statusCode: 200, body: 'connect' }),
        $disconnect: answering('disconnect'),
        $default: answering('default'),
        say: answering('say'),
        7: answering('seven'),
      },
    });
    expect(await ask(await connect(api, credentials), message)).toBe(route);
  });

  it('is found by another expression, also within', async () => {
    const { api, credentials } = await start({
      routeSelectionExpression: '${request.body.about.kind}',
      routes: { say: answering('say'), $default: answering('default') },
    });
    const client = await connect(api, credentials);
    expect(await ask(client, '{"about":{"kind":"say"}}')).toBe('say');
    expect(await ask(client, '{"about":"say"}')).toBe('default');
  });

  // The words and spaces of AWS's own frames, as clients report them.
  it('that is none is Forbidden, in the words of API Gateway', async () => {
    const { api, credentials } = await start({ routes: { say: answering('say') } });
    const text = await ask(await connect(api, credentials), '{"action":"other"}');
    expect(text).toMatch(/^\{"message": "Forbidden", "connectionId":"[\w-]{15}=", "requestId":"[\w-]{15}="\}$/);
    expect(text).toContain(api.connectionIds[0]!);
  });
});

it('sends back what a function gives only where the route has a response', async () => {
  const silent = { lambda: () => Promise.resolve({ body: 'silent' }) };
  const { api, credentials } = await start({ routes: { silent, loud: answering('loud') } });
  const client = await connect(api, credentials);
  client.socket.send('{"action":"silent"}');
  expect(await ask(client, '{"action":"loud"}')).toBe('loud');
});

it('tells a client of a failed function no more than API Gateway does', async () => {
  const mistake = new Error('a mistake');
  const onError = jest.fn();
  const { api, credentials } = await start({ routes: { $default: () => Promise.reject(mistake) }, onError });
  const text = await ask(await connect(api, credentials), 'hello');
  expect(text).toMatch(/^\{"message": "Internal server error", "connectionId":/);
  expect(onError.mock.calls).toEqual([[mistake]]);
});

it('gives a function up that takes too long', async () => {
  const onError = jest.fn();
  const { api, credentials } = await start({
    routes: { $default: () => new Promise(() => undefined) },
    onError,
    timeout: 20,
  });
  expect(await ask(await connect(api, credentials), 'hello')).toContain('Internal server error');
  expect(onError).toHaveBeenCalledWith(expect.objectContaining({ name: 'FunctionTimeout' }));
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
describe('the limits of API Gateway', () => {
  const KIB = 1024;

  /** Sends a message in frames of one size. */
  function sendInFrames({ socket }: Client, size: number, frame: number): void {
    for (let sent = 0; sent < size; sent += frame) {
      socket.send('x'.repeat(Math.min(frame, size - sent)), { fin: sent + frame >= size });
    }
  }

  it('take 128 KiB in frames of 32', async () => {
    const { api, credentials } = await start();
    const client = await connect(api, credentials);
    sendInFrames(client, 128 * KIB, 32 * KIB);
    expect(await client.next()).toHaveLength(128 * KIB);
  });

  it.each([
    ['a frame of 32 KiB and a byte', 32 * KIB + 1, 32 * KIB + 1],
    ['a message of 128 KiB and a byte', 128 * KIB + 1, 32 * KIB],
    ['both', 1024 * KIB, 1024 * KIB],
  ])('end a connection with 1009: %s', async (_, size, frame) => {
    const called = jest.fn();
    const { api, credentials } = await start({ routes: { $default: called } });
    const client = await connect(api, credentials);
    sendInFrames(client, size, frame);
    expect((await client.closed).code).toBe(1009);
    expect(called).not.toHaveBeenCalled();
  });

  it('count each frame by itself, however its bytes come', async () => {
    const { api, credentials } = await start();
    const client = await connect(api, credentials);
    const stream = Reflect.get(client.socket, '_socket') as { write(bytes: Uint8Array): void };
    // A text frame of 300 bytes whose mask is of zeros (RFC 6455, section 5.2).
    const head = [0x81, 0x80 | 126, 300 >> 8, 300 & 0xff, 0, 0, 0, 0];
    for (const byte of [...head, ...Buffer.from('x'.repeat(300))]) stream.write(Uint8Array.of(byte));
    expect(await client.next()).toHaveLength(300);
    client.socket.send('x'.repeat(33 * KIB));
    expect((await client.closed).code).toBe(1009);
  });

  it('end a connection that sends binary frames with 1003', async () => {
    const called = jest.fn();
    const { api, credentials } = await start({ routes: { $default: called } });
    const client = await connect(api, credentials);
    client.socket.send(Uint8Array.of(1, 2, 3));
    expect((await client.closed).code).toBe(1003);
    expect(called).not.toHaveBeenCalled();
  });

  it.each(['idleTimeout', 'maxDuration'] as const)('end a connection with 1001: %s', async (limit) => {
    const ended = promise<unknown>();
    const $disconnect = (event: unknown) => {
      ended.resolve(event);
      return Promise.resolve();
    };
    const { api, credentials } = await start({ [limit]: 30, routes: { $disconnect } });
    const client = await connect(api, credentials);
    expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect(await ended.kept).toMatchObject({ requestContext: { disconnectStatusCode: 1001 } });
    expect(api.connectionIds).toEqual([]);
  });

  it.each([
    ['ten minutes without a message', 600_000],
    ['two hours', 7_200_000],
  ])('end a connection after %s, where nothing else is set', async (_, delay) => {
    const timers = holdTimers(delay);
    try {
      const { api, credentials } = await start();
      const client = await connect(api, credentials);
      expect(timers.count()).toBe(1);
      timers.fire();
      expect(await client.closed).toEqual({ code: 1001, reason: 'Going away' });
    } finally {
      timers.release();
    }
  });
});
