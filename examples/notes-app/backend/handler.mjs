// The notes API: a Lambda function behind a REST API with IAM authorization. template.yaml deploys it as it stands here.
import { answer } from './api.mjs';
import { createMemoryStore } from './memoryStore.mjs';

// On AWS the template names a table and a bucket. Without them, as on your own machine, everything is kept in memory.
const { NOTES_TABLE, FILES_BUCKET, ALLOWED_ORIGIN = '*' } = process.env;
const store = NOTES_TABLE
  ? (await import('./awsStore.mjs')).createAwsStore({ table: NOTES_TABLE, bucket: FILES_BUCKET })
  : createMemoryStore();

export const handler = createHandler(store);

/** Makes the function: it takes the event of a REST API's proxy integration, and gives what that makes a response of. */
export function createHandler(notes) {
  return async (event) => {
    // Who calls: API Gateway has checked the signature, and the user cannot change it.
    const identityId = event.requestContext.identity.cognitoIdentityId;
    if (!identityId) return respond({ status: 403, json: { message: 'Sign in to see your notes.' } });
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    const contentType = headerOf(event, 'content-type');
    const request = { method: event.httpMethod, path: event.path, query: event.queryStringParameters ?? {} };
    return respond(await answer({ ...request, contentType, body }, notes.of(identityId)));
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
