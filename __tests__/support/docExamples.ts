/** The examples in the doc comments, which editors and the site's reference show: found, and made whole for the compiler. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { entrySources } from './docsSnippets';
import type { Snippet } from './docsSnippets';

const root = process.cwd();

/** Every example of `src/`. */
export function readExamples(): Snippet[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name).replaceAll('\\', '/'))
    .sort()
    .flatMap((file) => findExamples(file, readFileSync(join(root, file), 'utf8')));
}

/** Every example in the doc comments of a source. */
export function findExamples(file: string, text: string): Snippet[] {
  const found: Snippet[] = [];
  let lines: string[] | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const inside = /^\s*\* ?(?!\/)(.*)$/.exec(line)?.[1];
    if (inside === undefined || inside.startsWith('@')) lines = undefined;
    if (inside?.startsWith('@example')) {
      lines = [];
      found.push({ file, name: `${file}:${index + 1}`, line: index + 1, code: '' });
    } else if (lines && inside !== undefined) {
      lines.push(inside);
      found.push({ ...found.pop()!, code: lines.join('\n') });
    }
  }
  return found;
}

/** Where a name can be imported from, and what the compiler knows of it. */
export interface Source {
  /** What to import: `sigv4-client/axios`, or a source's path. */
  readonly name: string;
  readonly exports: ReadonlyMap<string, ts.Symbol>;
}

/** The package's entries and every source of `src/`, as the compiler sees them. */
export function readSources(): { entries: Source[]; sources: Map<string, Source>; checker: ts.TypeChecker } {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  // What src/ exports is its own: the types of other packages need not be read.
  host.resolveModuleNameLiterals = (literals, path) =>
    literals.map(({ text }) => {
      if (!text.startsWith('.')) return { resolvedModule: undefined };
      return ts.resolveModuleName(text, path, options, host);
    });
  const files = fileNames.map((path) => relative(root, path)).filter((file) => file.startsWith('src/'));
  const program = ts.createProgram(files, { ...options, types: [] }, host);
  const checker = program.getTypeChecker();
  const read = (name: string, path: string): Source => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(path)!)!;
    const found = checker.getExportsOfModule(module).map((symbol) => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
      return [symbol.name, isAlias ? checker.getAliasedSymbol(symbol) : symbol] as const;
    });
    return { name, exports: new Map(found) };
  };
  const entries = [...entrySources()].map(([name, path]) => read(name, path));
  const modules = files.filter((file) => checker.getSymbolAtLocation(program.getSourceFile(file)!) !== undefined);
  const sources = new Map(modules.map((file) => [file, read(`../${file.replace(/ts$/, 'js')}`, file)]));
  return { entries, sources, checker };
}

/** The names in a text that are not those of properties, and those that it imports. */
function namesIn(code: string): { used: Set<string>; imported: Set<string> } {
  const used = new Set<string>();
  const imported = new Set<string>();
  const visit = (node: ts.Node): void => {
    const isProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isProperty) used.add(node.text);
    if (ts.isImportSpecifier(node)) imported.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true), visit);
  return { used, imported };
}

/** What examples leave to their reader: by the folder that an example's file is in, and below it by the name, declarations. */
export type Declarations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Modules that examples import as an app's own. */
const APP_MODULES = { "'./api.js'": "'../__tests__/support/notesApiPaths.js'" };

/**
 * Makes an example whole, so that the compiler can check it: what it uses of the package is imported, and what else it leaves to its
 * reader is declared.
 * @param example The example.
 * @param sources Where its names may come from, the first first.
 * @param declarations What examples leave to their reader; the longest folder counts.
 */
export function completeExample(example: Snippet, sources: readonly Source[], declarations: Declarations): Snippet {
  const folders = Object.keys(declarations)
    .filter((folder) => example.file.startsWith(folder))
    .sort((a, b) => b.length - a.length);
  const { used, imported } = namesIn(example.code);
  const head = [...used].flatMap((name) => {
    if (imported.has(name)) return [];
    const folder = folders.find((one) => declarations[one]?.[name] !== undefined);
    if (folder !== undefined) return [declarations[folder]![name]!];
    const source = sources.find(({ exports }) => exports.has(name));
    return source ? [`import { ${name} } from '${source.name}';`] : [];
  });
  const code = Object.entries(APP_MODULES).reduce((text, [name, path]) => text.replace(name, path), example.code);
  return { ...example, code, head: head.join(' ') };
}

/** Functions and methods of the package that have no example in their doc comment; a type's example is that of its methods too. */
export function withoutExample({ name, exports }: Source, checker: ts.TypeChecker): string[] {
  return [...exports].flatMap(([exported, symbol]) => {
    const { declarations = [] } = symbol;
    if (declarations.some((node) => !ts.isFunctionDeclaration(node) && hasExample(node))) return [];
    const properties = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
    const methods = properties.flatMap((property) => property.declarations?.filter(isMethod) ?? []);
    // The one with the body is hidden behind the others, which are what callers see.
    const functions = declarations.filter((node) => ts.isFunctionDeclaration(node) && !(node.body && declarations[1]));
    const found = [...functions, ...methods].filter((node) => !hasExample(node)) as ts.NamedDeclaration[];
    return found.map((node) => `${name}: ${exported}, ${node.name?.getText() ?? ''}`);
  });
}

const tagsOf = (node: ts.Node) => ts.getJSDocTags(node).map(({ tagName }) => tagName.text);
const hasExample = (node: ts.Node) => tagsOf(node).includes('example');

/** A method of the package's own, or a property that always holds a function: what may be missing is an option, which an app gives. */
function isMethod(node: ts.Node): boolean {
  if (node.getSourceFile().fileName.includes('node_modules') || tagsOf(node).includes('internal')) return false;
  if (ts.isMethodSignature(node) || ts.isMethodDeclaration(node)) {
    const isProtected = ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Protected;
    return !isProtected && !ts.isPrivateIdentifier(node.name);
  }
  const isOption = ts.isPropertySignature(node) && node.questionToken !== undefined;
  return ts.isPropertySignature(node) && !isOption && node.type !== undefined && ts.isFunctionTypeNode(node.type);
}
