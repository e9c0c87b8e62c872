// Bundles what apps import, as esbuild does it for a page, and fails where it has become too large. Needs the build.
//
//   node scripts/check-size.mjs [--rooms | --files]     with --rooms: which room how much of each comes from; with --files: which file
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const KB = 1024; // the kB of the limits, as in all sizes that the documentation states

/** What is listed below each row: by the part of a path that this takes. */
const BY = { '--rooms': /^dist\/\w+\/(cognito\/\w+(?=\/)|\w+)/, '--files': /^dist\/\w+\/(.+)\.js$/ };
const DETAIL = BY[process.argv[2]];

const CHAIN = 'configure, login, invokeApig';

/** Amplify's sign-in and `get` do the job of the chain, without explanations. It is installed here, for nobody else needs it. */
const AMPLIFY = fileURLToPath(new URL('amplify', import.meta.url));
const AMPLIFY_APP =
  "import { Amplify } from 'aws-amplify'; import { signIn } from 'aws-amplify/auth'; " +
  "import { get } from 'aws-amplify/api'; use(Amplify, signIn, get);";

/** Operations of the user pool that only account and passkey functions call: an app that imports none of these has none in its bundle. */
const OF_ACCOUNTS = ['SignUp', 'ConfirmForgotPassword', 'ChangePassword', 'StartWebAuthnRegistration'];

/** `limit` is what must not be exceeded; docs/performance.md says where the sizes come from. `without` must not be in it. */
const ENTRIES = [
  { name: 'signer, with crypto-js', code: app('newClient', 'sigv4-client'), limit: 12.7 },
  { name: 'sigv4-client/socket', code: app('createSignedSocket', 'sigv4-client/socket'), limit: 23.9 },
  {
    name: 'sigv4-client/generated-sdk',
    code: app('createApigClientFactory', 'sigv4-client/generated-sdk'),
    limit: 27.6,
  },
  { name: 'whole chain, sigv4-client/apig', code: app(CHAIN, 'sigv4-client/apig'), limit: 44.2, without: OF_ACCOUNTS },
  { name: 'whole chain, sigv4-client/invoke-apig', code: app(CHAIN, 'sigv4-client/invoke-apig'), limit: 148.3 },
];

/** What import() loads, but every app needs: it counts. Everything else that it loads is for a few moments only. */
const NEEDED_BY_ALL = /(^|\/)aws-sdk\//;

console.log('Minified and gzipped by esbuild, in kB of 1,024 bytes; each file gzipped alone, as it is served.');
console.log(
  'Counted: what the page loads at first, its dependencies included, and aws-sdk, which import() loads for the',
);
console.log('first call. Not counted: what import() loads for some calls only, listed below each row.\n');
console.log(row('', 'counted', 'limit', 'not counted'));

let isTooMuch = false;
for (const { name, code, limit, without = [] } of ENTRIES) {
  const { counted, lazy, text, sources } = await measure(code);
  const isOver = counted > limit * KB;
  isTooMuch ||= isOver;
  const uncounted = lazy.reduce((sum, { size }) => sum + size, 0);
  console.log(row(name, kilobytes(counted), limit.toFixed(1), kilobytes(uncounted)) + (isOver ? '  TOO LARGE' : ''));
  for (const operation of without) {
    if (!text.includes(`"${operation}"`)) continue;
    console.log(`    TOO MUCH: ${operation} is in it, though the app imports no function of accounts`);
    isTooMuch = true;
  }
  for (const { entry, size } of lazy) console.log(row(`    ${entry}`, '', '', kilobytes(size)));
  if (!DETAIL) continue;
  for (const [source, share] of sources.filter(([, share]) => share * counted > 0.05 * KB))
    console.log(row(`    ${source}`, kilobytes(share * counted)));
}
if (!existsSync(`${AMPLIFY}/node_modules`)) execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: AMPLIFY });
const { counted: amplify } = await measure(AMPLIFY_APP, AMPLIFY);
console.log(row("for comparison: Amplify's sign-in and get", kilobytes(amplify)));
process.exitCode = isTooMuch ? 1 : 0;

function app(names, specifier) {
  return `import { ${names} } from '${specifier}'; use(${names});`;
}

/** The bytes that count, the parts that do not, and the text of what is loaded at first. */
async function measure(code, resolveDir = process.cwd()) {
  const { outputFiles, metafile, warnings } = await build({
    stdin: { contents: code, resolveDir },
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    outdir: 'size',
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  if (warnings.length > 0) throw new Error('An app that bundles this gets the warnings above');
  const sizes = new Map(outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents).length]));
  const files = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));

  /** The file, and the files that it imports, as far as they are not loaded yet. */
  function load(file, loaded) {
    if (loaded.has(file)) return loaded;
    loaded.add(file);
    for (const { path, kind } of files.get(file).imports) {
      if (kind === 'import-statement' || NEEDED_BY_ALL.test(entryOf(basename(path)))) load(basename(path), loaded);
    }
    return loaded;
  }
  const entryOf = (file) => files.get(file)?.entryPoint ?? '';
  const sizeOf = (loaded) => [...loaded].reduce((sum, file) => sum + sizes.get(file), 0);

  const initial = load('stdin.js', new Set());
  const parts = [...files.keys()].filter((file) => entryOf(file) !== '' && !initial.has(file));
  const lazy = parts.map((file) => {
    return { entry: entryOf(file), size: sizeOf(load(file, new Set(initial))) - sizeOf(initial) };
  });
  const text = outputFiles.filter(({ path }) => initial.has(basename(path))).map((file) => file.text);
  return {
    counted: sizeOf(initial),
    lazy,
    text: text.join('\n'),
    sources: shares([...initial].map((file) => files.get(file))),
  };
}

/** Which part of the bytes comes from which room or file of `src`, and from other packages, the largest first. */
function shares(outputs) {
  const bytes = new Map();
  for (const [path, { bytesInOutput }] of outputs.flatMap(({ inputs }) => Object.entries(inputs))) {
    const [, source = path] = DETAIL?.exec(path) ?? /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    bytes.set(source, (bytes.get(source) ?? 0) + bytesInOutput);
  }
  const total = [...bytes.values()].reduce((sum, size) => sum + size, 0);
  return [...bytes].map(([source, size]) => [source, size / total]).sort(([, a], [, b]) => b - a);
}

function kilobytes(bytes) {
  return (bytes / KB).toFixed(1);
}

function row(name, ...cells) {
  return name.padEnd(48) + cells.map((cell) => cell.padStart(12)).join('');
}
