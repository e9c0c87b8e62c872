/** Every regular expression of a piece of TypeScript: its literals, and what is made by `RegExp`. */
import ts from 'typescript';

/** A regular expression, and where it stands. */
export interface FoundRegex {
  /** Such as `sigv4/endpoint.ts:4`. */
  readonly place: string;
  /** `undefined` where it is made of something that is not known before the program runs. */
  readonly regex: RegExp | undefined;
  /** As it is written. */
  readonly written: string;
}

/**
 * Finds the regular expressions of a file.
 * @param file Its name, for the places.
 * @param text Its text.
 */
export function findRegexes(file: string, text: string): FoundRegex[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const constants = new Map<string, ts.Expression>();
  const found: FoundRegex[] = [];
  visit(source, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return;
    if (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) constants.set(node.name.text, node.initializer);
  });
  visit(source, (node) => {
    const regex = regexOf(node, constants);
    if (regex === undefined) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    const place = `${file}:${line + 1}`;
    found.push({ place, regex: regex ?? undefined, written: node.getText() });
  });
  return found;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => {
    visit(child, see);
  });
}

/** `undefined` where a node makes no expression, `null` where it makes one that is not known. */
function regexOf(node: ts.Node, constants: ReadonlyMap<string, ts.Expression>): RegExp | null | undefined {
  if (ts.isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/');
    return new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
  }
  if (!(ts.isNewExpression(node) || ts.isCallExpression(node)) || node.expression.getText() !== 'RegExp') {
    return undefined;
  }
  const [pattern, flags] = node.arguments ?? [];
  const text = pattern && constantText(pattern, constants);
  const flagText = flags ? constantText(flags, constants) : '';
  return text === undefined || flagText === undefined ? null : new RegExp(text, flagText);
}

/** The text that an expression always gives; `undefined` where it depends on something. */
function constantText(node: ts.Expression, constants: ReadonlyMap<string, ts.Expression>): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) {
    const value = constants.get(node.text);
    return value && constantText(value, constants);
  }
  if (ts.isTaggedTemplateExpression(node)) {
    return node.tag.getText() === 'String.raw' ? templateText(node.template, 'rawText', constants) : undefined;
  }
  if (ts.isTemplateExpression(node)) return templateText(node, 'text', constants);
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { expression: list, name } = node.expression;
    const separator = node.arguments[0] && constantText(node.arguments[0], constants);
    if (name.text !== 'join' || !ts.isArrayLiteralExpression(list) || separator === undefined) return undefined;
    return joined(
      list.elements.map((element) => constantText(element, constants)),
      separator,
    );
  }
  return undefined;
}

function templateText(
  template: ts.TemplateLiteral,
  form: 'text' | 'rawText',
  constants: ReadonlyMap<string, ts.Expression>,
): string | undefined {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template[form];
  const parts = template.templateSpans.map((span) => [constantText(span.expression, constants), span.literal[form]]);
  return joined([template.head[form], ...parts.flat()], '');
}

function joined(parts: readonly (string | undefined)[], separator: string): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(separator);
}
