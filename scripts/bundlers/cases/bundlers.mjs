// Bundlers other than Vite: webpack, esbuild, Rollup, Parcel.
import { appFiles } from '../app.mjs';
import { APIG, CLASSIC_PAGE, ESM, PLAIN, WEBPACK_4, pageWith } from './shared.mjs';

// The chunk of aws-sdk, 254 kB, is above webpack's limit of 244 for a hint; `sigv4-client/apig` does without it.
const WEBPACK = (more = '') => `module.exports = { mode: 'production', entry: './main.js'${more} };`;
const NO_HINTS = ', performance: { hints: false }';

/** webpack 4, in Create React App 4's workspace: the app as it is, or through Babel for old browsers, and nothing else. */
const webpack4 = (name, entry, config) => ({
  name,
  workspace: 'react-scripts-4',
  variables: WEBPACK_4,
  files: (given) => ({
    ...appFiles(given.config, 'esm', { entry, target: 'es2019' }),
    'package.json': JSON.stringify({ private: true, browserslist: ['ie 11'] }),
    'webpack.config.js': `process.env.NODE_ENV = 'production'; // Babel's preset asks for it\n${WEBPACK(NO_HINTS + config)}`,
  }),
  build: [['webpack']],
  run: CLASSIC_PAGE,
});
const BABEL = `, module: { rules: [{ test: /\\.js$/, exclude: /node_modules/, loader: 'babel-loader',
  options: { presets: [[require.resolve('babel-preset-react-app'), { runtime: 'automatic' }]] } }] }`;

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

const parcel = (name, options) => ({
  name,
  files: ({ config }) => ({ ...PLAIN, 'index.html': pageWith('./main.ts'), ...appFiles(config, 'ts', options) }),
  build: [['parcel', 'build', 'index.html', '--dist-dir', 'dist', '--no-cache', '--no-autoinstall']],
  run: { page: 'dist' },
});

export const bundlerCases = [
  {
    name: 'webpack-5',
    files: ({ config }) => ({ ...appFiles(config, 'esm'), ...PLAIN, 'webpack.config.js': WEBPACK(NO_HINTS) }),
    build: [['webpack']],
    run: CLASSIC_PAGE,
  },
  {
    name: 'webpack-5-apig',
    files: ({ config }) => ({ ...appFiles(config, 'esm', APIG), ...PLAIN, 'webpack.config.js': WEBPACK() }),
    build: [['webpack']],
    run: CLASSIC_PAGE,
  },
  webpack4('webpack-4', 'invoke-apig', ''),
  webpack4('webpack-4-apig', 'apig', ''),
  webpack4('webpack-4-babel', 'invoke-apig', BABEL),
  {
    name: 'esbuild',
    quick: true,
    files: ({ config }) => appFiles(config, 'ts'),
    build: [['esbuild', 'main.ts', '--bundle', '--minify', '--outfile=dist/main.js']],
    run: CLASSIC_PAGE,
  },
  {
    name: 'rollup',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...appFiles(config, 'esm'), 'rollup.config.js': ROLLUP(ROLLUP_LOG) }),
    build: [['rollup', '-c']],
    run: { page: 'dist', type: 'module' },
  },
  {
    name: 'rollup-apig',
    quick: true,
    files: ({ config }) => ({ ...ESM, ...appFiles(config, 'esm', APIG), 'rollup.config.js': ROLLUP() }),
    build: [['rollup', '-c']],
    run: { page: 'dist', type: 'module' },
  },
  parcel('parcel-2'),
  parcel('parcel-2-apig', APIG),
];
