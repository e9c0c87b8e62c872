/** Wrong options are named, with what was expected and what came, before anything is done. */
import { WebSocket } from 'ws';
import { createSignedSocket, SignedWebSocket } from '../../src/socket';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const right = { url: 'wss://abc123.execute-api.eu-west-1.amazonaws.com/prod', credentials, WebSocket };

it.each<[string, object, string, string]>([
  ['url', { url: undefined }, 'InvalidEndpoint', 'url: expected an address such as wss://abc123'],
  ['url', { url: 'ftp://example.com' }, 'InvalidEndpoint', 'url: expected an address'],
  ['url', { url: 'wss://user:pass@example.com' }, 'InvalidEndpoint', 'url: expected an address'],
  ['url', { url: 'wss://example.com/#part' }, 'InvalidEndpoint', 'url: expected an address'],
  ['protocols', { protocols: 'a b' }, 'InvalidOption', 'protocols: expected names of subprotocols, each once, got'],
  ['protocols', { protocols: ['a', 'a'] }, 'InvalidOption', 'protocols: expected'],
  ['WebSocket', { WebSocket: {} }, 'InvalidOption', 'WebSocket: expected a WebSocket constructor, got'],
  ['timeout', { timeout: -1 }, 'InvalidOption', 'timeout: expected milliseconds above 0, got -1'],
  ['resume', { resume: true }, 'InvalidOption', 'resume: expected a function, got Boolean'],
  ['maxQueued', { maxQueued: 1.5 }, 'InvalidOption', 'maxQueued: expected a whole number from 0, got 1.5'],
  ['reconnect', { reconnect: true }, 'InvalidOption', 'reconnect: expected an object, got Boolean'],
  [
    'reconnect',
    { reconnect: { attempts: 0 } },
    'InvalidOption',
    'reconnect.attempts: expected a whole number from 1, got 0',
  ],
  [
    'reconnect',
    { reconnect: { baseDelay: 0 } },
    'InvalidOption',
    'reconnect.baseDelay: expected milliseconds above 0, got 0',
  ],
  [
    'reconnect',
    { reconnect: { maxDelay: NaN } },
    'InvalidOption',
    'reconnect.maxDelay: expected milliseconds above 0, got NaN',
  ],
  [
    'keepAlive',
    { keepAlive: { after: 'soon' } },
    'InvalidOption',
    'keepAlive.after: expected milliseconds above 0, got',
  ],
  [
    'keepAlive',
    { keepAlive: { message: 7 } },
    'InvalidOption',
    'keepAlive.message: expected text, or a function that makes it, got 7',
  ],
  [
    'handOver',
    { handOver: { after: Infinity } },
    'InvalidOption',
    'handOver.after: expected milliseconds above 0, got Infinity',
  ],
  ['signal', { signal: {} }, 'InvalidOption', 'signal: expected an AbortSignal, got'],
  ['region', { region: 'EU-WEST-1/' }, 'InvalidOption', 'region: expected'],
  ['serviceName', { serviceName: 'execute-api' }, 'InvalidOption', 'service'],
  ['keepalive', { keepalive: {} }, 'InvalidOption', 'keepAlive'],
  ['handOver', { handOver: { afer: 1 } }, 'InvalidOption', 'after'],
  ['credentials', { credentials: {} }, 'InvalidCredentials', 'accessKeyId'],
])('%s: %j', (_, changes, code, text) => {
  let thrown: unknown;
  try {
    createSignedSocket({ ...right, ...changes }).close();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ name: 'SigV4Error', code });
  expect((thrown as Error).message).toContain(text);
});

it('a platform without WebSocket is told to install ws', () => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  Reflect.deleteProperty(globalThis, 'WebSocket');
  try {
    expect(() => createSignedSocket({ ...right, WebSocket: undefined })).toThrow(
      'WebSocket: expected a WebSocket constructor, since this platform has none (Node before 22): install ws and pass `WebSocket` of it',
    );
  } finally {
    if (own) Object.defineProperty(globalThis, 'WebSocket', own);
  }
});

it('the class takes no options of the socket that connects anew', () => {
  expect(() => SignedWebSocket.with({ credentials, WebSocket, handOver: false } as never)).toThrow(/handOver/);
});

it.each([
  [999, '', 'code: expected 1000, or 3000 to 4999, got 999'],
  [1001, '', 'code: expected'],
  [3000.5, '', 'code: expected'],
  [1000, 'é'.repeat(62), 'reason: expected text of at most 123 bytes, got'],
])('close(%s, %j)', (code, reason, text) => {
  const socket = createSignedSocket(right);
  expect(() => {
    socket.close(code, reason);
  }).toThrow(text);
  socket.close();
});

it.each([
  [{ action: 'hi' }, 'Object'],
  [undefined, 'undefined'],
  [7, '7'],
  [['a'], 'Array'],
])('refuses at the call what a WebSocket cannot send: %j', (data, came) => {
  const socket = createSignedSocket(right);
  const act = () => {
    socket.send(data as never);
  };
  expect(act).toThrow(`data: expected text, bytes or a Blob; JSON.stringify an object first, got ${came}`);
  expect(socket.bufferedAmount).toBe(0);
  socket.close();
});

it('keeps a limit on what waits, and copies bytes that wait', () => {
  const socket = createSignedSocket({ ...right, maxQueued: 2 });
  socket.send('one');
  socket.send(new Uint8Array(3));
  expect(socket.bufferedAmount).toBe(6);
  expect(() => {
    socket.send('three');
  }).toThrow('maxQueued: expected room for another message, got');
  socket.close();
  expect(socket.bufferedAmount).toBe(0);
});
