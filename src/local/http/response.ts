/** Writes a response to the wire. */
import type { ServerResponse } from 'node:http';

/**
 * Writes a `Response` to the socket, streaming its body; stops reading when the caller hangs up.
 * @param outgoing Node's response.
 * @param response What to write.
 * @param headOnly Whether the body is left out, in answer to HEAD.
 */
export async function sendResponse(outgoing: ServerResponse, response: Response, headOnly: boolean): Promise<void> {
  writeHead(outgoing, response);
  if (response.body === null || headOnly) {
    await response.body?.cancel();
    outgoing.end();
    return;
  }
  const reader = response.body.getReader();
  outgoing.once('close', () => {
    reader.cancel().catch(() => undefined);
  });
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (outgoing.destroyed) return;
    if (!outgoing.write(part.value)) await drained(outgoing);
  }
  outgoing.end();
}

/** Such answers have no body, and must not announce one (RFC 9110, sections 8.6 and 15.3.6): the client would wait for it. */
const BODILESS = new Set([204, 205]);

function writeHead(outgoing: ServerResponse, response: Response): void {
  // If a handler announced another length than it sends, the client would read the rest as the next answer.
  outgoing.strictContentLength = true;
  outgoing.statusCode = response.status;
  if (response.statusText !== '') outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) {
    if (name === 'content-length' && BODILESS.has(response.status)) continue;
    if (name === 'set-cookie') outgoing.appendHeader(name, value);
    else outgoing.setHeader(name, value);
  }
}

/** How long a client has to read the answer before its connection is closed, in milliseconds. */
const LINGER = 1000;

/**
 * Answers a request that was not read to its end, and closes the connection, since what follows on it may not be a request. Before
 * that, the client gets a moment to read the answer, which it would lose if the connection was closed at once (RFC 9112, section 9.6).
 * @param outgoing Node's response.
 * @param response What to write; its body should be short.
 * @param headOnly Whether the body is left out, in answer to HEAD.
 */
export async function sendLastResponse(outgoing: ServerResponse, response: Response, headOnly: boolean): Promise<void> {
  const body = new Uint8Array(await response.arrayBuffer());
  writeHead(outgoing, response);
  outgoing.setHeader('content-length', body.length);
  outgoing.setHeader('connection', 'close');
  // Not by `end`, with which Node would close both directions of the connection at once.
  if (headOnly || body.length === 0) outgoing.flushHeaders();
  else outgoing.write(body);
  outgoing.socket?.end();
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, LINGER);
    outgoing.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  outgoing.destroy();
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done);
      outgoing.off('close', done);
      resolve();
    };
    outgoing.once('drain', done);
    outgoing.once('close', done);
  });
}
