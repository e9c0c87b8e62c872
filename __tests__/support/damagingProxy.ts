/**
 * A reverse proxy that can damage a request on its way, as proxies, CDNs and HTTP clients do: it passes on the bytes of
 * the request line, the headers and the body as they came, but for what `damage` changes.
 */
import { createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeServer, listenLocally } from './localServer';

/** A request on its way. */
export interface WireMessage {
  method: string;
  /** Path and query, as on the wire. */
  target: string;
  /** In order, repeats kept; names as they were sent. */
  headers: [name: string, value: string][];
  body: Buffer;
}

/** Changes the request in place. */
export type Damage = (message: WireMessage) => void;

/** A running proxy. */
export interface DamagingProxy {
  readonly url: string;
  /** What is done to every request from now on. */
  damage: Damage;
  close(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1 that passes everything on to `port`, `Host` included. */
export async function startDamagingProxy(port: number): Promise<DamagingProxy> {
  const server = createServer((incoming, outgoing) => {
    passOn(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async function passOn(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const message: WireMessage = {
      method: incoming.method ?? '',
      target: incoming.url ?? '',
      headers: pairs(incoming.rawHeaders).filter(
        ([name]) => !/^(connection|content-length|transfer-encoding)$/i.test(name),
      ),
      body: Buffer.concat(chunks),
    };
    proxy.damage(message);
    const { method, target, headers, body } = message;
    if (body.length > 0 || /^(POST|PUT|PATCH)$/.test(method)) headers.push(['Content-Length', String(body.length)]);
    headers.push(['Connection', 'close']);
    await new Promise<void>((resolve, reject) => {
      const onward = sendRequest({
        host: '127.0.0.1',
        port,
        method,
        path: target,
        setHost: false,
        headers: headers.flat(),
      });
      onward.on('error', reject);
      onward.on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, pairs(answer.rawHeaders).flat());
        answer.pipe(outgoing).on('close', resolve);
      });
      onward.end(body);
    });
  }

  const { url } = await listenLocally(server);
  const proxy: DamagingProxy = { url, damage: () => undefined, close: () => closeServer(server) };
  return proxy;
}

function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}

/** Changes the value of a header, whatever the case of its name. */
export const setHeader =
  (name: string, change: string | ((value: string) => string)): Damage =>
  (message) => {
    for (const header of message.headers) {
      if (header[0].toLowerCase() !== name) continue;
      header[1] = typeof change === 'string' ? change : change(header[1]);
    }
  };

/** Adds a header, beside one of the same name. */
export const addHeader =
  (name: string, value: string): Damage =>
  (message) => {
    message.headers.push([name, value]);
  };

/** Takes a header away. */
export const dropHeader =
  (name: string): Damage =>
  (message) => {
    message.headers = message.headers.filter(([given]) => given.toLowerCase() !== name);
  };

/** Changes path and query; where there is nothing to change, the damage itself is wrong. */
export const changeTarget =
  (from: string | RegExp, to: string): Damage =>
  (message) => {
    const target = message.target.replace(from, to);
    if (target === message.target) throw new Error(`nothing to replace in ${message.target}`);
    message.target = target;
  };

/** Changes the body. */
export const changeBody =
  (change: (text: string) => string | Buffer): Damage =>
  (message) => {
    message.body = Buffer.from(change(message.body.toString()));
  };

/** One damage after the other. */
export const all =
  (...damages: Damage[]): Damage =>
  (message) => {
    for (const damage of damages) damage(message);
  };
