// Where nothing is loaded later: a script tag, a worker, and the service worker of an extension (Manifest V3).
import { readFileSync } from 'node:fs';
import { appFiles } from '../app.mjs';
import { APIG } from './shared.mjs';

const WORKER_PAGE = `
const worker = new Worker('/worker.js', { type: 'module' });
worker.onmessage = ({ data }) => console.log(data);
worker.onerror = ({ message }) => console.error(message);
`;
const WORKER = `
import { story } from './app.js';
story().then((text) => postMessage(text), (error) => console.error(error));
`;

/** A service worker has neither XMLHttpRequest nor localStorage, and refuses `import()`. */
const SERVICE_WORKER = `
import { story } from './app.js';
globalThis.result = story().catch((error) => error.stack);
`;
const MANIFEST = JSON.stringify({
  manifest_version: 3,
  name: 'app',
  version: '1.0',
  background: { service_worker: 'worker.js' },
  host_permissions: ['http://127.0.0.1/*'],
});

const SCRIPT_TAG = ({ config, aws }) => {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.store.issue({
    identityId: 'us-east-1:11111111-2222-3333-4444-555555555555',
    authenticated: true,
  });
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  const { REGION: region, URL: endpoint } = config.aws.apiGateway;
  return `<!doctype html><link rel="icon" href="data:,"><title>app</title>
<script src="sigv4-client.iife.js"></script>
<script>
  var keys = ${JSON.stringify({ accessKey: accessKeyId, secretKey: secretAccessKey, sessionToken, region, endpoint })};
  async function story() {
    var client = sigV4Client.newClient(keys);
    var signed = client.signRequest({ method: 'POST', path: '/notes', body: { content: 'Buy milk' } });
    var created = await fetch(signed.url, signed);
    var presigned = await fetch(client.presignUrl({ path: '/notes' }));
    var signedFetch = sigV4Client.createSignedFetch({ credentials: ${JSON.stringify(credentials)}, region: '${region}' });
    var fetched = await signedFetch('${endpoint}/notes');
    var stranger = sigV4Client.newClient(Object.assign({}, keys, { secretKey: 'another' }));
    var refused = stranger.signRequest({ path: '/notes' });
    var refusal = await fetch(refused.url, refused);
    var explanation = sigV4Client.explain({ status: refusal.status, headers: refusal.headers, body: await refusal.text() }, refused);
    try {
      sigV4Client.newClient({});
    } catch (error) {
      var mistake = error instanceof sigV4Client.SigV4Error ? error.name : String(error);
    }
    return ['RESULT created', created.status, 'presigned', presigned.status, 'fetched', fetched.status,
      'refused for', explanation.code, 'and threw', mistake].join(' ');
  }
  story().then(console.log, console.error);
</script>
`;
};

export const browserCases = [
  {
    name: 'module-worker',
    quick: true,
    files: ({ config }) => ({ ...appFiles(config, 'ts'), 'worker.js': WORKER, 'dist/main.js': WORKER_PAGE }),
    build: [['esbuild', 'worker.js', '--bundle', '--format=esm', '--outfile=dist/worker.js']],
    run: { page: 'dist', type: 'module' },
  },
  {
    name: 'extension-apig',
    quick: true,
    files: ({ config }) => ({
      ...appFiles(config, 'ts', APIG),
      'worker.js': SERVICE_WORKER,
      'dist/manifest.json': MANIFEST,
    }),
    build: [['esbuild', 'worker.js', '--bundle', '--minify', '--format=iife', '--outfile=dist/worker.js']],
    run: { extension: 'dist' },
  },
  {
    name: 'script-tag',
    quick: true,
    files: (given) => ({
      'index.html': SCRIPT_TAG(given),
      'sigv4-client.iife.js': readFileSync('dist/sigv4-client.iife.js', 'utf8'),
    }),
    expected: 'RESULT created 200 presigned 200 fetched 200 refused for WrongSecretKey and threw SigV4Error',
    run: { page: '.' },
  },
];
