/** Writes a response to the wire. */
import type { ServerResponse } from 'node:http';

/**
 * Writes a `Response` to the socket, streaming its body; stops reading when the caller hangs up.
 * @param outgoing Node's response.
 * @param response What to write.
 * @param headOnly Whether the body is left out, in answer to HEAD.
 */
export async function sendResponse(outgoing: ServerResponse, response: Response, headOnly: boolean): Promise<void> {
  outgoing.statusCode = response.status;
  if (response.statusText !== '') outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) {
    if (name === 'set-cookie') outgoing.appendHeader(name, value);
    else outgoing.setHeader(name, value);
  }
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
