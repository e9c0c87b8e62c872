/** What the notes app's backend stands on at AWS: dynalite for DynamoDB, and a server that keeps objects for S3. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { build } from 'esbuild';
import { readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
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

/** What the template allows users, for any region, account and API. */
export function readUserPolicy(): object {
  const [{ PolicyDocument }] = readTemplate().Resources.UserRole!.Properties.Policies as [{ PolicyDocument: object }];
  const text = JSON.stringify(PolicyDocument).replace(/\{"Sub":"([^"]*)"\}/g, (_, arn: string) =>
    JSON.stringify(arn.replace('${AWS::Partition}', 'aws').replace(/\$\{[^}]*\}/g, '*')),
  );
  return JSON.parse(text) as object;
}

/**
 * Writes the backend into one file, over these sources in the place of the installed package.
 * @param outfile Where to. Its folder gets a link to the packages that are installed here.
 */
export async function bundleBackend(outfile: string): Promise<void> {
  await build({
    entryPoints: ['examples/notes-app/backend/handler.mjs'],
    ...{ outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning' },
    packages: 'external',
    alias: { 'sigv4-client': resolve('src/index.ts') },
  });
  symlinkSync(resolve('node_modules'), join(dirname(outfile), 'node_modules'));
}

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
 * Starts both, with the tables that the template asks for.
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
  const { NotesTable, ConnectionsTable } = readTemplate().Resources;
  const { TimeToLiveSpecification, ...connections } = ConnectionsTable!.Properties; // another operation's, which dynalite has not
  await client.send(new CreateTableCommand({ TableName: 'notes', ...NotesTable!.Properties }));
  await client.send(new CreateTableCommand({ TableName: 'connections', ...connections }));
  client.destroy();
  const stop = async (): Promise<void> => {
    for (const server of [database, storage]) {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    }
  };
  const names = { NOTES_TABLE: 'notes', FILES_BUCKET: 'files', CONNECTIONS_TABLE: 'connections' };
  return { env: { ...env, ...names }, timeToLive: TimeToLiveSpecification, stop };
}
