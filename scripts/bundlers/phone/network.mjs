// React Native's native networking, to the wire: what its RCTNetworking.mm and NetworkingModule.kt make of a request, sent by Node, and
// the events that they answer with.
import { randomUUID } from 'node:crypto';

/** Answers one request by events, as many as a phone gives. */
export async function answerRequest({ id, method, url, headers, data, responseType, timeout }, phone) {
  const { platform, emit, signal } = phone;
  const body = bodyOf(data, phone);
  const isTyped = headers.some(([name]) => name === 'content-type');
  if (platform === 'android' && body !== undefined && !isTyped && !/^(get|head)$/i.test(method)) {
    emit('didCompleteNetworkResponse', [id, 'Payload is set but no content-type header specified']);
    return;
  }
  const signals = timeout > 0 ? [signal, AbortSignal.timeout(timeout)] : [signal];
  try {
    const response = await fetch(url, { method, headers, body, signal: AbortSignal.any(signals) });
    emit('didReceiveNetworkResponse', [id, response.status, Object.fromEntries(response.headers), response.url]);
    const bytes = Buffer.from(await response.arrayBuffer());
    const received = receive(bytes, responseType, response.headers.get('content-type'), phone);
    if (received !== undefined) emit('didReceiveNetworkData', [id, received]);
    emit('didCompleteNetworkResponse', [id, null]);
  } catch (error) {
    if (signal.aborted) return;
    emit('didCompleteNetworkResponse', [id, String(error), error.name === 'TimeoutError']);
  }
}

function bodyOf({ string, base64, blob, formData }, { bytesOf }) {
  if (formData !== undefined) throw new Error('Forms are not sent here');
  if (blob !== undefined) return bytesOf(blob);
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  return string === undefined ? undefined : Buffer.from(string);
}

/** What `didReceiveNetworkData` brings; nothing for an empty text. */
function receive(bytes, responseType, type, { blobs }) {
  if (responseType === 'blob') {
    const blobId = randomUUID();
    blobs.set(blobId, bytes);
    return { blobId, offset: 0, size: bytes.length, name: null, type: type === null ? null : type.split(';')[0] };
  }
  if (bytes.length === 0) return undefined;
  return responseType === 'base64' ? bytes.toString('base64') : bytes.toString();
}
