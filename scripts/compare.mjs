#!/usr/bin/env node
// What signers do, and how large they are in a page: `npm run compare` prints the table of docs/comparison.md, each cell of it
// measured: a server on this machine refuses, fails or has another clock, and what arrives decides.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import { aws4Interceptor } from 'aws4-axios';
import { AwsClient } from 'aws4fetch';
import axios from 'axios';
import { build } from 'esbuild';
import { importSource } from './importSource.mjs';

const REGION = 'eu-west-1';
const SERVICE = 'execute-api';

/** What a page imports of each. */
const IMPORTS = {
  newClient: "export { newClient } from './src/index.ts'",
  createSignedFetch: "export { createSignedFetch } from './src/index.ts'",
  aws4: "export { default } from 'aws4'",
  aws4fetch: "export { AwsClient } from 'aws4fetch'",
  smithy: "export { SignatureV4 } from '@smithy/signature-v4'; export { Sha256 } from '@aws-crypto/sha256-js'",
  'aws4-axios': "export { aws4Interceptor } from 'aws4-axios'; export { default } from 'axios'",
};

/** The bytes of a page that uses it, in kB of 1,024, minified and gzipped; `undefined` where it cannot be bundled for a page as it is. */
async function sizeOf(contents) {
  try {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
      ...{
        bundle: true,
        minify: true,
        splitting: true,
        format: 'esm',
        platform: 'browser',
        outdir: 'out',
        write: false,
        metafile: true,
        logLevel: 'silent',
      },
    });
    const [first, ...others] = outputFiles;
    // What the first file imports at once counts; what it loads late does not.
    const atOnce = others.filter(({ path }) =>
      new RegExp(`(?:from|import)"\\./${path.split('/').pop()}"`).test(first.text),
    );
    return [first, ...atOnce].reduce((sum, { contents: bytes }) => sum + gzipSync(bytes).length, 0) / 1024;
  } catch {
    return undefined;
  }
}

/** fetch states the host by itself. */
const withoutHost = (headers) => Object.fromEntries(Object.entries(headers).filter(([name]) => !/^host$/i.test(name)));

/** How each sends one GET. `credentials` gives the keys, each time that it is asked. */
function senders({ createSignedFetch, newClient }) {
  const keysOf = async (credentials) => (typeof credentials === 'function' ? await credentials() : credentials);
  return {
    newClient: async (url, credentials) => {
      const { origin, pathname } = new URL(url);
      const keys = await keysOf(credentials);
      const signed = newClient({ credentials: keys, region: REGION, endpoint: origin }).signRequest({ path: pathname });
      return fetch(signed.url, signed);
    },
    createSignedFetch: (url, credentials) => createSignedFetch({ credentials, region: REGION })(url),
    aws4: async (url, credentials) => {
      const { host, pathname } = new URL(url);
      const { headers } = aws4.sign(
        { host, path: pathname, service: SERVICE, region: REGION },
        await keysOf(credentials),
      );
      return fetch(url, { headers: withoutHost(headers) });
    },
    aws4fetch: async (url, credentials) =>
      new AwsClient({ ...(await keysOf(credentials)), service: SERVICE, region: REGION }).fetch(url),
    smithy: async (url, credentials) => {
      const { hostname, host, pathname } = new URL(url);
      const signer = new SignatureV4({ credentials, region: REGION, service: SERVICE, sha256: Sha256 });
      const request = new HttpRequest({ hostname, path: pathname, method: 'GET', headers: { host } });
      return fetch(url, { headers: withoutHost((await signer.sign(request)).headers) });
    },
    'aws4-axios': async (url, credentials) => {
      const client = axios.create({ validateStatus: () => true });
      const options = { region: REGION, service: SERVICE };
      const provider =
        typeof credentials === 'function' ? { credentials: { getCredentials: credentials } } : { credentials };
      client.interceptors.request.use(aws4Interceptor({ options, ...provider }));
      return client.get(url);
    },
  };
}

/** A server that fails once. */
async function withFailingServer(run) {
  let count = 0;
  const server = createServer((_, response) => response.writeHead(++count === 1 ? 503 : 200).end()).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  try {
    return await run(`http://127.0.0.1:${server.address().port}/notes`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** What a sender does, from the local gateway's answers. */
async function behaviourOf(send, { CredentialStore, startApiGateway }) {
  const identity = { identityId: `${REGION}:11111111-2222-3333-4444-555555555555`, authenticated: true };
  const isOk = async (sent) => (await sent).status === 200;
  const withGateway = async (now, run) => {
    const store = new CredentialStore({ now });
    const gateway = await startApiGateway({ store, region: REGION, now, handler: () => new Response() });
    try {
      return await run(`${gateway.url}/notes`, store);
    } finally {
      await gateway.stop();
    }
  };
  const late = () => Date.now() + 20 * 60_000;
  return {
    accepted: await withGateway(Date.now, (url, store) => isOk(send(url, store.issue(identity)))),
    retries: await withFailingServer((url) =>
      isOk(send(url, { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' })),
    ),
    clock: await withGateway(late, (url, store) => isOk(send(url, store.issue(identity)))),
    renews: await withGateway(Date.now, (url, store) => {
      const [revoked, fresh] = [new CredentialStore().issue(identity), store.issue(identity)];
      let asked = 0;
      return isOk(send(url, async () => (++asked === 1 ? revoked : fresh)));
    }),
  };
}

/** The rows of the table: `name`, `size` in kB or `undefined`, and what the signer does. */
export async function compare() {
  const source =
    "export { createSignedFetch, newClient } from './src/index.js'; export { CredentialStore, startApiGateway } from './src/local/index.js';";
  const ours = await importSource(source);
  const rows = [];
  for (const [name, send] of Object.entries(senders(ours))) {
    rows.push({ name, size: await sizeOf(IMPORTS[name]), ...(await behaviourOf(send, ours)) });
  }
  return rows;
}

/** The table, as docs/comparison.md has it. */
export function tableOf(rows) {
  const yes = (value) => (value ? 'yes' : 'no');
  const cells = rows.map(({ name, size, accepted, retries, clock, renews }) => [
    name,
    yes(accepted),
    size === undefined ? 'not without a polyfill' : `${size.toFixed(1)} kB`,
    yes(retries),
    yes(clock),
    yes(renews),
  ]);
  return cells.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(resolve(process.argv[1])).href) {
  console.log(tableOf(await compare()));
}
