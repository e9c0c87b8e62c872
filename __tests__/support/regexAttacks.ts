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
const ENDS = ['', '\u0001', '\n'];
/** How many samples of one part are tried. */
const MAX_SAMPLES = 3;

/**
 * The attacks on an expression.
 *
 * Work grows faster than the text where a repeated piece can be taken in two ways, or taken from many starts. So the pieces are:
 * one of each kind of character that repeated parts tell apart, what a repeated part takes, and everything up to one.
 */
export function attacksOn(regex: RegExp): Attack[] {
  const pattern = parseRegex(regex);
  const starts = new Set(['']);
  const pieces = new Set(kindsOfCharacters(pattern, regex.flags));
  let hasWordBoundary = false;
  visitRegExpAST(pattern, {
    onAssertionEnter: ({ kind }) => {
      hasWordBoundary ||= kind === 'word';
    },
    onQuantifierEnter: (quantifier) => {
      if (quantifier.max < 2) return;
      const taken = samplesOf(quantifier, regex.flags);
      for (const piece of samplesOf(quantifier.element, regex.flags)) pieces.add(piece);
      for (const before of samplesBefore(quantifier, regex.flags)) {
        starts.add(before);
        pieces.add(before);
        for (const sample of taken) pieces.add(before + sample);
      }
    },
  });
  for (const whole of samplesOf(pattern, regex.flags)) starts.add(whole).add(whole.slice(0, -1));
  for (const whole of samplesOf(pattern, regex.flags)) pieces.add(whole).add(whole.slice(0, -1));
  if (hasWordBoundary) for (const piece of [...pieces]) for (const before of ' -.') pieces.add(before + piece);
  pieces.delete('');
  return [...starts].flatMap((start) =>
    [...pieces].flatMap((piece) => ENDS.map((end): Attack => ({ start, piece, end }))),
  );
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
    onQuantifierEnter: ({ max }) => {
      if (max > 1) depth++;
    },
    onQuantifierLeave: ({ max }) => {
      if (max > 1) depth--;
    },
    onCharacterEnter: see,
    onCharacterSetEnter: see,
    onCharacterClassEnter: see,
  });
  const kinds = new Map<string, string>();
  for (const char of [...'a1 -', ...PROBES]) {
    const kind = tests.map((test) => Number(test(char))).join('');
    if (!kinds.has(kind)) kinds.set(kind, char);
  }
  return [...kinds.values()];
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
      return samplesOf(node.element, flags).map((sample) => sample.repeat(times));
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

/** Short texts that lead to a part, from the beginning of the expression. */
function samplesBefore(node: AST.Element, flags: string): string[] {
  const { parent } = node;
  if (parent.type === 'Quantifier') return samplesBefore(parent, flags);
  if (parent.type !== 'Alternative') return [''];
  const here = join(parent.elements.slice(0, parent.elements.indexOf(node)), flags);
  const above = parent.parent.type === 'Pattern' ? [''] : samplesBefore(parent.parent as AST.Element, flags);
  return above.flatMap((text) => here.map((sample) => text + sample)).slice(0, MAX_SAMPLES);
}

/** The text of an attack, the piece so many times. */
export const textOf = ({ start, piece, end }: Attack, times: number): string => start + piece.repeat(times) + end;

const FACTOR = 8;
/** Linear work grows by the factor at most, and a little more where a part that is taken 20 times at most is not full yet. */
const SUSPECT = FACTOR * 1.06;
const SUPER_LINEAR = FACTOR * 1.5;

/**
 * Looks for an attack whose work grows faster than its text: eight times the text, more than twelve times the steps. Short
 * texts tell what is suspect, long ones what is so.
 * @returns The attack; `undefined` where none succeeds.
 */
export function findSuperLinear(regex: RegExp): Attack | undefined {
  const counted = countSteps(regex);
  const growth = (attack: Attack, length: number): number => {
    const times = Math.max(4, Math.round(length / attack.piece.length));
    const { steps } = counted.run(textOf(attack, times), 5_000_000);
    return counted.run(textOf(attack, times * FACTOR), steps * FACTOR * 2).steps / steps;
  };
  // Infinity by Infinity is not a number: neither ended.
  const exceeds = (ratio: number, limit: number) => Number.isNaN(ratio) || ratio > limit;
  return attacksOn(regex).find(
    (attack) => exceeds(growth(attack, 100), SUSPECT) && exceeds(growth(attack, 3000), SUPER_LINEAR),
  );
}
