// Vite, today's and earlier ones.
import { appFiles } from '../app.mjs';
import { ESM, APIG, pageWith } from './shared.mjs';

const HTML = { 'index.html': pageWith('/main.ts') };
const app = ({ config }, options) => ({ ...ESM, ...HTML, ...appFiles(config, 'ts', options) });
const server = (port) => ['vite', '--host', '127.0.0.1', '--port', port, '--strictPort'];

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

// Without it aws-sdk's modules, which import each other in circles, run in the wrong order.
const STRICT_REQUIRES = 'export default { build: { commonjsOptions: { strictRequires: true } } };\n';

const page = { page: 'dist' };

/** An earlier Vite: its build, with aws-sdk and without. */
const earlier = (command, config) => [
  { name: `${command}-apig`, files: (given) => app(given, APIG), build: [[command, 'build']], run: page },
  { name: command, files: (given) => ({ ...app(given), ...config }), build: [[command, 'build']], run: page },
];

export const viteCases = [
  { name: 'vite-build', quick: true, files: (given) => app(given), build: [['vite', 'build']], run: page },
  { name: 'vite-dev', quick: true, files: (given) => app(given), run: { server, open: ['/'] } },
  {
    name: 'vite-own-cognito-dev',
    quick: true,
    files: (given) => ({ ...app(given), ...OWN_COGNITO, 'vite.config.js': DEFINE }),
    run: { server, open: ['/'] },
  },
  {
    name: 'vite-own-cognito-build',
    quick: true,
    files: (given) => ({ ...app(given), ...OWN_COGNITO, 'vite.config.js': DEFINE }),
    build: [['vite', 'build']],
    run: page,
  },
  { name: 'vite-apig', quick: true, files: (given) => app(given, APIG), build: [['vite', 'build']], run: page },
  ...earlier('vite-7', {}),
  ...earlier('vite-5', { 'vite.config.js': STRICT_REQUIRES }),
  ...earlier('vite-4', { 'vite.config.js': STRICT_REQUIRES }),
];
