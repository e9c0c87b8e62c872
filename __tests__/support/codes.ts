/** The codes of errors and explanations, read from the sources' types. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Types of codes that have no pages: of the refusals of `verifyRequest`, which are no errors, and AWS's own of the local identity pool. */
const WITHOUT_PAGES = ['RefusalCode', 'IdentityPoolErrorCode'];

/** The literals of each type `…Code`, and of each class's `code`, in src. */
export function readCodes(): Set<string> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return new Set(files.flatMap((name) => codesIn(readFileSync(join('src', name), 'utf8'))));
}

const hasPages = (type: string): boolean => type.endsWith('Code') && !WITHOUT_PAGES.includes(type);

/**
 * The codes that a source declares.
 * @param source The source's text.
 * @param isWanted Whether a type of codes is wanted, by its name. Default: those whose codes have pages.
 */
export function codesIn(source: string, isWanted = hasPages): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isType = ts.isTypeAliasDeclaration(node) && isWanted(node.name.text);
    const isProperty = ts.isPropertyDeclaration(node) && node.name.getText() === 'code';
    if ((isType || isProperty) && node.type) found.push(...literalsOf(node.type));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.ES2022, true));
  return found;
}

function literalsOf(type: ts.TypeNode): string[] {
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(literalsOf);
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
}
