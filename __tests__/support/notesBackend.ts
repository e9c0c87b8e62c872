/** What the notes app's backend stands on at AWS: dynalite for DynamoDB, and a server that keeps objects for S3. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { parse } from 'yaml';
import type { CollectionTag } from 'yaml';

/** A tag of CloudFormation, as in `!Ref Api`: an object with its name. */
const tag = (name: string) => ({ tag: `!${name}`, resolve: (value: string) => ({ [name]: value }) });

/** A tag with a list, as in `!Select [0, …]`. */
const listTag = (name: string): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  resolve: (list) => ({ [name]: list.toJSON() as unknown }),
});

/** The properties of a resource; each type has its own. */
type Properties = Readonly<Record<string, unknown>>;

export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;
  readonly Outputs: Readonly<Record<string, unknown>>;
}

/** The template that deploys the backend. */
export const readTemplate = (): Template =>
  parse(readFileSync('examples/notes-app/backend/template.yaml', 'utf8'), {
    customTags: [tag('Ref'), tag('Sub'), tag('GetAtt'), listTag('Select'), listTag('Split')],
  }) as Template;

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** Keeps objects by their paths, as S3 does. */
function createObjectServer(): Server {
  const objects = new Map<string, { bytes: Buffer; type: string }>();
  return createServer((request, response) => {
    const [path = ''] = request.url!.split('?');
    void buffer(request).then((bytes) => {
      if (request.method === 'PUT') objects.set(path, { bytes, type: request.headers['content-type'] ?? '' });
      if (request.method === 'DELETE') objects.delete(path);
      const object = objects.get(path);
      if (request.method !== 'GET') response.end();
      else if (object) response.setHeader('content-type', object.type).end(object.bytes);
      else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    });
  });
}

/**
 * Starts both, with the table that the template asks for.
 * @returns The environment that the function has, and what stops them.
 */
export async function startNotesServices() {
  const [database, storage] = [dynalite({ createTableMs: 0 }), createObjectServer()];
  const env = {
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' },
    AWS_ENDPOINT_URL_DYNAMODB: await listening(database),
    AWS_ENDPOINT_URL_S3: await listening(storage),
  };
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY };
  const client = new DynamoDBClient({ region: env.AWS_REGION, endpoint: env.AWS_ENDPOINT_URL_DYNAMODB, credentials });
  const table = readTemplate().Resources.NotesTable!.Properties;
  await client.send(new CreateTableCommand({ TableName: 'notes', ...table }));
  client.destroy();
  const stop = async (): Promise<void> => {
    for (const server of [database, storage]) {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    }
  };
  return { env: { ...env, NOTES_TABLE: 'notes', FILES_BUCKET: 'files' }, stop };
}
