// The small app that every case builds: it logs in, calls the API, signs a request of its own, has one refused, and prints
// what it got.
import { transformSync } from 'esbuild';

/** What the app prints where all went well. */
export const EXPECTED = 'RESULT created "Buy milk", listed it, signed 200, fetched 200, refused for WrongSecretKey';

const APP = `
import { createSignedFetch, newClient } from 'sigv4-client';
import {
  ApigError, configure, createApig, getAwsCredentials, getCurrentUser, getUserToken, invokeApig, login,
} from 'sigv4-client/invoke-apig';
import config from './config.js';

interface Note {
  id: string;
  content: string;
}

export async function story(): Promise<string> {
  configure(config.aws);
  await login(config.username, config.password);
  const note = await invokeApig<Note>({ path: '/notes', method: 'POST', body: { content: 'Buy milk' } });
  const notes = await invokeApig<Note[]>({ path: '/notes' });
  const listed = notes.some(({ id }) => id === note.id) ? 'listed it' : 'did not list it';

  const getCredentials = async () => getAwsCredentials(await getUserToken(getCurrentUser()));
  const credentials = await getCredentials();
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const { REGION: region, URL: endpoint } = config.aws.apiGateway;
  const client = newClient({ accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken, region, endpoint });
  const signed = client.signRequest({ path: '/notes', queryParams: { limit: 10 } });
  const { status } = await fetch(signed.url, signed);
  const fetched = await createSignedFetch({ credentials: getCredentials, region })(endpoint + '/notes');

  const stranger = createApig(config.aws, { credentials: { ...credentials, secretAccessKey: 'another' } });
  const refusal = await stranger.invokeApig({ path: '/notes' }).then(
    () => 'nothing',
    (error: unknown) => (error instanceof ApigError && error.explanation ? error.explanation.code : String(error)),
  );
  return \`RESULT created "\${note.content}", \${listed}, signed \${status}, fetched \${fetched.status}, refused for \${refusal}\`;
}
`;

const MAIN = `
import { story } from './app.js';
story().then(console.log, console.error);
`;

/**
 * The app's files: `app`, which exports `story`, `main`, which runs it, and `config`.
 * @param config What the app is configured with.
 * @param language `ts`, or `esm` or `cjs` for JavaScript.
 * @param options `entry`: `invoke-apig` or `apig`. `extension`: how the files import each other. `target`: the JavaScript
 *   that a tool can parse.
 */
export function appFiles(config, language, { entry = 'invoke-apig', extension = '.js', target = 'esnext' } = {}) {
  const files = {
    'app.ts': APP.replace('invoke-apig', entry).replace('config.js', `config${extension}`),
    'main.ts': MAIN.replace('app.js', `app${extension}`),
    'config.ts': `export default ${JSON.stringify(config, null, 2)};\n`,
  };
  if (language === 'ts') return files;
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      return [name.replace('.ts', '.js'), transformSync(text, { loader: 'ts', format: language, target }).code];
    }),
  );
}

/** The same files below another folder. */
export function below(folder, files) {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}
