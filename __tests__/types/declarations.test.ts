/** Packages that build on this one and have declarations of their own (`declaration: true`) can name every type that they get. */
import { join } from 'node:path';
import ts from 'typescript';
import { entrySources } from '../support/docsSnippets';

const root = process.cwd();
/** An app, and where it finds this package. Nothing is written there. */
const app = join(root, '__tests__/app');
const installed = join(app, 'node_modules/sigv4-client');
const settings: ts.CompilerOptions = {
  strict: true,
  skipLibCheck: true,
  declaration: true,
  emitDeclarationOnly: true,
  esModuleInterop: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  types: ['node'],
};

/** The declarations of the package as its build makes them, and its package.json. */
function build(): Map<string, string> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.build.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = new Map([
    [join(installed, 'package.json'), ts.sys.readFile(join(root, 'package.json'))!],
    [join(installed, 'dist/esm/package.json'), '{ "type": "module" }'],
  ]);
  const outDir = join(installed, 'dist/esm');
  const program = ts.createProgram(fileNames, { ...options, outDir, emitDeclarationOnly: true });
  program.emit(undefined, (path, text) => files.set(path, text));
  return files;
}

const files = build();
const parsed = new Map<string, ts.SourceFile | undefined>();

/** A program of an app's source, which finds the package and all that is really there. */
function compile(path: string, text: string): ts.Program {
  const host = ts.createCompilerHost(settings);
  const read = host.getSourceFile.bind(host);
  const written = new Map([...files, [path, text], [join(app, 'package.json'), '{ "type": "module" }']]);
  host.readFile = (name) => written.get(name) ?? ts.sys.readFile(name);
  host.fileExists = (name) => written.has(name) || ts.sys.fileExists(name);
  host.directoryExists = (name) => name.startsWith(app) || ts.sys.directoryExists(name);
  host.getSourceFile = (name, ...rest) => {
    if (!parsed.has(name)) parsed.set(name, read(name, ...rest));
    return parsed.get(name);
  };
  return ts.createProgram([path], settings, host);
}

/** An app that uses all of an entry's types, and leaves the types of what it exports to the compiler. */
function writeApp(entry: string): string {
  const head = `import type * as E from '${entry}';`;
  const path = join(app, entry, 'head.ts');
  const program = compile(path, head);
  const checker = program.getTypeChecker();
  const [line] = program.getSourceFile(path)!.statements as unknown as [ts.ImportDeclaration];
  const names = checker.getExportsOfModule(checker.getSymbolAtLocation(line.moduleSpecifier)!);
  return [head, ...names.map((name) => useOf(name, checker))].join('\n');
}

function useOf(exported: ts.Symbol, checker: ts.TypeChecker): string {
  const { name, flags } = exported;
  const symbol = flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const use = `export const of_${name} =`;
  if (symbol.flags & ts.SymbolFlags.Function) {
    return `${use} (took: Parameters<typeof E.${name}>, gave: ReturnType<typeof E.${name}>) => [...took, gave];`;
  }
  if (symbol.flags & ts.SymbolFlags.Variable) return `${use} (value: typeof E.${name}) => [value];`;
  const needsTypes = symbol.declarations!.some((node) =>
    ts.getEffectiveTypeParameterDeclarations(node as ts.InterfaceDeclaration).some(({ default: given }) => !given),
  );
  return needsTypes ? '' : `${use} (value: E.${name} & object) => ({ ...value });`;
}

/** What the compiler cannot declare of an app that uses an entry. */
function undeclarable(entry: string): string[] {
  const path = join(app, entry, 'index.ts');
  const program = compile(path, writeApp(entry));
  const found = program.getDeclarationDiagnostics(program.getSourceFile(path));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

test.each([...entrySources().keys()])('%s', (entry) => {
  expect(writeApp(entry)).toContain('export const of_');
  expect(undeclarable(entry)).toEqual([]);
});
