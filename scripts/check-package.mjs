// Packs the package as it would be published and checks the tarball: publint, are-the-types-wrong, every entry imported
// and required by name in a folder where only the package and its peers are installed, and the declarations compiled
// without `skipLibCheck`. `npm run test:bundlers -- types` does the last with each TypeScript from 4.9 on.
import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

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

  // Whoever signs, or logs in and calls, installs crypto-js alone.
  symlinkSync(resolve('node_modules/crypto-js'), join(modules, 'crypto-js'));
  run(process.execPath, ['signs-alone.cjs'], { cwd: folder });
  await checkChainAlone();
  const printed = run(process.execPath, [join(modules, 'sigv4-client', manifest.bin), '--version']).trim();
  if (printed !== manifest.version) throw new Error(`The command line says ${printed}`);
  for (const peer of Object.keys(manifest.peerDependencies)) {
    symlinkSync(resolve('node_modules', peer), join(modules, peer));
  }
  for (const file of ['all.mjs', 'all.cjs']) run(process.execPath, [file], { cwd: folder, stdio: 'inherit' });
  console.log(`${names.length} entries load as ESM and as CommonJS: ${names.join(', ')}`);

  checkTypes(names);
  checkFilesOfOldTools(names);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The whole chain of `sigv4-client/apig`, from the login to the answer, as ES modules and as CommonJS. */
async function checkChainAlone() {
  const { startLocalAws } = await import('../dist/esm/local/index.js');
  const user = { username: 'user@example.com', password: 'Passw0rd!' };
  const aws = await startLocalAws({
    userPool: { users: [user] },
    apiGateway: { handler: (_request, { identityId }) => Response.json({ identityId }) },
  });
  const story = `
    const apig = createApig(${JSON.stringify(aws.config)});
    apig.login(...${JSON.stringify(Object.values(user))})
      .then(() => apig.invokeApig({ path: '/who' }))
      .then(({ identityId }) => console.log(identityId));`;
  writeFileSync(join(folder, 'chain.mjs'), `import { createApig } from 'sigv4-client/apig';${story}`);
  writeFileSync(join(folder, 'chain.cjs'), `const { createApig } = require('sigv4-client/apig');${story}`);
  try {
    for (const file of ['chain.mjs', 'chain.cjs']) {
      // Not execFileSync: the local AWS, in this process, has to answer.
      const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder });
      if (!/^us-east-1:[\da-f-]{36}\n$/.test(stdout)) throw new Error(`${file} printed ${stdout}`);
    }
  } finally {
    await aws.stop();
  }
  console.log('sigv4-client/apig logs in and calls an API with crypto-js alone, as ESM and as CommonJS.');
}

/** With the DOM's types alone, as in a page's project (but for the entries that need Node's), and with Node's alone. */
function checkTypes(names) {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '@types'));
  symlinkSync(resolve('node_modules/@types/node'), join(modules, '@types/node'));
  const needsNode = (name) => ['sigv4-client/hash/node', 'sigv4-client/local'].includes(name);
  const projects = {
    page: { names: names.filter((name) => !needsNode(name)), lib: ['es2022', 'dom', 'dom.iterable'], types: [] },
    server: { names, lib: ['es2022'], types: ['node'] },
  };
  for (const [project, { names, lib, types }] of Object.entries(projects)) {
    const files = [`${project}.mts`, `${project}.cts`];
    const text = names.map((name, i) => `export * as e${i} from '${name}';`).join('\n');
    for (const file of files) writeFileSync(join(folder, file), text);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      module: 'node20',
      target: 'es2022',
      lib,
    };
    writeFileSync(
      join(folder, `${project}.json`),
      JSON.stringify({ compilerOptions: { ...compilerOptions, types }, files }),
    );
    run(process.execPath, [resolve('node_modules/typescript/bin/tsc'), '-p', `${project}.json`], {
      cwd: folder,
      stdio: 'inherit',
    });
  }

  // TypeScript before 5.7 knows these without type arguments, which a newer one cannot tell.
  const generic = /\b(?:Uint8Array|Buffer|DataView|ArrayBufferView)</;
  const found = readdirSync(join(modules, 'sigv4-client/dist'), { recursive: true })
    .filter((file) => file.endsWith('.d.ts'))
    .filter((file) => generic.test(readFileSync(join(modules, 'sigv4-client/dist', file), 'utf8')));
  if (found.length > 0)
    throw new Error(`TypeScript before 5.7 cannot read Uint8Array<…> and its like in ${found.join(', ')}`);
  console.log('The declarations compile with the DOM alone and with Node alone.');
}

/** What tools that know no `exports` read, pages without any, and people who copy the signer: it must be in the tarball. */
function checkFilesOfOldTools(names) {
  const root = join(folder, 'node_modules/sigv4-client');
  const folders = names.map((name) => join(root, name.slice('sigv4-client'.length)));
  const named = folders.flatMap((entry) => {
    const { main, module, types } = JSON.parse(readFileSync(join(entry, 'package.json'), 'utf8'));
    return [main, module, types].map((file) => join(entry, file));
  });
  const { unpkg, jsdelivr } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const others = [unpkg, jsdelivr, 'copy-in/sigV4Client.ts', 'copy-in/sigV4Client.js'].map((file) => join(root, file));
  const missing = [...named, ...others].filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`Not in the tarball: ${missing.join(', ')}`);
  console.log(
    `${named.length + others.length} files for tools that know no exports, script tags and copies are there.`,
  );
}
