// Joins the modules of src/sigv4/ into one TypeScript file.
import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import ts from 'typescript';

const FOLDER = resolve('src/sigv4');
const DOOR = resolve(FOLDER, 'index.ts');
const WIDTH = 120;

/**
 * The text of the joined file: each module below those that it imports, without the imports of one another, and without
 * the `export` of what is not public.
 * @param {string} header The comment at the top.
 */
export function joinModules(header) {
  const sources = modulesInOrder();
  const isPublic = publicNames();
  const packageImports = new Set();
  const parts = sources.map((source) => readModule(source, isPublic, packageImports));
  refuseTwins(parts.flatMap(({ statements }) => statements));
  const needed = neededNames(parts.flatMap(({ statements }) => statements));
  const sections = parts
    .map(({ name, comment, statements }) => {
      const kept = statements.filter(({ names }) => names.some((each) => needed.has(each)));
      return kept.length === 0 ? '' : [sectionHead(name, comment), ...kept.map(({ text }) => text)].join('\n');
    })
    .filter(Boolean);
  return [header + '\n' + [...packageImports].join('\n'), ...sections].join('\n\n') + '\n';
}

/** The modules, each behind those that it imports. */
function modulesInOrder() {
  const found = new Map();
  function visit(file) {
    if (found.has(file)) return;
    found.set(file, undefined);
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    for (const { moduleSpecifier } of source.statements) {
      if (moduleSpecifier?.text.startsWith('.'))
        visit(resolve(dirname(file), moduleSpecifier.text.replace(/js$/, 'ts')));
    }
    found.delete(file); // now it comes behind what it imports
    found.set(file, source);
  }
  visit(DOOR);
  found.delete(DOOR);
  return [...found.values()];
}

/** Whether the package's front door exports a name: whichever room hands it on, a name stands for one thing. */
function publicNames() {
  const door = ts.createSourceFile('index.ts', readFileSync('src/index.ts', 'utf8'), ts.ScriptTarget.Latest, true);
  const names = door.statements.flatMap(({ exportClause }) => exportClause.elements.map(({ name }) => name.text));
  return (name) => names.includes(name);
}

/** A module's name, its first comment, and its own statements with their comments. */
function readModule(source, isPublic, packageImports) {
  const { text } = source;
  const [comment] = ts.getLeadingCommentRanges(text, 0) ?? [];
  if (!comment) throw new Error(`${source.fileName}: begins with no comment that says what it is`);
  const statements = [];
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      if (!statement.moduleSpecifier.text.startsWith('.')) packageImports.add(lineOf(text, statement.getStart()));
      else refuseRenaming(statement);
      continue;
    }
    const names = namesOf(statement);
    const isKept = names.includes('default') || names.some(isPublic);
    const before = text.slice(Math.max(statement.getFullStart(), comment.end), statement.getStart());
    const own = statement.getText();
    const written = before.trimStart() + (isKept ? own : own.replace(/^export /, ''));
    const uses = usesOf(statement);
    statements.push({ names, isKept, uses, text: /^\s*\n\s*\n/.test(before) ? `\n${written}` : written });
  }
  return { name: basename(source.fileName, '.ts'), comment: text.slice(comment.pos, comment.end), statements };
}

/** The line that begins at a place, so that a comment behind an import stays. */
const lineOf = (text, start) => text.slice(start, text.indexOf('\n', start));

function refuseRenaming({ importClause, moduleSpecifier }) {
  const { namedBindings } = importClause ?? {};
  const isPlain = namedBindings && ts.isNamedImports(namedBindings) && !importClause.name;
  if (isPlain && namedBindings.elements.every(({ propertyName }) => !propertyName)) return;
  throw new Error(`${moduleSpecifier.getSourceFile().fileName}: import ${moduleSpecifier.text} by its names`);
}

/** What a statement declares; `default` for the default export. */
function namesOf(statement) {
  if (ts.isExportAssignment(statement)) return ['default'];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.text);
  if (statement.name) return [statement.name.text];
  throw new Error(`${statement.getSourceFile().fileName}: cannot join ${statement.getText()}`);
}

/** The names that a statement mentions. */
function usesOf(statement) {
  const uses = new Set();
  (function visit(node) {
    const isProperty = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && !isProperty) uses.add(node.text);
    ts.forEachChild(node, visit);
  })(statement);
  return uses;
}

function refuseTwins(statements) {
  const seen = new Set();
  for (const name of statements.flatMap(({ names }) => names)) {
    if (seen.has(name)) throw new Error(`two modules of src/sigv4/ declare ${name}: the joined file can have it once`);
    seen.add(name);
  }
}

/** The public names, and all that they need. */
function neededNames(statements) {
  const byName = new Map(statements.flatMap((statement) => statement.names.map((name) => [name, statement])));
  const needed = new Set();
  function need(name) {
    const statement = byName.get(name);
    if (!statement || needed.has(name)) return;
    needed.add(name);
    for (const used of statement.uses) need(used);
  }
  for (const { names, isKept } of statements) if (isKept) names.forEach(need);
  return needed;
}

/** A module's first comment, as the mark of a section. */
function sectionHead(name, comment) {
  const lines = comment.replace(/^\/\*\*|\*\/$/g, '').split('\n');
  const words = lines.map((line) => line.replace(/^\s*\*?/, '').trim()).filter(Boolean);
  return [`// ---- ${name} `.padEnd(WIDTH, '-'), ...words.map((line) => `// ${line}`), ''].join('\n');
}
