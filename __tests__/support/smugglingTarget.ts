/** A gateway before a target that keeps its connections open and writes down every byte it gets. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import aws4 from 'aws4';
import type { ApiGatewayOptions, LocalApiGateway } from '../../src/local/apiGateway';
import type { IssuedCredentials } from '../../src/local/credentials';
import { start, stops } from './apiGatewayHarness';
import { rawRequest } from './rawHttp';
import { closeServer, listenLocally } from './localServer';

interface Seen {
  line: string;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  body: string;
}

/** A target, with what it was asked for. */
async function startTarget(): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server: Server = createServer((incoming, outgoing) => {
    void buffer(incoming).then((body) => {
      const { method, url, headers, rawHeaders } = incoming;
      seen.push({ line: `${method} ${url}`, headers, rawHeaders, body: body.toString() });
      outgoing.end('done');
    });
  });
  server.keepAliveTimeout = 0;
  const { url } = await listenLocally(server);
  stops.push(() => closeServer(server));
  return { url, seen };
}

export const policy: ApiGatewayOptions['policy'] = {
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: '*', Resource: 'execute-api:/*/*/admin*' },
  ],
};

export async function startBoth() {
  const target = await startTarget();
  return { ...(await start({ target: target.url, policy })), seen: target.seen };
}

/** The headers of a request signed by aws4, without its Content-Length. */
export function signedHeaders(
  { port, region }: LocalApiGateway,
  credentials: IssuedCredentials,
  request: { method?: string; path?: string; body?: string; headers?: Record<string, string> } = {},
): Record<string, string> {
  const { headers } = aws4.sign(
    { host: `127.0.0.1:${port}`, path: '/dev/notes', method: 'GET', service: 'execute-api', region, ...request },
    credentials,
  );
  const sent = { ...(headers as Record<string, string>) };
  delete sent['Content-Length'];
  return sent;
}

export const forged = rawRequest('GET /admin', { Host: 'x', 'x-amzn-identity-id': 'forged', 'Content-Length': '0' });
