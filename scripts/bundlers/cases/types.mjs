// The declarations of the packed package, and the copied .ts, compiled by each TypeScript without `skipLibCheck`: with the
// DOM's types alone, as a page's project has it, and with Node's alone, as a server's. Calls that are typed by a document are checked
// by each of them.
import { copied } from './copiedFile.mjs';

const PAGE_ENTRIES = `
import sigV4Client, { createSignedFetch, explain, newClient } from 'sigv4-client';
import { createApig } from 'sigv4-client/apig';
import { createApig as createApigWithAwsSdk } from 'sigv4-client/invoke-apig';
import { signAxios } from 'sigv4-client/axios';
import { createSignedSocket } from 'sigv4-client/socket';
import { verifyRequest } from 'sigv4-client/verify';

export const page = {
  ...sigV4Client, newClient, createSignedFetch, explain, createApig, createApigWithAwsSdk, signAxios,
  createSignedSocket, verifyRequest,
};

interface paths {
  '/notes/{id}': { get: { responses: { 200: { content: { 'application/json': { content: string } } } } } };
}
export async function read(id: string): Promise<string> {
  const { invokeApig } = createApig<paths>({ apiGateway: { URL: 'https://api.example.com' } }, { guests: true });
  // @ts-expect-error a method that the path does not have
  await invokeApig({ path: \`/notes/\${id}\`, method: 'PUT' });
  const { content } = await invokeApig({ path: \`/notes/\${id}\` });
  return content;
}
`;
/** Its declarations have `const` type parameters, which TypeScript knows from 5.0 on. */
const GENERATED_SDK = `
export { createApigClientFactory } from 'sigv4-client/generated-sdk';
`;
const SERVER_ENTRIES = `${PAGE_ENTRIES}
import { nodeHash } from 'sigv4-client/hash/node';
import { startLocalAws } from 'sigv4-client/local';

export const server = { nodeHash, startLocalAws };
`;

const STRICT = { strict: true, noEmit: true, skipLibCheck: false, esModuleInterop: true, target: 'es2022' };
const LIBS = { dom: { lib: ['es2022', 'dom', 'dom.iterable'], types: [] }, node: { lib: ['es2022'], types: ['node'] } };
const MODULES = {
  node: { module: 'esnext', moduleResolution: 'node' },
  node16: { module: 'node16', moduleResolution: 'node16' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

/** TypeScripts, and how each can resolve modules. */
const VERSIONS = {
  4.9: ['node', 'node16'],
  '5.0': ['node', 'node16', 'bundler'],
  5.4: ['node', 'node16', 'bundler'],
  5.7: ['node', 'node16', 'bundler'],
  5.9: ['node', 'node16', 'bundler'],
  '6.0': ['node16', 'bundler'],
  7: ['node16', 'bundler'],
};

const project = (compilerOptions, files) =>
  JSON.stringify({ compilerOptions: { ...STRICT, ...compilerOptions }, files });

function packageTypes([version, resolutions]) {
  const more = version === '4.9' ? '' : GENERATED_SDK;
  const configs = resolutions.flatMap((resolution) =>
    Object.entries(LIBS).map(([kind, lib]) => {
      const name = kind === 'dom' ? 'page' : 'server';
      const files = resolution === 'node16' ? [`${name}.cts`, `${name}.mts`] : [`${name}.ts`];
      return [`tsconfig.${resolution}-${kind}.json`, project({ ...lib, ...MODULES[resolution] }, files)];
    }),
  );
  return {
    name: `types-typescript-${version}`,
    files: () => ({
      'package.json': '{ "private": true }',
      ...Object.fromEntries(
        ['ts', 'cts', 'mts'].flatMap((extension) => [
          [`page.${extension}`, PAGE_ENTRIES + more],
          [`server.${extension}`, SERVER_ENTRIES + more],
        ]),
      ),
      ...Object.fromEntries(configs),
    }),
    build: configs.map(([file]) => [`typescript-${version}`, '-p', file]),
    run: {},
  };
}

/** The copied file alone, in an empty project with crypto-js and its types. */
function copiedTypes([version, resolutions]) {
  const lib = ['es2022', 'dom'];
  const common = resolutions.includes('node')
    ? { module: 'commonjs', moduleResolution: 'node' }
    : { module: 'commonjs', moduleResolution: 'bundler' };
  const modules = resolutions.includes('bundler') ? MODULES.bundler : MODULES.node;
  return {
    name: `copied-ts-typescript-${version}`,
    files: () => ({
      'package.json': '{ "private": true }',
      'sigV4Client.ts': copied('ts'),
      'tsconfig.cjs.json': project({ lib, types: [], ...common }, ['sigV4Client.ts']),
      'tsconfig.esm.json': project({ lib, types: [], ...modules }, ['sigV4Client.ts']),
    }),
    build: ['tsconfig.cjs.json', 'tsconfig.esm.json'].map((file) => [`typescript-${version}`, '-p', file]),
    run: {},
  };
}

export const typesCases = [
  ...Object.entries(VERSIONS).map((version) => packageTypes(version)),
  ...Object.entries(VERSIONS).map((version) => copiedTypes(version)),
];
