import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** Who may import what. A room's own inner files need no mention; `type:` allows types alone. */
const RULES: Record<string, readonly string[]> = {
  index: ['sigV4Client', 'errors', 'signedFetch', 'explain'],
  sigV4Client: ['crypto-js'],
  'hash/node': ['type:sigV4Client', 'node:crypto'],
  'hash/web': ['type:sigV4Client'],
  errors: ['sigV4Client'],
  explain: ['sigV4Client'],
  signedFetch: ['sigV4Client', 'errors', 'explain', 'hash/web'],
  axios: ['sigV4Client', 'signedFetch', 'type:axios'],
  cognito: ['errors', 'amazon-cognito-identity-js', 'aws-sdk'],
  invokeApig: ['cognito', 'signedFetch', 'errors'],
  verify: ['sigV4Client'],
  local: ['verify', 'sigV4Client', 'jose', 'cognito-local', 'node:*'],
};

/** The room of a file under `src`: its front file's name; `hash` has two doors. */
function roomOf(path: string): string {
  const [first = '', second = ''] = path.replace(/\.[cm]?[jt]sx?$/, '').split('/');
  return first === 'hash' ? `${first}/${second}` : first;
}

interface Import {
  from: string;
  typeOnly: boolean;
}

/** All that a source imports, in whichever form. */
function importsOf(source: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined, typeOnly: boolean) => {
    // A name that is made up at run time cannot be checked, so it is not allowed.
    if (node) found.push({ from: ts.isStringLiteralLike(node) ? node.text : '(computed)', typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isImportTypeNode(node)) add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node, true);
    else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
      if (isImport || (ts.isIdentifier(expression) && expression.text === 'require')) add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true));
  return found;
}

/** `import type …`, or braces with nothing but `type` names. */
function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause?.name ? undefined : clause?.namedBindings;
  return names !== undefined && ts.isNamedImports(names) && names.elements.every((element) => element.isTypeOnly);
}

/** The room or package that an import names. */
function targetOf(path: string, from: string): string {
  if (from.startsWith('.')) return roomOf(posix.join(posix.dirname(path), from));
  return from.startsWith('@') ? from.split('/', 2).join('/') : (from.split('/')[0] ?? from);
}

/** What `path` imports though its room may not. */
function forbidden(path: string, source: string): string[] {
  const room = roomOf(path);
  const rules = RULES[room];
  if (!rules) return [`${path}: the room "${room}" has no rule`];
  const isAllowed = ({ from, typeOnly }: Import): boolean => {
    const target = targetOf(path, from);
    if (from.startsWith('.') && target === room) return true;
    if (target.startsWith('node:') && rules.includes('node:*')) return true;
    return rules.includes(target) || (typeOnly && rules.includes(`type:${target}`));
  };
  return importsOf(source)
    .filter((found) => !isAllowed(found))
    .map(({ from }) => `${path} imports ${from}`);
}

const src = join(process.cwd(), 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'));

describe('import directions', () => {
  test.each(files)('%s', (path) => {
    expect(forbidden(path, readFileSync(join(src, path), 'utf8'))).toEqual([]);
  });

  test('relative imports end in .js and lead to a file', () => {
    for (const path of files) {
      for (const { from } of importsOf(readFileSync(join(src, path), 'utf8'))) {
        if (!from.startsWith('.')) continue;
        const target = posix.join(posix.dirname(path), from.replace(/\.js$/, '.ts'));
        expect([path, from, from.endsWith('.js'), existsSync(join(src, target))]).toEqual([path, from, true, true]);
      }
    }
  });

  test('the rules go down only: no room reaches itself', () => {
    const reach = (room: string, seen: string[] = []): string[] =>
      (RULES[room] ?? []).flatMap((next) => (seen.includes(next) ? [next] : [next, ...reach(next, [...seen, next])]));
    for (const room of Object.keys(RULES)) expect(reach(room)).not.toContain(room);
  });
});

describe('a forbidden import is found', () => {
  test.each([
    ['sigV4Client.ts', "import { x } from './errors.js';"],
    ['sigV4Client.ts', "import type { X } from './errors.js';"],
    ['sigV4Client.ts', "import './errors.js';"],
    ['sigV4Client.ts', "export { x } from './errors.js';"],
    ['sigV4Client.ts', "export * from './errors.js';"],
    ['sigV4Client.ts', "export type { X } from './errors.js';"],
    ['sigV4Client.ts', "const x = await import('./errors.js');"],
    ['sigV4Client.ts', "const x = require('./errors.js');"],
    ['sigV4Client.ts', "import x = require('./errors.js');"],
    ['sigV4Client.ts', "let x: import('./errors.js').X;"],
    ['sigV4Client.ts', "import crypto from 'node:crypto';"],
    ['sigV4Client.ts', 'const x = await import(name);'],
    ['sigV4Client.ts', 'import {\n  a,\n  b,\n}\nfrom\n"./errors.js";'],
    ['index.ts', "export { login } from './cognito.js';"],
    ['index.ts', "import axios from 'axios';"],
    ['errors.ts', "import { signedFetch } from './signedFetch.js';"],
    ['signedFetch.ts', "import { nodeHash } from './hash/node.js';"],
    ['hash/node.ts', "import { sha256Hex } from '../sigV4Client.js';"],
    ['hash/node.ts', "import { sha256Hex, type HashEngine } from '../sigV4Client.js';"],
    ['axios.ts', "import axios from 'axios';"],
    ['cognito/session.ts', "import { createApig } from '../invokeApig.js';"],
    ['cognito/session.ts', "import { newClient } from '../sigV4Client.js';"],
    ['invokeApig/core.ts', "import { newClient } from '../sigV4Client.js';"],
    ['verify/checks.ts', "import { timingSafeEqual } from 'node:crypto';"],
    ['verify/checks.ts', "import { listen } from '../local/http.js';"],
    ['local/http.ts', "import { login } from '../cognito.js';"],
    ['elsewhere.ts', ''],
  ])('%s: %s', (path, source) => {
    expect(forbidden(path, source)).toHaveLength(1);
  });

  test.each([
    ['sigV4Client.ts', "import SHA256 from 'crypto-js/sha256.js'; // from './errors.js'"],
    ['hash/node.ts', "import { createHash } from 'node:crypto';\nimport type { HashEngine } from '../sigV4Client.js';"],
    ['hash/web.ts', "import { type HashEngine } from '../sigV4Client.js';"],
    ['axios.ts', "import type { AxiosInstance } from 'axios';\nimport { newClient } from './sigV4Client.js';"],
    ['cognito/session.ts', "import { storage } from './storage.js';\nimport { AuthError } from '../errors.js';"],
    ['invokeApig/core.ts', "import { login } from '../cognito/account.js';\nimport { x } from '../signedFetch.js';"],
    ['local/inner/http.ts', "import http from 'node:http';\nimport { verifyRequest } from '../../verify.js';"],
    ['signedFetch.ts', "import { digest } from './hash/web.js';\nconst text = \"import x from './cognito.js'\";"],
  ])('and an allowed one is not: %s: %s', (path, source) => {
    expect(forbidden(path, source)).toEqual([]);
  });
});
