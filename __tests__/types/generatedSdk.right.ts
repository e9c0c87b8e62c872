// All of these must compile as they stand.
import { createApigClientFactory } from '../../src/generatedSdk/index.js';
import { notesApi } from '../support/notesApi.js';

/** What openapi-typescript makes. */
export interface paths {
  '/notes': {
    parameters: { query?: never; header?: never; path?: never; cookie?: never };
    get: {
      parameters: { query?: { limit?: number }; header?: never; path?: never; cookie?: never };
      requestBody?: never;
      responses: { 200: { headers: object; content: { 'application/json': { id: string }[] } } };
    };
    put?: never;
  };
  '/notes/{id}': {
    put: {
      parameters: { query?: never; header?: never; path: { id: string }; cookie?: never };
      requestBody: { content: { 'application/json': { content: string } } };
      responses: {
        200: { headers: object; content: { 'application/json': { id: string } } };
        404: { headers: object; content: { 'application/json': { message: string } } };
      };
    };
  };
}

export async function byDocument(): Promise<string[]> {
  const client = createApigClientFactory(notesApi).newClient({ region: 'us-east-1' });
  const { data } = await client.notesIdPut({ id: '1' }, { content: 'Milk' });
  const content: string = data.content;
  const attachment: string | undefined = data.attachment;
  const list = await client.notesGet({ limit: 10 });
  await client.notesGet();
  await client.notesIdFilePatch({ id: 1, name: 'a' }, {}, { headers: { 'x-note': '1' } });
  return [content, attachment ?? '', list.data[0]!.id];
}

export async function byPaths(source: object, text: string): Promise<string> {
  const client = createApigClientFactory<paths>(source).newClient();
  const loaded = (await createApigClientFactory<paths>(text)).newClient();
  const { data } = await loaded.notesIdPut({ id: '1' }, { content: 'Milk' });
  return (await client.notesGet({ limit: 1 })).data[0]!.id + data.id;
}

/** Where the compiler does not know the document, all is open. */
export async function unknownDocument(document: object): Promise<unknown> {
  const client = createApigClientFactory(document).newClient();
  const swagger = createApigClientFactory({
    swagger: '2.0',
    parameters: { q: { name: 'q', in: 'query', required: true } },
    paths: { '/a-b/{c_d}': { get: { parameters: [{ $ref: '#/parameters/q' }] } } },
  }).newClient();
  await swagger.aBCDGet({ c_d: 1, q: [1, 2] });
  const bare = createApigClientFactory({ openapi: '3.0.1', paths: { '/a': { post: {} } } }).newClient();
  await bare.aPost({}, { content: 'a body that the document leaves out' });
  return client.anyName?.({ any: 'thing' }, { any: 'thing' });
}
