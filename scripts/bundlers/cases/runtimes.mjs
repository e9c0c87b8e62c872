// Where no bundler is: Node, Jest, Deno, Bun; and what is bundled for a server's runtime.
import { EXPECTED, appFiles } from '../app.mjs';
import { APIG, ESM } from './shared.mjs';

const JEST = `
import { story } from './app';
test('the story', async () => {
  expect(await story()).toBe('${EXPECTED}');
});
`;
const jest = (name, testEnvironment) => ({
  name,
  files: ({ config }) => ({
    ...appFiles(config, 'ts', { extension: '' }),
    'package.json': JSON.stringify({ private: true, jest: { preset: 'ts-jest', testEnvironment } }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: {
        target: 'es2022',
        module: 'commonjs',
        strict: true,
        esModuleInterop: true,
        skipLibCheck: true,
        types: ['jest'],
      },
    }),
    'app.test.ts': JEST,
  }),
  build: [['jest']],
  run: {},
});

/** As for AWS Lambda: one file with a handler, and what its runtime does with that. */
const HANDLER = `
import { story } from './app.js';
export const handler = () => story();
`;
/** amazon-cognito-identity-js and crypto-js are CommonJS, and `require` Node's own modules: an ES module has no `require`. */
const REQUIRE = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
/** Node 24's and later word about aws-sdk, which parses with `url.parse()`. */
const URL_PARSE = /\(node:\d+\) \[DEP0169\].*\n\(Use .*--trace-deprecation.*\n/;
const bundle = (node, format, out) => [
  ...['esbuild', 'handler.js', '--bundle', '--platform=node', `--target=${node.replace('-', '')}`],
  ...[`--format=${format}`, `--outfile=${out}`, ...(format === 'esm' ? [`--banner:js=${REQUIRE}`] : [])],
];
const lambda = (node) => ({
  name: `lambda-${node}`,
  needs: node,
  known: URL_PARSE,
  files: ({ config }) => ({
    ...appFiles(config, 'ts'),
    'handler.js': HANDLER,
    'run.cjs': `require('./dist/handler.cjs').handler().then(console.log, console.error);`,
  }),
  build: [bundle(node, 'cjs', 'dist/handler.cjs')],
  run: { program: [node, 'run.cjs'] },
});
const lambdaModule = (node) => ({
  name: `lambda-${node}-esm-apig`,
  needs: node,
  files: ({ config }) => ({
    ...appFiles(config, 'ts', APIG),
    'handler.js': HANDLER,
    'run.mjs': `import { handler } from './dist/handler.mjs';\nhandler().then(console.log, console.error);`,
  }),
  build: [bundle(node, 'esm', 'dist/handler.mjs')],
  run: { program: [node, 'run.mjs'] },
});
const NODES = ['node-22', 'node-24', 'node-26'];

const WORKERD = (port) => `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "app", worker = (modules = [(name = "worker", esModule = embed "dist/worker.js")], compatibilityDate = "2026-01-01")),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "app")],
);
`;
const WORKERD_WORKER = `
import { story } from './app.js';
export default {
  fetch: () => story().then((text) => new Response(text), (error) => new Response(error.stack)),
};
`;

export const runtimeCases = [
  {
    name: 'node-esm',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...appFiles(config, 'esm') }),
    run: { program: ['node', 'main.js'] },
  },
  {
    name: 'node-cjs',
    quick: true,
    files: ({ config }) => appFiles(config, 'cjs'),
    run: { program: ['node', 'main.js'] },
  },
  ...NODES.map((node) => lambda(node)),
  ...NODES.map((node) => lambdaModule(node)),
  jest('jest', 'node'),
  // jsdom's window, and Node's fetch, which jsdom lacks: the way of a React app's tests.
  jest('jest-jsdom', 'jest-fixed-jsdom'),
  {
    name: 'deno',
    needs: 'deno',
    files: ({ config }) => ({ ...ESM, ...appFiles(config, 'ts', { extension: '.ts' }) }),
    run: { program: ['deno', 'run', '--allow-all', '--node-modules-dir=manual', 'main.ts'] },
  },
  {
    name: 'bun',
    needs: 'bun',
    files: ({ config }) => ({ ...ESM, ...appFiles(config, 'ts') }),
    run: { program: ['bun', 'main.ts'] },
  },
  {
    name: 'workerd',
    needs: 'workerd',
    files: ({ config, port }) => ({
      ...ESM,
      ...appFiles(config, 'ts', APIG),
      'worker.js': WORKERD_WORKER,
      'worker.capnp': WORKERD(port),
    }),
    build: [
      ['esbuild', 'worker.js', '--bundle', '--format=esm', '--conditions=workerd,browser', '--outfile=dist/worker.js'],
    ],
    run: { server: () => ['workerd', 'serve', 'worker.capnp'], ask: ['/'] },
  },
];
