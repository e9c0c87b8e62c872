/** The files to copy, each alone in an app that has crypto-js and nothing else. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'acorn';
import type { SuiteCase } from '../vectors/awsSuite';
import { SHARED, SUITE } from '../vectors/awsSuite';
import { temporaryFolder } from '../support/temporaryFolder';

const run = promisify(execFile);
const root = process.cwd();
const tsc = createRequire(__filename).resolve('typescript/bin/tsc');

/** As strict as an app may be; the types of iterables in the DOM are missing. */
const STRICT = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noPropertyAccessFromIndexSignature: true, // in every new Angular app
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
  skipLibCheck: true, // for speed
  outDir: 'out',
};

/** `strict` and `checkJs`, as an app in JavaScript has them. */
const CHECK_JS = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM'],
  module: 'esnext',
  moduleResolution: 'bundler',
  types: [],
  strict: true,
  allowJs: true,
  checkJs: true,
  skipLibCheck: true,
  outDir: 'out',
};

const APP = `import sigV4Client, { newClient } from './sigV4Client.js';
const client = sigV4Client.newClient({
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  endpoint: 'https://example.amazonaws.com',
  region: 'us-east-1',
  serviceName: 'service',
});
const signed = client.signRequest({ method: 'POST', path: '/', body: { a: 'é' }, date: new Date('2015-08-30T12:36:00Z') });
console.log(newClient === sigV4Client.newClient, signed.headers['Authorization']?.replace(/.*Signature=/, ''));
`;

/** By aws4, for that POST with the headers that the signer adds. */
const SIGNATURE = '097485cc4d42e2f7e6fcf01bfafadc2064287aa2008338f5c03275b125b67251';

const PUBLIC_NAMES = [
  'calculateSignature',
  'createCanonicalRequest',
  'createStringToSign',
  'cryptoJsHash',
  'default',
  'deriveSigningKey',
  'newClient',
  'sha256Hex',
  'SigV4ClientError',
  'SigV4Error',
];

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  for (const name of ['crypto-js', '@types/crypto-js']) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  }
});

const write = (name: string, content: string) => {
  writeFileSync(join(folder, name), content);
};
const copy = (name: string) => {
  cpSync(join(root, 'copy-in', name), join(folder, name));
};

