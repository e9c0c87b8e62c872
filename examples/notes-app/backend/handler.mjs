// The Lambda functions of the notes app: `handler` behind a REST API, `socket` behind a WebSocket API, both with IAM authorization.
// template.yaml deploys them as they stand here.
import { answer } from './api.mjs';
import { createMemoryConnections, createMemoryStore } from './memoryStore.mjs';

// On AWS the template names tables, a bucket and the WebSocket API. Without them, as on your own machine, everything is kept in memory.
const { NOTES_TABLE, FILES_BUCKET, CONNECTIONS_TABLE, ALLOWED_ORIGIN = '*', AWS_REGION: region } = process.env;
const { AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: url } = process.env; // as AWS's own clients name it, and `sigv4-client local`
const store = NOTES_TABLE
  ? (await import('./awsStore.mjs')).createAwsStore({ table: NOTES_TABLE, bucket: FILES_BUCKET })
  : createMemoryStore();
const connections = CONNECTIONS_TABLE
  ? (await import('./awsConnections.mjs')).createAwsConnections(CONNECTIONS_TABLE)
  : createMemoryConnections();
// Only where there is a WebSocket API: the notes alone need no package but AWS's.
const live = url || CONNECTIONS_TABLE ? await import('./connections.mjs') : undefined;

export const handler = createHandler(store, url && live.createTell(connections, { url, region, credentials }));
export const socket = live?.createSocketHandler(connections);

/** The credentials of the function's role, as Lambda hands them out. */
function credentials() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN };
}

/**
 * Makes the function of the API: it takes the event of a REST API's proxy integration, and gives what that makes a response of.
 * @param notes The store.
 * @param tell Tells a user's pages of a change, by the identity id: see connections.mjs. Default: nobody is told.
 */
export function createHandler(notes, tell = async () => {}) {
  return async (event) => {
    // Who calls: API Gateway has checked the signature, and the user cannot change it.
    const identityId = event.requestContext.identity.cognitoIdentityId;
    if (!identityId) return respond({ status: 403, json: { message: 'Sign in to see your notes.' } });
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    const contentType = headerOf(event, 'content-type');
    const request = { method: event.httpMethod, path: event.path, query: event.queryStringParameters ?? {} };
    const result = await answer({ ...request, contentType, body }, notes.of(identityId));
    // Before the answer: Lambda stops a function that has answered.
    if (event.httpMethod !== 'GET' && result.status < 300) await tell(identityId);
    return respond(result);
  };
}

const headerOf = ({ headers }, name) =>
  Object.entries(headers ?? {}).find(([each]) => each.toLowerCase() === name)?.[1];

/** With a proxy integration, the function itself lets a page of another origin read its answers. */
function respond({ status, json, file }) {
  const headers = {
    'Access-Control-Allow-Origin': ALLOWED_ORIGIN,
    'Content-Type': file ? file.type : 'application/json',
  };
  if (!file) return { statusCode: status, headers, body: json === undefined ? '' : JSON.stringify(json) };
  return { statusCode: status, headers, body: Buffer.from(file.bytes).toString('base64'), isBase64Encoded: true };
}
