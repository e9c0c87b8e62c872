import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = process.cwd();

/** As strict as an app may be. */
const STRICT = {
  target: 'ES2022',
  lib: ['ES2022', 'DOM', 'DOM.Iterable'],
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

/** The app: the request of `get-vanilla` with an `Accept`, as aws4 signs it. */
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

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'copy-in-')));
  copyFileSync(join(root, 'src/sigV4Client.ts'), join(folder, 'sigV4Client.ts'));
  writeFileSync(join(folder, 'app.ts'), APP);
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  for (const name of ['crypto-js', '@types/crypto-js']) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  }
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const writeJson = (name: string, content: unknown) => {
  writeFileSync(join(folder, name), JSON.stringify(content));
};

/** What the compiler prints: nothing when all is well. */
async function compile(type: 'module' | 'commonjs', options: object = {}): Promise<string> {
  writeJson('package.json', { type });
  writeJson('tsconfig.json', { compilerOptions: { ...STRICT, ...options }, files: ['app.ts'] });
  try {
    return (await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], { cwd: folder })).stdout;
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

const start = async () => (await run(process.execPath, ['out/app.js'], { cwd: folder })).stdout.trim();

/** By aws4, for a POST of `{"a":"é"}` with the headers that the signer adds. */
const SIGNATURE = '097485cc4d42e2f7e6fcf01bfafadc2064287aa2008338f5c03275b125b67251';

describe('src/sigV4Client.ts alone, in an app that has only crypto-js', () => {
  test.each([
    ['module', { verbatimModuleSyntax: true }],
    ['commonjs', {}],
  ] as const)(
    'compiles under strict settings and signs: %s',
    async (type, options) => {
      expect(await compile(type, options)).toBe('');
      expect(await start()).toBe(`true ${SIGNATURE}`);
    },
    60_000,
  );

  test('compiles for bundlers as well', async () => {
    const options = { module: 'esnext', moduleResolution: 'bundler', verbatimModuleSyntax: true, noEmit: true };
    expect(await compile('module', options)).toBe('');
  }, 60_000);
});
