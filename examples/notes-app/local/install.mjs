// Installs the app's own packages, for scripts that start it.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The app's folder, with a slash at the end. */
export const APP = fileURLToPath(new URL('../', import.meta.url));

/** Runs `npm ci`, unless that has been done since package-lock.json last changed. */
export function installApp() {
  const time = (file) => statSync(APP + file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (time('node_modules/.package-lock.json') >= time('package-lock.json')) return;
  console.log('Installing the packages of examples/notes-app …');
  // A shell, since npm is a script on Windows.
  const { status } = spawnSync('npm ci --no-audit --no-fund', { cwd: APP, stdio: 'inherit', shell: true });
  if (status !== 0) throw new Error(`npm ci in ${APP} failed.`);
}
