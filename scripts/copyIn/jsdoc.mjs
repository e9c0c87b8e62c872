// Writes a TypeScript file's types as JSDoc, and then leaves the types out: JavaScript that editors and `checkJs` understand
// as they understand the TypeScript.
import ts from 'typescript';
import { comment, descriptionOf, rawComment, readComment } from './comments.mjs';
import { checkProgram, failOn, programOf } from './program.mjs';

/**
 * The JavaScript of a TypeScript file.
 * @param {string} fileName Where it would stand, so that its imports are found.
 * @param {string} text
 * @param {ts.ScriptTarget} target
 */
export function toJavaScript(fileName, text, target) {
  const typed = addJsDoc(fileName, markBlankLines(text));
  const options = { target, module: ts.ModuleKind.ESNext, useDefineForClassFields: false };
  const { outputText, diagnostics } = ts.transpileModule(typed, { compilerOptions: options, reportDiagnostics: true });
  failOn(diagnostics);
  const [helper] = /\b__\w+(?= =)/.exec(outputText) ?? [];
  if (helper) throw new Error(`the compiler needs ${helper} for it: write it without, for ES2017's sake`);
  return readable(outputText);
}

// The compiler drops blank lines, and keeps comments.
const BLANK = '//<blank>';
const markBlankLines = (text) => text.replace(/\n(?=\n)/g, `\n${BLANK}`);

/** The compiler's text as people write it: with its blank lines, and `!= null` for a comparison with both. */
const readable = (text) =>
  text
    .replaceAll(/^[ \t]*\/\/<blank>$/gm, '')
    .replaceAll(/ !== null && ([\w.$]+) !== void 0 \? \1 :/g, ' != null ? $1 :')
    .replaceAll(/ === null \|\| ([\w.$]+) === void 0 \? void 0 :/g, ' == null ? undefined :')
    .replaceAll('void 0', 'undefined');

