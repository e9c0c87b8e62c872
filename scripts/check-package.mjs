// Packs the package as it would be published and checks the tarball: publint, are-the-types-wrong, and every entry
// imported and required by name in a folder where only the package and its peers are installed.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const run = (command, args, options) => execFileSync(command, args, { encoding: 'utf8', ...options });
const folder = mkdtempSync(join(tmpdir(), 'sigv4-client-package-'));

try {
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]));
  const tarball = join(folder, filename);
  run('npx', ['publint', '--strict', tarball], { stdio: 'inherit' });
  run('npx', ['attw', tarball, '--profile', 'node16'], { stdio: 'inherit' });

  run('tar', ['xzf', tarball, '-C', folder]);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  cpSync(join(folder, 'package'), join(modules, 'sigv4-client'), { recursive: true });
  const manifest = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8'));
  const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
  const names = entries.map((entry) => `sigv4-client${entry.slice(1)}`);
  writeFileSync(join(folder, 'all.mjs'), names.map((name, i) => `import * as e${i} from '${name}';`).join('\n'));
  writeFileSync(join(folder, 'all.cjs'), names.map((name) => `require('${name}');`).join('\n'));
  writeFileSync(
    join(folder, 'signs-alone.cjs'),
    `const { newClient } = require('sigv4-client');
     const config = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret', endpoint: 'https://api.example.com' };
     if (!newClient(config).signRequest({ path: '/' }).headers.Authorization) process.exit(1);`,
  );

  // Whoever only signs installs crypto-js alone.
  symlinkSync(resolve('node_modules/crypto-js'), join(modules, 'crypto-js'));
  run(process.execPath, ['signs-alone.cjs'], { cwd: folder });
  for (const peer of Object.keys(manifest.peerDependencies)) {
    symlinkSync(resolve('node_modules', peer), join(modules, peer));
  }
  for (const file of ['all.mjs', 'all.cjs']) run(process.execPath, [file], { cwd: folder, stdio: 'inherit' });
  console.log(`${names.length} entries load as ESM and as CommonJS: ${names.join(', ')}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
