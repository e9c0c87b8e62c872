// What is built, how, and where it runs. A case: `files` written for it, `build` commands, and how it is `run`: a `page`
// from a folder, a `server` whose page is opened, or a `program` whose output counts.
import { EXPECTED, appFiles } from './app.mjs';
import { copiedCases } from './copiedFile.mjs';

const ESM = { 'package.json': '{ "private": true, "type": "module" }' };
const PLAIN = { 'package.json': '{ "private": true }' };
const LITE = { entry: 'apig' };
const HTML = {
  'index.html':
    '<!doctype html><link rel="icon" href="data:,"><title>app</title><script type="module" src="/main.ts"></script>',
};

// An app that loads amazon-cognito-identity-js by itself, before us and in a chunk of its own: there the README's line for
// Vite is needed, `define`.
const OWN_COGNITO = {
  'main.ts': `
import { CognitoUserPool } from 'amazon-cognito-identity-js';
import { story } from './app.js';
if (typeof CognitoUserPool === 'function') story().then(console.log, console.error);
`,
};
const DEFINE = `
const manualChunks = (id) => (id.includes('amazon-cognito-identity-js') ? 'cognito' : undefined);
export default {
  define: { global: 'globalThis' },
  build: { rollupOptions: { output: { manualChunks } } },
};
`;

// The chunk of aws-sdk, 254 kB, is above webpack's limit of 244 for a hint; `sigv4-client/apig` does without it.
const WEBPACK = (more = '') => `module.exports = { mode: 'production', entry: './main.js'${more} };`;
const WEBPACK_HINTS = ', performance: { hints: false }';

// aws-sdk's modules import each other in circles; `sigv4-client/apig` does without it.
const ROLLUP_LOG = `
  onLog: (level, log, next) => log.code === 'CIRCULAR_DEPENDENCY' && log.ids[0].includes('aws-sdk') || next(level, log),`;
const ROLLUP = (more = '') => `
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import nodeResolve from '@rollup/plugin-node-resolve';
export default {
  input: 'main.js',
  output: { dir: 'dist', format: 'es' },
  plugins: [nodeResolve({ browser: true, preferBuiltins: false }), commonjs(), json()],${more}
};
`;

const NEXT_PAGE = `
'use client';
import { useEffect } from 'react';
import { story } from '../app';

export default function Page() {
  useEffect(() => {
    story().then(console.log, console.error);
  }, []);
  return <p>Notes</p>;
}
`;
const NEXT_LAYOUT = `
export default function Layout({ children }: { children: React.ReactNode }) {
  return <html lang="en"><head><link rel="icon" href="data:," /></head><body>{children}</body></html>;
}
`;
const NEXT_ROUTE = `
import { story } from '../../../app';
export const dynamic = 'force-dynamic';
export async function GET() {
  return new Response(await story());
}
`;

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

const WORKER_PAGE = `
const worker = new Worker('/worker.js', { type: 'module' });
worker.onmessage = ({ data }) => console.log(data);
worker.onerror = ({ message }) => console.error(message);
`;
const WORKER = `
import { story } from './app.js';
story().then((text) => postMessage(text), (error) => console.error(error));
`;

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

export const cases = [
  {
    name: 'vite-build',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...HTML, ...appFiles(config, 'ts') }),
    build: [['vite', 'build']],
    run: { page: 'dist' },
  },
  {
    name: 'vite-dev',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...HTML, ...appFiles(config, 'ts') }),
    run: { server: (port) => ['vite', '--host', '127.0.0.1', '--port', port, '--strictPort'], open: ['/'] },
  },
  {
    name: 'vite-own-cognito-dev',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...HTML, ...appFiles(config, 'ts'), ...OWN_COGNITO, 'vite.config.js': DEFINE }),
    run: { server: (port) => ['vite', '--host', '127.0.0.1', '--port', port, '--strictPort'], open: ['/'] },
  },
  {
    name: 'vite-own-cognito-build',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...HTML, ...appFiles(config, 'ts'), ...OWN_COGNITO, 'vite.config.js': DEFINE }),
    build: [['vite', 'build']],
    run: { page: 'dist' },
  },
  {
    name: 'vite-lite',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...HTML, ...appFiles(config, 'ts', LITE) }),
    build: [['vite', 'build']],
    run: { page: 'dist' },
  },
  {
    name: 'webpack',
    files: ({ config }) => ({ ...appFiles(config, 'esm'), ...PLAIN, 'webpack.config.js': WEBPACK(WEBPACK_HINTS) }),
    build: [['webpack']],
    run: { page: 'dist', type: 'script' },
  },
  {
    name: 'webpack-lite',
    files: ({ config }) => ({ ...appFiles(config, 'esm', LITE), ...PLAIN, 'webpack.config.js': WEBPACK() }),
    build: [['webpack']],
    run: { page: 'dist', type: 'script' },
  },
  {
    name: 'esbuild',
    quick: true,
    files: ({ config }) => appFiles(config, 'ts'),
    build: [['esbuild', 'main.ts', '--bundle', '--minify', '--outfile=dist/main.js']],
    run: { page: 'dist', type: 'script' },
  },
  {
    name: 'rollup',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...appFiles(config, 'esm'), 'rollup.config.js': ROLLUP(ROLLUP_LOG) }),
    build: [['rollup', '-c']],
    run: { page: 'dist', type: 'module' },
  },
  {
    name: 'rollup-lite',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...appFiles(config, 'esm', LITE), 'rollup.config.js': ROLLUP() }),
    build: [['rollup', '-c']],
    run: { page: 'dist', type: 'module' },
  },
  {
    name: 'module-worker',
    quick: true,
    files: ({ config }) => ({ ...appFiles(config, 'ts'), 'worker.js': WORKER, 'dist/main.js': WORKER_PAGE }),
    build: [['esbuild', 'worker.js', '--bundle', '--format=esm', '--outfile=dist/worker.js']],
    run: { page: 'dist', type: 'module' },
  },
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
  ...copiedCases,
  {
    name: 'next',
    files: ({ config }) => ({
      ...appFiles(config, 'ts', { extension: '' }),
      ...PLAIN,
      'app/page.tsx': NEXT_PAGE,
      'app/layout.tsx': NEXT_LAYOUT,
      'app/api/story/route.ts': NEXT_ROUTE,
    }),
    build: [['next', 'build']],
    run: {
      server: (port) => ['next', 'start', '--hostname', '127.0.0.1', '--port', port],
      open: ['/'],
      ask: ['/api/story'],
    },
  },
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
      ...appFiles(config, 'ts', LITE),
      'worker.js': WORKERD_WORKER,
      'worker.capnp': WORKERD(port),
    }),
    build: [
      ['esbuild', 'worker.js', '--bundle', '--format=esm', '--conditions=workerd,browser', '--outfile=dist/worker.js'],
    ],
    run: { server: () => ['workerd', 'serve', 'worker.capnp'], ask: ['/'] },
  },
];
