// The entries for sockets and in the place of the generated SDK: each kind of bundler once, and Node by itself.
import { ENTRIES_EXPECTED as expected, entriesFiles } from '../entriesApp.mjs';
import { CLASSIC_PAGE, ESM, PLAIN, pageWith } from './shared.mjs';

const WEBPACK = "module.exports = { mode: 'production', entry: './main.js' };";

export const entriesCases = [
  {
    name: 'entries-esbuild',
    quick: true,
    files: ({ config }) => entriesFiles(config, 'ts'),
    build: [['esbuild', 'main.ts', '--bundle', '--minify', '--outfile=dist/main.js']],
    run: CLASSIC_PAGE,
    expected,
  },
  {
    name: 'entries-vite',
    quick: true,
    files: ({ config }) => ({ ...ESM, 'index.html': pageWith('/main.ts'), ...entriesFiles(config, 'ts') }),
    build: [['vite', 'build']],
    run: { page: 'dist' },
    expected,
  },
  {
    name: 'entries-webpack-5',
    files: ({ config }) => ({ ...entriesFiles(config, 'esm'), ...PLAIN, 'webpack.config.js': WEBPACK }),
    build: [['webpack']],
    run: CLASSIC_PAGE,
    expected,
  },
  {
    name: 'entries-node-24',
    needs: 'node-24',
    files: ({ config }) => ({ ...ESM, ...entriesFiles(config, 'esm') }),
    run: { program: ['node-24', 'main.js'] },
    expected,
  },
];
