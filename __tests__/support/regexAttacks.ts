/** Hostile text for a regular expression, made from its own parts, and what it costs. */
import { visitRegExpAST } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';
import { acceptsChar, countSteps, parseRegex } from './regexSteps';

/** A beginning that leads to some part of an expression, a piece that keeps it busy, and an end that it does not take. */
export interface Attack {
  readonly start: string;
  readonly piece: string;
  readonly end: string;
}

const PROBES = [...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)), 'é', '\u2028', '\ufffd'];
const ENDS = ['', '\n\u0001'];
/** What is repeated more rarely costs a part of the text no more than that. */
const OFTEN = 20;
/** How many samples of one part are tried. */
const MAX_SAMPLES = 3;
/** How many are tried of what is likeliest to hurt. */
const MAX_STARTS = 8;
const MAX_PIECES = 160;
/** Of long expressions fewer, or they take most of the time. */
const piecesFor = ({ source }: RegExp): number => Math.min(MAX_PIECES, Math.max(40, 40_000 / source.length));

/**
 * The attacks on an expression.
 *
 * Work grows faster than the text where a repeated piece can be taken in two ways, or taken from many starts. So the pieces are:
 * one of each kind of character that repeated parts tell apart, what a repeated part takes, and everything up to one.
 */
export function attacksOn(regex: RegExp): Attack[] {
  const pattern = parseRegex(regex);
  const starts = new Set(['', '\u0001']);
  const kinds = kindsOfCharacters(pattern, regex.flags);
  const pieces = new Set(kinds);
  const loops: AST.Quantifier[] = [];
  visitRegExpAST(pattern, {
    onQuantifierEnter: (quantifier) => {
      if (isLoop(quantifier)) loops.push(quantifier);
    },
  });
  if (loops.length === 0) return []; // the work at one place is no longer than the expression
  for (const loop of loops) {
    for (const before of samplesBefore(loop, regex.flags)) starts.add(before);
    for (const piece of samplesOf(loop.element, regex.flags)) pieces.add(piece);
    for (const piece of samplesAround(loop, regex.flags)) pieces.add(piece);
  }
  for (const whole of samplesOf(pattern, regex.flags).slice(0, MAX_SAMPLES)) pieces.add(whole).add(whole.slice(0, -1));
  if (/\\b/i.test(regex.source)) for (const piece of [...pieces]) for (const before of ' -') pieces.add(before + piece);
  for (const text of shortTexts(kinds)) pieces.add(text);
  pieces.delete('');
  return [...starts]
    .slice(0, MAX_STARTS)
    .flatMap((start) =>
      [...pieces].slice(0, piecesFor(regex)).flatMap((piece) => ENDS.map((end): Attack => ({ start, piece, end }))),
    );
}

/** Whether a part is repeated often enough to count: in itself, or with what stands around it. */
function isLoop({ max, parent }: AST.Quantifier): boolean {
  if (max > OFTEN) return true;
  for (let around = parent as AST.Node | null; around && max > 1; around = around.parent) {
    if (around.type === 'Quantifier' && around.max > 1) return true;
  }
  return false;
}

type CharNode = AST.Character | AST.CharacterSet | AST.CharacterClass;

/** One of each kind of character: those that no repeated part tells apart are of one kind. */
function kindsOfCharacters(pattern: AST.Pattern, flags: string): string[] {
  const tests: ((char: string) => boolean)[] = [(char) => /\w/.test(char), (char) => /[\n\r\u2028]/.test(char)];
  let depth = 0;
  const see = (node: CharNode) => {
    const isWhole = node.parent.type !== 'CharacterClass' && node.parent.type !== 'CharacterClassRange';
    if (depth > 0 && isWhole) tests.push(acceptsChar(node, flags));
  };
  visitRegExpAST(pattern, {
    onQuantifierEnter: (quantifier) => {
      if (isLoop(quantifier)) depth++;
    },
    onQuantifierLeave: (quantifier) => {
      if (isLoop(quantifier)) depth--;
    },
    onCharacterEnter: see,
    onCharacterSetEnter: see,
    onCharacterClassEnter: see,
  });
  const kinds = new Map<string, string>();
  for (const char of ['a', '1', ' ', '-', ...PROBES]) {
    const kind = tests.map((test) => Number(test(char))).join('');
    if (!kinds.has(kind)) kinds.set(kind, char);
  }
  return [...kinds.values()];
}

