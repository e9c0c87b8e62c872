// The app of the cases for `sigv4-client/socket` and `sigv4-client/generated-sdk`: it calls the API by the names of its export, has an
// echo from a WebSocket API, and prints what it got.
import { transformSync } from 'esbuild';

/** What it prints where all went well. */
export const ENTRIES_EXPECTED =
  'RESULT created "Buy milk" with 200, listed it, echo of "Hello", refused for WrongSecretKey';

const APP = `
import { createApig } from 'sigv4-client/apig';
import { ApigClientError, createApigClientFactory } from 'sigv4-client/generated-sdk';
import { createApigSocket, SignedWebSocket } from 'sigv4-client/socket';
import config from './config.js';

const document = { openapi: '3.0.1', paths: { '/notes': { get: {}, post: {} } } } as const;
const { REGION: region, URL: invokeUrl } = config.aws.apiGateway;

async function story(): Promise<string> {
  const apig = createApig(config.aws);
  await apig.login(config.username, config.password);
  const factory = createApigClientFactory(document);
  const client = factory.newClient({ invokeUrl, region, credentials: apig.credentials });
  const { status, data } = await client.notesPost({}, { content: 'Buy milk' });
  const note = data as { id: string; content: string };
  const notes = (await client.notesGet()).data as { id: string }[];
  const listed = notes.some(({ id }) => id === note.id) ? 'listed it' : 'did not list it';

  const socket = createApigSocket(apig, { url: config.webSocketUrl });
  socket.send('Hello');
  const { data: echo } = await new Promise<{ data: unknown }>((resolve) => socket.addEventListener('message', resolve));
  socket.close();
  if (typeof SignedWebSocket.with !== 'function') throw new Error('the class for libraries is not there');

  const keys = { ...(await apig.getAwsCredentials()), secretAccessKey: 'another' };
  const refusal = await factory.newClient({ invokeUrl, region, credentials: keys }).notesGet().then(
    () => 'nothing',
    (error: unknown) => (error instanceof ApigClientError && error.explanation ? error.explanation.code : String(error)),
  );
  return \`RESULT created "\${note.content}" with \${status}, \${listed}, echo of "\${String(echo)}", refused for \${refusal}\`;
}
story().then(console.log, console.error);
`;

/**
 * The app's files.
 * @param config What the app is configured with, the address of the WebSocket API among it.
 * @param language `ts`, or `esm` for JavaScript.
 */
export function entriesFiles(config, language) {
  const files = { 'main.ts': APP, 'config.ts': `export default ${JSON.stringify(config, null, 2)};\n` };
  if (language === 'ts') return files;
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      return [name.replace('.ts', '.js'), transformSync(text, { loader: 'ts', format: language }).code];
    }),
  );
}
