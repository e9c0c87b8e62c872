// Where Chromium is, and how it is started.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The path of a Chromium: what CHROME_PATH says, else Playwright's own, else one on the PATH.
 * @throws Error that says what to do where there is none
 */
export function findChromium() {
  const { CHROME_PATH, PATH = '' } = process.env;
  const onPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = (CHROME_PATH ? [CHROME_PATH] : [chromium.executablePath(), ...onPath]).find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `The browser tests need Chromium. ${CHROME_PATH ? `CHROME_PATH is ${CHROME_PATH}, which does not exist` : 'None was found'}: ` +
      'set CHROME_PATH to one, install one (Debian: apt-get install chromium), or let Playwright get its own ' +
      '(npx playwright-core install chromium).',
  );
}

/** Starts Chromium. */
export function launch(...more) {
  const args = [
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...more,
  ];
  return chromium.launch({ executablePath: findChromium(), args });
}