/** All texts of one to three characters, or of fewer where there are many. */
function shortTexts(chars: readonly string[]): string[] {
  const pairs = chars.flatMap((one) => chars.map((other) => one + other));
  if (chars.length > 8) return [...chars];
  if (chars.length > 5) return [...chars, ...pairs];
  return [...chars, ...pairs, ...pairs.flatMap((pair) => chars.map((other) => pair + other))];
}

/** Short texts that a part takes. */
function samplesOf(node: AST.Pattern | AST.Alternative | AST.Element, flags: string): string[] {
  switch (node.type) {
    case 'Character':
    case 'CharacterSet':
    case 'CharacterClass': {
      const accepted = ['a', '1', ' ', '-', '.', ...PROBES].filter(acceptsChar(node, flags));
      const [first] = accepted;
      if (first === undefined) return [''];
      const other = accepted.find((char) => /\w/.test(char) !== /\w/.test(first));
      return other === undefined ? [first] : [first, other];
    }
    case 'Quantifier': {
      const times = Math.min(Math.max(node.min, 1), node.max);
      const samples = samplesOf(node.element, flags).map((sample) => sample.repeat(times));
      return node.min === 0 ? [...samples, ''] : samples;
    }
    case 'Alternative':
      return join(node.elements, flags);
    case 'Pattern':
    case 'Group':
    case 'CapturingGroup':
      return [...new Set(node.alternatives.flatMap((alternative) => samplesOf(alternative, flags)))];
    default:
      return [''];
  }
}

const join = (elements: readonly AST.Element[], flags: string): string[] =>
  elements.reduce<string[]>(
    (before, element) => {
      const samples = samplesOf(element, flags);
      return before.flatMap((text) => samples.map((sample) => text + sample)).slice(0, MAX_SAMPLES);
    },
    [''],
  );

/** What a part and its neighbours take: everything from any of those before it, and up to any of those behind it. */
function samplesAround(node: AST.Element, flags: string): string[] {
  const { parent } = node;
  if (parent.type === 'Quantifier') return samplesAround(parent, flags);
  if (parent.type !== 'Alternative') return [];
  const { elements } = parent;
  const at = elements.indexOf(node);
  const around = elements
    .slice(0, at + 1)
    .flatMap((_, from) =>
      elements.slice(at).flatMap((__, length) => join(elements.slice(from, at + 1 + length), flags)),
    );
  const before = samplesBefore(node, flags).flatMap((text) => [text, ...join([node], flags).map((own) => text + own)]);
  return [...around, ...before];
}

/** Short texts that lead to a part, from the beginning of the expression. */
function samplesBefore(node: AST.Element, flags: string): string[] {
  const { parent } = node;
  if (parent.type === 'Quantifier') return samplesBefore(parent, flags);
  if (parent.type !== 'Alternative') return [''];
  const here = join(parent.elements.slice(0, parent.elements.indexOf(node)), flags);
  const above = parent.parent.type === 'Pattern' ? [''] : samplesBefore(parent.parent, flags);
  return above.flatMap((text) => here.map((sample) => text + sample)).slice(0, MAX_SAMPLES);
}

/** The text of an attack, the piece so many times. */
export const textOf = ({ start, piece, end }: Attack, times: number): string => start + piece.repeat(times) + end;

const FACTOR = 8;
/** Linear work grows by the factor at most, and a little more where a part that is taken 20 times at most is not full yet. */
const SUSPECT = FACTOR * 1.06;
const SUPER_LINEAR = FACTOR * 1.5;
/** No linear work on a text of a few hundred characters is more. */
const MOST_STEPS = 500_000;

/**
 * Looks for an attack whose work grows faster than its text: eight times the text, more than twelve times the steps. Short
 * texts tell what is suspect, long ones what is so.
 * @returns The attack; `undefined` where none succeeds.
 */
export function findSuperLinear(regex: RegExp): Attack | undefined {
  const counted = countSteps(regex);
  const growth = (attack: Attack, length: number): number => {
    const times = Math.max(4, Math.round(length / attack.piece.length));
    const { steps } = counted.run(textOf(attack, times), MOST_STEPS);
    if (steps === Infinity) return Infinity;
    return counted.run(textOf(attack, times * FACTOR), steps * SUPER_LINEAR).steps / steps;
  };
  return attacksOn(regex).find((attack) => growth(attack, 40) > SUSPECT && growth(attack, 250) > SUPER_LINEAR);
}
