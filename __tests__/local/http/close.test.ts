import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { listen } from '../../../src/local/http';

let socket: Socket;
afterEach(() => socket.destroy());

// Node's own closeAllConnections leaves these out.
it.each([
  ['a change of protocol under way', 'GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
  ['a tunnel that was refused', 'CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n'],
])('ends connections that are none of HTTP any more: %s', async (_, request) => {
  let seen!: () => void;
  const isSeen = new Promise<void>((resolve) => (seen = resolve));
  const server = await listen(() => new Response(), 0, { onUpgrade: seen });
  socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  socket.write(request);
  if (request.startsWith('CONNECT')) await once(socket, 'data');
  else await isSeen;
  const closed = new Promise((resolve) => socket.on('close', resolve));
  // A client that keeps its half open, which would hold the server for ever.
  await server.close();
  socket.end();
  await expect(closed).resolves.toBeDefined();
});
