// The connections of the WebSocket API: whose they are, and how a user's pages are told that their notes have changed.
import { createSignedFetch } from 'sigv4-client';

/** The message. It says no more: a page gets the notes themselves by a call of its own, which is signed and read after the change. */
const CHANGED = JSON.stringify({ changed: 'notes' });

/** So long after its start, in ms, a connection may still be in the making. API Gateway calls it gone until then. */
const MAKING = 60_000;

/** How long telling may keep an answer waiting, in ms. */
const PATIENCE = 3000;

/**
 * Makes the function for the WebSocket API's routes: it keeps a connection by its user until that is closed.
 * @param connections Where: see memoryStore.mjs.
 */
export function createSocketHandler(connections) {
  return async ({ requestContext: { routeKey, connectionId: id, connectedAt, identity } }) => {
    // Who connects: API Gateway has checked the signature of $connect, and tells of it with all that comes after.
    if (!identity.cognitoIdentityId) return { statusCode: 403 };
    const own = connections.of(identity.cognitoIdentityId);
    if (routeKey === '$disconnect') await own.remove(id);
    else await own.put({ id, connectedAt });
    return { statusCode: 200 };
  };
}

/**
 * Makes what tells all of a user's connections that their notes have changed. What goes wrong is logged, since the change is made.
 * @param connections Where they are kept.
 * @param api The WebSocket API's `url`, as https and with the stage, and `region` and `credentials` to sign for it.
 */
export function createTell(connections, { url, region, credentials }) {
  const signedFetch = createSignedFetch({ region, credentials, timeout: PATIENCE });

  async function send(own, { id, connectedAt }) {
    const connection = `${url}/@connections/${encodeURIComponent(id)}`;
    const { status } = await signedFetch(connection, { method: 'POST', body: CHANGED });
    if (status === 410) {
      if (Date.now() - connectedAt > MAKING) await own.remove(id);
    } else if (status !== 200) throw new Error(`The connection ${id} could not be told of a change: status ${status}`);
  }

  return async (identityId) => {
    const own = connections.of(identityId);
    const all = await own.list().catch(log);
    await Promise.all(all?.map((each) => send(own, each).catch(log)) ?? []);
  };
}

const log = (error) => void console.error(error);
