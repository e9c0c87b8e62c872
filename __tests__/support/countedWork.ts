/** Sources that count what they do, so that a test can say how work grows without measuring a time. */
import { buildSync } from 'esbuild';
import ts from 'typescript';

/** A step is a call, a turn of a loop, or a character that a function of the platform goes over. */
let steps = 0;

/**
 * Loads sources anew, such that they count.
 * @param contents A module that exports what is wanted, with paths from the project's folder.
 * @returns Its exports.
 */
export function loadCounting(contents: string): unknown {
  const stdin = { contents, resolveDir: process.cwd(), loader: 'ts' as const };
  const { outputFiles } = buildSync({
    stdin,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    packages: 'external',
    write: false,
  });
  const module = { exports: {} };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is our own sources
  const load = new Function('module', 'exports', 'require', 'countStep', counting(outputFiles[0]!.text)) as (
    ...given: unknown[]
  ) => void;
  load(module, module.exports, require, () => {
    steps++;
  });
  return module.exports;
}

/** A script with a step counted at the beginning of each function and of each turn of a loop. */
function counting(script: string): string {
  const inserted = new Map<number, string>();
  const insert = (at: number, text: string): void => void inserted.set(at, (inserted.get(at) ?? '') + text);
  const visit = (node: ts.Node): void => {
    const body = bodyOf(node);
    if (body && ts.isBlock(body)) insert(body.getStart() + 1, 'countStep();');
    else if (body) insert(body.getStart(), ts.isExpression(body) ? '(countStep(), ' : '{countStep();');
    ts.forEachChild(node, visit);
    if (body && !ts.isBlock(body)) insert(body.end, ts.isExpression(body) ? ')' : '}');
  };
  visit(ts.createSourceFile('counted.js', script, ts.ScriptTarget.Latest, true));
  const places = [...inserted.keys()].sort((a, b) => a - b);
  const parts = places.map((at, i) => inserted.get(at)! + script.slice(at, places[i + 1]));
  return script.slice(0, places[0]) + parts.join('');
}

function bodyOf(node: ts.Node): ts.Node | undefined {
  if (ts.isIterationStatement(node, false)) return node.statement;
  return ts.isFunctionLike(node) && 'body' in node ? node.body : undefined;
}

/** How many steps some work takes. */
export async function stepsOf(work: () => unknown): Promise<number> {
  const restore = countPlatform();
  steps = 0;
  try {
    await work();
    return steps;
  } finally {
    restore();
  }
}

/**
 * How much some work grows where its text becomes eight times as long: about 8 where it is linear, 64 where it is quadratic.
 * @param textOf Makes a text of about that many characters.
 */
export async function growthOf(work: (text: string) => unknown, textOf: (length: number) => string): Promise<number> {
  const [short, long] = [textOf(2_000), textOf(16_000)];
  const before = await stepsOf(() => work(short));
  // Work that stops short of a text, and not of a longer one, has not grown: it has begun.
  return (await stepsOf(() => work(long))) / Math.max(before, 10 * short.length);
}

const endOf = (found: RegExpExecArray | null): number | undefined =>
  found ? found.index + found[0].length : undefined;

type Method = (this: unknown, ...given: unknown[]) => unknown;

/** Functions that go over the whole of what they are called on. */
const WHOLE: [prototype: object, names: string[]][] = [
  [String.prototype, ['normalize', 'split', 'toLowerCase', 'toUpperCase', 'trim', 'trimEnd', 'trimStart']],
  [String.prototype, ['match', 'matchAll', 'replace', 'replaceAll', 'search', 'isWellFormed', 'toWellFormed']],
  [Array.prototype, ['concat', 'fill', 'includes', 'indexOf', 'join', 'reverse', 'shift', 'slice', 'unshift']],
];

/** Functions that go over the whole of what they are given. */
const GIVEN: [owner: object, names: string[]][] = [
  [globalThis, ['decodeURIComponent', 'encodeURIComponent', 'atob', 'btoa']],
  [JSON, ['parse']],
  [TextEncoder.prototype, ['encode']],
];

/** Functions that go on from a place to what they find. */
const FINDING: [prototype: object, names: string[]][] = [[String.prototype, ['indexOf', 'includes']]];

/** Has the functions of the platform count, until what is returned is called. */
function countPlatform(): () => void {
  const restores: (() => void)[] = [];
  const watch = (lists: typeof WHOLE, costOf: (own: Method, self: string, given: unknown[]) => number): void => {
    for (const [owner, names] of lists)
      for (const name of names) {
        const own = Reflect.get(owner, name) as Method | undefined;
        if (!own) continue;
        const counted: Method = function (...given) {
          steps += costOf(own, this as string, given);
          return Reflect.apply(own, this, given);
        };
        Reflect.set(owner, name, counted);
        restores.push(() => Reflect.set(owner, name, own));
      }
  };
  // Called by Reflect.apply alone, since they are about to be replaced.
  const exec = Reflect.get(RegExp.prototype, 'exec') as Method;
  const indexOf = Reflect.get(String.prototype, 'indexOf') as Method;
  watch(WHOLE, (_, self) => self.length);
  watch(GIVEN, (_, _self, [text]) => String(text).length);
  watch(FINDING, (_, self, [text, from = 0]) => {
    const at = Reflect.apply(indexOf, self, [text, from]) as number;
    return (at < 0 ? self.length : at) - (from as number);
  });
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = Reflect.apply(exec, this, [text]) as RegExpExecArray | null;
    // That an expression takes linear time from one place is tested by itself.
    const end = endOf(found) ?? (this.sticky ? from + 1 : text.length);
    steps += Math.max(end - from, 1);
    return found;
  };
  restores.push(() => Reflect.set(RegExp.prototype, 'exec', exec));
  return () => {
    for (const restore of restores) restore();
  };
}
