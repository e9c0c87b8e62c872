// copy-in/sigV4Client.js or .ts copied into an app in place of the old JavaScript file, where nothing but crypto-js is
// installed beside the app's own tools. The caller is the one that such apps have, in JavaScript, and stays as it is.
import { readFileSync } from 'node:fs';
import { REACT_APP, REACT_SCRIPTS } from './frameworks.mjs';
import { CLASSIC_PAGE, WEBPACK_4, pageWith } from './shared.mjs';

const EXPECTED = 'RESULT created "Buy milk", listed it, read it';

const CALLER = `
import sigV4Client from './sigV4Client';
import config from './config';

export async function invokeApig({ path, method = 'GET', headers = {}, queryParams = {}, body }) {
  const { accessKeyId, secretAccessKey, sessionToken } = config.credentials;
  const signedRequest = sigV4Client
    .newClient({
      accessKey: accessKeyId,
      secretKey: secretAccessKey,
      sessionToken,
      region: config.apiGateway.REGION,
      endpoint: config.apiGateway.URL,
    })
    .signRequest({ method, path, headers, queryParams, body });

  body = body ? JSON.stringify(body) : body;
  headers = signedRequest.headers;
  const results = await fetch(signedRequest.url, { method, headers, body });
  if (!results.ok) throw new Error(await results.text());
  return results.json();
}
`;

const MAIN = `
import { invokeApig } from './caller';

async function story() {
  const note = await invokeApig({ path: '/notes', method: 'POST', body: { content: 'Buy milk' } });
  const notes = await invokeApig({ path: '/notes', queryParams: { limit: 10 } });
  const read = await invokeApig({ path: '/notes/' + note.id, headers: { 'X-Asked-By': 'app' } });
  const listed = notes.some(({ id }) => id === note.id) ? 'listed it' : 'did not list it';
  return 'RESULT created "' + note.content + '", ' + listed + (read.id === note.id ? ', read it' : ', read another');
}
story().then(console.log, console.error);
`;

/** The caller's app, in `src`, with the copied file. */
function files({ aws }, language) {
  const { accessKeyId, secretAccessKey, sessionToken } = aws.store.issue({
    identityId: 'us-east-1:11111111-2222-3333-4444-555555555555',
    authenticated: true,
  });
  const config = { credentials: { accessKeyId, secretAccessKey, sessionToken }, apiGateway: aws.config.apiGateway };
  return {
    'package.json': JSON.stringify({ private: true, browserslist: ['ie 11'] }),
    [`src/sigV4Client.${language}`]: copied(language),
    'src/caller.js': CALLER,
    'src/config.js': `const config = ${JSON.stringify(config, null, 2)};\nexport default config;\n`,
    'src/index.js': MAIN,
    'index.html': pageWith('/src/index.js'),
  };
}

/** The file to copy. */
export const copied = (language) => readFileSync(`copy-in/sigV4Client.${language}`, 'utf8');

/** As Create React App has it: its order of extensions, and Babel with its preset for the app's own files. */
const webpackConfig = (rule, target = `target: ['browserslist'],`) => `
process.env.NODE_ENV = 'production'; // Babel's preset asks for it
module.exports = {
  mode: 'production',
  entry: './src/index.js',
  output: { path: __dirname + '/dist', filename: 'main.js' },
  ${target}
  bail: true,
  performance: false,
  resolve: { extensions: ['.web.mjs', '.mjs', '.web.js', '.js', '.web.ts', '.ts', '.web.tsx', '.tsx', '.json'] },
  module: { strictExportPresence: true, rules: [${rule}] },
};
`;
const BABEL_RULE = `
  { test: /\\.(js|mjs|jsx|ts|tsx)$/, include: __dirname + '/src', loader: 'babel-loader', options: { presets: [require.resolve('babel-preset-react-app')] } },
  { test: /\\.(js|mjs)$/, exclude: /@babel(?:\\/|\\\\)runtime/, loader: 'babel-loader', options: { babelrc: false,
      configFile: false, compact: false, sourceType: 'unambiguous', presets: [require.resolve('babel-preset-react-app/dependencies')] } },`;
const TS_RULE = `
  { test: /\\.tsx?$/, loader: 'ts-loader' },`;

/** What Create React App writes, but for its target, which is `es5`: there the file needs `downlevelIteration`. */
const TSCONFIG = {
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2018',
      lib: ['dom', 'dom.iterable', 'esnext'],
      allowJs: true,
      skipLibCheck: true,
      esModuleInterop: true,
      allowSyntheticDefaultImports: true,
      strict: true,
      forceConsistentCasingInFileNames: true,
      noFallthroughCasesInSwitch: true,
      module: 'esnext',
      moduleResolution: 'node',
      resolveJsonModule: true,
      isolatedModules: true,
      jsx: 'react-jsx',
      types: [],
    },
    include: ['src'],
  }),
};

const ts = (given) => files(given, 'ts');
const js = (given) => files(given, 'js');

/** In a JavaScript app of Create React App. */
const reactScripts = ({ workspace, variables }) => ({
  name: `copied-js-${workspace}`,
  workspace,
  variables,
  files: (given) => ({ ...js(given), ...REACT_APP }),
  build: [['react-scripts', 'build']],
  run: { page: 'build' },
});

export const copiedCases = [
  ...REACT_SCRIPTS.map((version) => reactScripts(version)),
  {
    name: 'copied-js-webpack-4-babel',
    workspace: 'react-scripts-4',
    variables: WEBPACK_4,
    files: (given) => ({ ...js(given), 'webpack.config.js': webpackConfig(BABEL_RULE, '') }),
    build: [['webpack']],
    run: CLASSIC_PAGE,
  },
  { name: 'copied-js-vite-build', quick: true, files: js, build: [['vite', 'build']], run: { page: 'dist' } },
  {
    name: 'copied-ts-webpack-babel',
    quick: true,
    files: (given) => ({ ...ts(given), 'webpack.config.js': webpackConfig(BABEL_RULE) }),
    build: [['webpack']],
    run: CLASSIC_PAGE,
  },
  {
    name: 'copied-ts-webpack-ts-loader',
    files: (given) => ({ ...ts(given), ...TSCONFIG, 'webpack.config.js': webpackConfig(TS_RULE) }),
    build: [['webpack']],
    run: CLASSIC_PAGE,
  },
  { name: 'copied-ts-vite-build', quick: true, files: ts, build: [['vite', 'build']], run: { page: 'dist' } },
  {
    name: 'copied-ts-vite-dev',
    quick: true,
    files: ts,
    run: { server: (port) => ['vite', '--host', '127.0.0.1', '--port', port, '--strictPort'], open: ['/'] },
  },
].map((test) => ({ ...test, expected: EXPECTED }));
