import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { listen } from '../../../src/local/http';
import { rawRequest, statusesOf } from '../../support/rawHttp';

it('answers 500 requests that were written at once, and no more on that connection', async () => {
  const paths: string[] = [];
  const server = await listen((request) => {
    paths.push(new URL(request.url).pathname);
    return new Response('yes');
  });
  try {
    const socket = connect(server.port, '127.0.0.1');
    socket.end(Array.from({ length: 2000 }, (_, n) => rawRequest(`GET /${n}`, { Host: 'localhost' })).join(''));
    const statuses = statusesOf(await text(socket));
    expect(statuses.slice(0, 500)).toEqual(Array<number>(500).fill(200));
    expect(new Set(statuses.slice(500))).toEqual(new Set([503]));
    expect(paths).toEqual(Array.from({ length: 500 }, (_, n) => `/${n}`));
  } finally {
    await server.close();
  }
});