/** What the compiler prints: nothing when all is well. */
async function compile(type: 'module' | 'commonjs', compilerOptions: object, file = 'app.ts'): Promise<string> {
  write('package.json', JSON.stringify({ type }));
  write('tsconfig.json', JSON.stringify({ compilerOptions, files: [file] }));
  try {
    return (await run(process.execPath, [tsc], { cwd: folder })).stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** What a script of the app prints. */
const start = async (file: string) => (await run(process.execPath, [file], { cwd: folder })).stdout.trim();

/** Signs everything that is published with the copied file, and prints what is not as it should be. */
async function signEverything(file: string): Promise<string> {
  const vectors = readFileSync(join(root, '__tests__/vectors/legacy-vectors.json'), 'utf8');
  write('vectors.json', vectors);
  write('suite.json', JSON.stringify(SUITE.map(canonicalInput)));
  write('shared.json', JSON.stringify(SHARED));
  write('everything.mjs', EVERYTHING.replace('COPIED', file));
  return start('everything.mjs');
}

/** A case of AWS's suite, as `createCanonicalRequest` takes it, and what is published for it. */
function canonicalInput({ method, path, query = [], headers = [], body = '', header, ...rest }: SuiteCase) {
  const token = rest.token !== undefined && !rest.omitToken ? [['X-Amz-Security-Token', rest.token]] : [];
  const given = [['Host', SHARED.host], ...headers, ['X-Amz-Date', SHARED.amzDate], ...token];
  return { input: { method, path, query, headers: given, normalizePath: rest.normalize }, body, ...rest, header };
}

const EVERYTHING = `
import { readFileSync } from 'node:fs';
import * as copied from './COPIED';

const signer = typeof copied.newClient === 'function' ? copied : copied.default; // what import() makes of CommonJS
const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const wrong = [];
const expect = (name, got, expected) => {
  if (JSON.stringify(got) !== JSON.stringify(expected)) wrong.push(name + ': ' + JSON.stringify({ got, expected }));
};

const vectors = read('vectors.json');
for (const [i, { date, config, request, expected }] of vectors.entries()) {
  const client = signer.newClient({ ...config, signSessionToken: false });
  const { url, headers } = client.signRequest({ ...request, date: new Date(date) });
  expect('vector ' + i, { url, headers }, expected);
}

const { secretAccessKey, amzDate, credentialScope } = read('shared.json');
const key = signer.deriveSigningKey({ secretAccessKey, date: '20150830', region: 'us-east-1', service: 'service' });
const suite = read('suite.json');
for (const { input, body, signBody, header } of suite) {
  const payloadHash = signer.sha256Hex(body);
  const headers = signBody ? [...input.headers, ['x-amz-content-sha256', payloadHash]] : input.headers;
  const canonicalRequest = signer.createCanonicalRequest({ ...input, headers, payloadHash });
  const stringToSign = signer.createStringToSign({ amzDate, credentialScope, canonicalRequest });
  const signature = signer.calculateSignature(key, stringToSign);
  expect(input.method + ' ' + input.path, [signer.sha256Hex(canonicalRequest), signature], header);
}
console.log(vectors.length, suite.length, wrong.join('\\n'));
`;

describe('sigV4Client.ts', () => {
  test.each([
    ['module', { verbatimModuleSyntax: true }],
    ['commonjs', {}],
  ] as const)('compiles under strict settings, and signs: %s', async (type, options) => {
    copy('sigV4Client.ts');
    write('app.ts', APP);
    expect(await compile(type, { ...STRICT, ...options })).toBe('');
    expect(await start('out/app.js')).toBe(`true ${SIGNATURE}`);
    expect(await signEverything('out/sigV4Client.js')).toBe('160 38');
  });

  test('compiles for bundlers as well', async () => {
    copy('sigV4Client.ts');
    write('app.ts', APP);
    const options = { module: 'esnext', moduleResolution: 'bundler', verbatimModuleSyntax: true, noEmit: true };
    expect(await compile('module', { ...STRICT, ...options })).toBe('');
  });
});

describe('sigV4Client.js', () => {
  const text = readFileSync(join(root, 'copy-in/sigV4Client.js'), 'utf8');

  test('is ES2017 to its last regular expression', () => {
    expect(() => parse(text, { ecmaVersion: 2017, sourceType: 'module' })).not.toThrow();
    expect(() => parse(`${text}\nconst a = { ...b };`, { ecmaVersion: 2017, sourceType: 'module' })).toThrow();
  });

  test('signs', async () => {
    copy('sigV4Client.js');
    write('package.json', '{ "type": "module" }');
    write('app.js', APP.replace('?.', '.'));
    expect(await start('app.js')).toBe(`true ${SIGNATURE}`);
    expect(await signEverything('sigV4Client.js')).toBe('160 38');
    write('names.js', "import * as all from './sigV4Client.js'; console.log(Object.keys(all).join());");
    expect((await start('names.js')).split(',').sort()).toEqual([...PUBLIC_NAMES].sort());
  });

  test('has types for whoever checks JavaScript, and none is any', async () => {
    copy('sigV4Client.js');
    write('app.js', APP);
    const options = { ...CHECK_JS, declaration: true, emitDeclarationOnly: true };
    expect(await compile('module', options, 'app.js')).toBe('');
    const declared = readFileSync(join(folder, 'out/sigV4Client.d.ts'), 'utf8');
    expect(declared).toContain(
      'export function newClient(config: ClientConfigWithCredentials | ClientConfig): SigV4Client;',
    );
    for (const name of PUBLIC_NAMES) expect(declared).toMatch(new RegExp(`\\b${name}\\b`));
    expect(declared.replace(/\/\*.*?\*\//gs, '')).not.toMatch(/\bany\b/);
  });

  test('and a wrong call is reported', async () => {
    copy('sigV4Client.js');
    write(
      'app.js',
      `import sigV4Client from './sigV4Client.js';
const client = sigV4Client.newClient({ accessKey: 'a', secretKey: 'b' });
client.signRequest({ method: 5 });
client.presignUrl({ expiresIn: '60' }).toFixed();
`,
    );
    const printed = await compile('module', { ...CHECK_JS, noEmit: true }, 'app.js');
    const lines = [...printed.matchAll(/^app\.js\((\d+),/gm)].map(([, line]) => Number(line));
    expect(lines).toEqual([2, 3, 4, 4]);
  });

  test('every function says what it takes and gives', () => {
    const names = [...text.matchAll(/^ *(?:export )?function (\w+)/gm)].map(([, name]) => name!);
    expect(names.length).toBeGreaterThan(30);
    for (const name of names) {
      const [, comment = ''] =
        new RegExp(`/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:export )?function ${name}\\(`, 's').exec(text) ?? [];
      expect([name, comment]).toEqual([name, expect.stringMatching(/@returns \{/)]);
    }
  });
});
