/** The TypeScript in the documents: found, made into modules, and checked by the compiler. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';

const root = process.cwd();

/** A block of code in a document. */
export interface Snippet {
  /** The document, such as `docs/migrating.md`. */
  readonly file: string;
  /** The document, the nearest heading and, below it, the number of the block. */
  readonly name: string;
  /** The document's line that the block's first line follows. */
  readonly line: number;
  readonly code: string;
  /** Imports and declarations, on one line, that the code needs and does not have. */
  readonly head?: string;
}

/** Every block that says it is TypeScript, in README.md, docs/*.md and the site's first page. */
export function readSnippets(): Snippet[] {
  const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md') && name !== 'recipes.md');
  return ['README.md', 'site/pages/index.md', ...docs.map((name) => `docs/${name}`)].flatMap((file) =>
    findSnippets(file, readFileSync(join(root, file), 'utf8')),
  );
}

/** Every block of a document that says it is TypeScript. */
export function findSnippets(file: string, text: string): Snippet[] {
  const found: Snippet[] = [];
  let heading = '';
  let number = 0;
  let block: { language: string; fence: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const [, fence, language = ''] = /^\s*(`{3,})(\w*)/.exec(line) ?? [];
    if (block?.fence === line.trim()) {
      const { language: written, lines, line: start } = block;
      const isTypeScript = ['ts', 'tsx', 'typescript'].includes(written);
      if (isTypeScript) {
        found.push({ file, name: `${file} › ${heading} › ${++number}`, line: start, code: lines.join('\n') });
      }
      block = undefined;
    } else if (block) {
      block.lines.push(line);
    } else if (fence !== undefined) {
      block = { language, fence, line: index + 1, lines: [] };
    } else if (/^#+ /.test(line)) {
      heading = line.replace(/^#+ /, '').replaceAll('`', '');
      number = 0;
    }
  }
  return found;
}

/**
 * A snippet as a module that exports a function: so that it may await, return, and declare what a prelude has declared.
 * Line `n` of the code is line `n + 1` of the module.
 */
export function toModule({ code, head: given = '' }: Pick<Snippet, 'code' | 'head'>): string {
  const source = ts.createSourceFile('snippet.ts', code, ts.ScriptTarget.ES2022, true);
  const imports = source.statements.filter(ts.isImportDeclaration).map((statement) => statement.getText());
  // What a file exports, a function can only declare.
  const inside = code.replace(/^export (?=(?:async )?function|const|interface|type|class)/gm, '');
  const blank = (text: string) => text.replace(/[^\n]/g, '');
  const body = imports.reduce((rest, text) => rest.replace(text, blank), inside);
  const head = imports.map((text) => text.replaceAll('\n', ' ')).join(' ');
  return `${given} ${head} export default async function snippet(): Promise<unknown> {\n${body}\nreturn undefined;\n}\n`;
}

/** The sources behind the package's entries, by the name that apps import: `sigv4-client/axios` → `…/src/axios/index.ts`. */
export function entrySources(): Map<string, string> {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    name: string;
    exports: Record<string, string | { import: { default: string } }>;
  };
  const entries = Object.entries(exports).flatMap(([entry, target]) =>
    typeof target === 'string'
      ? []
      : [[name + entry.slice(1), join(root, target.import.default.replace('./dist/esm', 'src').replace(/js$/, 'ts'))]],
  );
  return new Map(entries as [string, string][]);
}

/**
 * What the compiler says about snippets, with the project's own settings, against the sources.
 * @param snippets The blocks.
 * @param prelude Declarations of what they use without declaring it.
 * @returns A text for each error, with the document's name and line.
 */
export function checkSnippets(snippets: readonly Snippet[], prelude: string): string[] {
  // In copy-in, so that './sigV4Client' is the file to copy. None of these files is written.
  const virtual = new Map(snippets.map((snippet, i) => [join(root, `copy-in/snippet${i}.ts`), toModule(snippet)]));
  const byPath = new Map([...virtual.keys()].map((path, i) => [path, snippets[i]!]));
  virtual.set(join(root, 'copy-in/prelude.d.ts'), prelude);

  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const paths = Object.fromEntries([...entrySources()].map(([name, path]) => [name, [path]]));
  const settings: ts.CompilerOptions = {
    ...options,
    paths,
    types: ['node'],
    // Examples show what there is to use; not all of it is used.
    noUnusedLocals: false,
    noUnusedParameters: false,
    allowUnreachableCode: true,
  };
  const host = ts.createCompilerHost(settings);
  host.readFile = (path) => virtual.get(path) ?? ts.sys.readFile(path);
  host.fileExists = (path) => virtual.has(path) || ts.sys.fileExists(path);
  const program = ts.createProgram([...virtual.keys()], settings, host);
  return [...byPath].flatMap(([path, snippet]) => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.map(({ start = 0, messageText }) => {
      const line = Math.max(1, file?.getLineAndCharacterOfPosition(start).line ?? 1); // imports stand together, at 0
      return `${snippet.file}:${snippet.line + line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}

/**
 * Runs a snippet.
 * @param code What the block holds.
 * @param modules What it may import, by name.
 * @param prelude What it uses without declaring it, by name.
 * @returns What the snippet returns.
 */
export async function runSnippet(
  code: string,
  modules: ReadonlyMap<string, unknown>,
  prelude: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { outputText } = ts.transpileModule(toModule({ code }), {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });
  const load = (name: string): unknown => {
    if (modules.has(name)) return modules.get(name);
    throw new Error(`Cannot find module '${name}'`);
  };
  const exports: { default?: () => Promise<unknown> } = {};
  const names = ['require', 'exports', ...Object.keys(prelude)];
  const define = compileFunction(outputText, names) as (...values: unknown[]) => void;
  define(load, exports, ...Object.values(prelude));
  return exports.default?.();
}