/** The TypeScript with its types written once more, as JSDoc. */
function addJsDoc(fileName, text) {
  const program = checkProgram(programOf(fileName, text));
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(fileName);
  const edits = [];
  const replace = (start, end, replacement) => edits.push({ start, end, replacement });
  const insert = (at, replacement) => replace(at, at, replacement);
  visit(source);
  return applyEdits(text, edits);

  function visit(node) {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      replace(node.getStart(source, true), node.end, typedefOf(node));
      return;
    }
    if (ts.isFunctionDeclaration(node)) document(node, node);
    else if (ts.isClassDeclaration(node)) documentClass(node);
    else if (ts.isVariableStatement(node)) documentVariable(node);
    else if (ts.isArrowFunction(node) || ts.isMethodDeclaration(node)) annotateParameters(node);
    else if (ts.isAsExpression(node)) cast(node);
    else if (ts.isNonNullExpression(node)) assertPresent(node);
    else if (ts.isNewExpression(node) && node.typeArguments) castNew(node);
    else if (ts.isCallExpression(node) && node.typeArguments) refuse(node, 'types of a call: let them be inferred');
    ts.forEachChild(node, visit);
  }

  function refuse(node, what) {
    throw new Error(`${node.getText()}: JSDoc has no words for ${what}`);
  }

  // ---- Types

  /** An interface or a type alias as a `@typedef`; the properties of others that it takes over are its own there. */
  function typedefOf(node) {
    const name = node.name.text;
    const lines = [...descriptionOf(node), ...(node.typeParameters ?? []).map((each) => `@template ${each.getText()}`)];
    const isObject =
      ts.isInterfaceDeclaration(node) || /^(TypeLiteral|IntersectionType)$/.test(ts.SyntaxKind[node.type.kind]);
    if (!isObject) return comment([...lines, `@typedef {${typeText(node.type)}} ${name}`]);
    const properties = checker.getPropertiesOfType(checker.getTypeAtLocation(node)).map(propertyLine);
    return comment([...lines, `@typedef {object} ${name}`, ...properties]);
  }

  function propertyLine(symbol) {
    const [node] = symbol.declarations;
    const type = ts.isMethodSignature(node)
      ? `(${node.parameters.map(typeText).join(', ')}) => ${typeText(node.type)}`
      : typeText(node.type);
    const name = symbol.flags & ts.SymbolFlags.Optional ? `[${symbol.name}]` : symbol.name;
    return `@property {${type}} ${name} ${descriptionOf(node).join(' ')}`.trimEnd();
  }

  /** A type as it is written, on one line and without comments. */
  function typeText(node) {
    return node
      .getText()
      .replaceAll(/\/\*.*?\*\/|\/\/.*/gs, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/^\| |(?<=\[) |,? (?=\])/g, '');
  }

  function inferredText(type, node) {
    return checker.typeToString(type, node, ts.TypeFormatFlags.NoTruncation);
  }

  // ---- Functions

  /** Gives the comment of a declaration the types of its function's parameters and of its result. */
  function document(declaration, fn) {
    const { description, tags } = readComment(declaration);
    const params = fn.parameters.map((parameter) => {
      const name = parameterName(parameter);
      const type = parameter.type ? typeText(parameter.type) : inferredText(checker.getTypeAtLocation(parameter), fn);
      const isOptional = parameter.questionToken || parameter.initializer;
      const words = tags
        .find(({ tag, text }) => tag === 'param' && text.split(/\s/)[0] === name)
        ?.text.slice(name.length);
      return `@param {${type}} ${isOptional ? `[${name}]` : name}${words ?? ''}`;
    });
    const others = tags.filter(({ tag }) => tag !== 'param' && tag !== 'returns');
    const lines = [...description, ...params];
    if (!ts.isConstructorDeclaration(fn)) {
      const result = checker.getReturnTypeOfSignature(checker.getSignatureFromDeclaration(fn));
      const words = tags.find(({ tag }) => tag === 'returns')?.text;
      lines.push(`@returns {${fn.type ? typeText(fn.type) : inferredText(result, fn)}} ${words ?? ''}`.trimEnd());
    }
    setComment(declaration, [...lines, ...others.map(({ tag, text }) => `@${tag} ${text}`.trimEnd())]);
  }

  /** A parameter's name; of one that is taken apart, that of its type. */
  function parameterName({ name, type }) {
    if (ts.isIdentifier(name)) return name.text;
    const text = /\w+$/.exec(type.getText().replace(/<.*/s, ''))?.[0] ?? 'options';
    return (text === 'Pick' ? 'options' : text).replace(/^./, (first) => first.toLowerCase());
  }

  /** Of a function within an expression, the types that it does not get from where it stands. */
  function annotateParameters(fn) {
    if (isNamed(fn)) return;
    for (const { name, type } of fn.parameters) if (type) insert(name.getStart(), `/** @type {${typeText(type)}} */ `);
  }

  function isNamed({ parent }) {
    return ts.isVariableDeclaration(parent) && !parent.type && ts.isVariableStatement(parent.parent.parent);
  }

  function documentVariable(node) {
    const [{ initializer, type }] = node.declarationList.declarations;
    if (initializer && ts.isArrowFunction(initializer) && !type) document(node, initializer);
    else if (type) setComment(node, [...rawComment(node), `@type {${typeText(type)}}`]);
  }

  // ---- Classes

  /** The fields of a class become assignments of its constructor, with their comments. */
  function documentClass(node) {
    const fields = node.members.filter(ts.isPropertyDeclaration);
    const constructor = node.members.find(ts.isConstructorDeclaration);
    document(constructor, constructor);
    const [first, ...rest] = constructor.body.statements; // super()
    const started = [];
    for (const field of fields) {
      const type = field.type ? typeText(field.type) : inferredText(checker.getTypeAtLocation(field), node);
      const doc = comment([...rawComment(field), `@type {${type}}`]); // `@readonly` would forbid a subclass to set it
      replace(field.getStart(source, true), field.end, '');
      const assigned = rest.find((statement) => statement.getText().startsWith(`this.${field.name.text} = `));
      if (field.initializer) started.push(`\n${doc}\nthis.${field.name.text} = ${field.initializer.getText()};`);
      else if (assigned) insert(assigned.getStart(), `${doc}\n`);
      else refuse(field, 'a field that the constructor does not set');
    }
    insert(first.end, started.join(''));
  }

  // ---- Expressions

  function cast({ expression, type, parent }) {
    if (ts.isAsExpression(parent)) return; // of `x as unknown as T`, the outer one writes both
    const through = ts.isAsExpression(expression) ? ` (/** @type {unknown} */` : '';
    const inner = through ? expression.expression : expression;
    insert(inner.getStart(), `/** @type {${typeText(type)}} */${through} (`);
    replace(inner.end, type.end, through ? '))' : ')');
  }

  function assertPresent({ expression, end }) {
    const type = checker.getTypeAtLocation(expression);
    const present = checker.getNonNullableType(type);
    replace(expression.end, end, present === type ? '' : ')');
    if (present !== type) insert(expression.getStart(), `/** @type {${inferredText(present, expression)}} */ (`);
  }

  function castNew(node) {
    insert(
      node.getStart(),
      `/** @type {${node.expression.getText()}<${node.typeArguments.map(typeText).join(', ')}>} */ (`,
    );
    replace(node.typeArguments.pos - 1, node.typeArguments.end + 1, '');
    insert(node.end, ')');
  }

  // ---- Comments

  function setComment(node, lines) {
    const at = node.getStart();
    replace(node.jsDoc?.length ? node.jsDoc.at(-1).pos : at, at, `${comment(lines)}\n`);
  }
}

/** Edits never overlap, but for insertions at one place, which keep the order in which they came. */
function applyEdits(text, edits) {
  let result = '';
  let done = 0;
  for (const { start, end, replacement } of edits.sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < done) throw new Error(`two edits at ${text.slice(start, end)}`);
    result += text.slice(done, start) + replacement;
    done = end;
  }
  return result + text.slice(done);
}
