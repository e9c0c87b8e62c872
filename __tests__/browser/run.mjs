// `npm run test:browser`: the notes app in a real browser, with a local AWS behind it, and the site. Needs the build: the npm script makes
// it first.
import { installApp } from '../../examples/notes-app/local/install.mjs';
import { findChromium } from './chromium.mjs';

try {
  findChromium();
  installApp();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

// Only now: what they import is there once the app is installed.
for (const file of [
  'story',
  'sessions',
  'faults',
  'keyboard',
  'account',
  'live',
  'example',
  'explainChunk',
  'redirects',
  'sockets',
  'passkeys',
  'site',
  'siteTools',
  'siteWorkbench',
])
  await import(`./${file}.mjs`);
