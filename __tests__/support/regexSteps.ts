/**
 * A regular expression's work, counted: a matcher that tries and goes back as the engines of browsers and Node do, and tells
 * how many steps it took. Unlike a time, the number is the same on every machine and under any load.
 */
import { RegExpParser } from '@eslint-community/regexpp';
import type { AST } from '@eslint-community/regexpp';

type Test = (text: string, at: number, count: Counter) => boolean;

type Instruction =
  | { readonly do: 'take'; readonly accepts: (char: string) => boolean }
  | { readonly do: 'fork'; first: number; second: number }
  | { readonly do: 'goTo'; target: number }
  | { readonly do: 'assert'; readonly holds: Test }
  | { readonly do: 'enter' }
  | { readonly do: 'leave' }
  | { readonly do: 'accept' };

/** The positions at which the loops around were entered: a turn that takes nothing ends a loop. */
interface Entered {
  readonly at: number;
  readonly outer: Entered | undefined;
}

/** Counts steps up to a limit. */
class Counter {
  steps = 0;
  constructor(readonly limit: number) {}
  get isOver(): boolean {
    return this.steps > this.limit;
  }
}

/** A compiled expression. */
export interface CountedRegex {
  /**
   * Looks through a text as `replace` does: for every match with the flag `g`, otherwise for the first.
   * @param text The text.
   * @param limit Where to stop, in steps.
   * @returns The number of steps, and the first match's place.
   */
  run(text: string, limit?: number): { steps: number; match: readonly [start: number, end: number] | undefined };
}

/**
 * The syntax of an expression.
 * @param regex The expression.
 */
export function parseRegex({ source, flags }: RegExp): AST.Pattern {
  const unicode = flags.includes('u');
  return new RegExpParser().parsePattern(source, 0, source.length, { unicode, unicodeSets: flags.includes('v') });
}

/** Compiles an expression. */
export function countSteps(regex: RegExp): CountedRegex {
  const { alternatives } = parseRegex(regex);
  const program = compile(alternatives, regex.flags);
  const isUnicode = /[uv]/.test(regex.flags);
  // Engines try those at one place only.
  const isAnchored = !regex.multiline && alternatives.every(({ elements: [first] }) => first?.raw === '^');
  return {
    run(text, limit = Infinity) {
      const count = new Counter(limit);
      let match: [number, number] | undefined;
      for (let start = 0; start <= (isAnchored ? 0 : text.length) && !count.isOver;) {
        const end = execute(program, text, start, count, isUnicode);
        if (end >= 0) match ??= [start, end];
        if (end >= 0 && !regex.global) break;
        start = Math.max(end, start + 1);
      }
      return { steps: count.isOver ? Infinity : count.steps, match };
    },
  };
}

/** Runs a program at one place. Gives the end of the match, or -1. */
function execute(program: readonly Instruction[], text: string, start: number, count: Counter, isUnicode: boolean) {
  const places = [0, start]; // pairs of what is still to be tried: an instruction, and a position in the text
  const loops: (Entered | undefined)[] = [undefined];
  while (places.length > 0) {
    let at = places.pop()!;
    let pc = places.pop()!;
    let entered = loops.pop();
    for (let isAlive = true; isAlive;) {
      if (++count.steps > count.limit) return -1;
      const instruction = program[pc++]!;
      switch (instruction.do) {
        case 'accept':
          return at;
        case 'take': {
          const char = isUnicode ? String.fromCodePoint(text.codePointAt(at) ?? 0) : text.charAt(at);
          isAlive = at < text.length && instruction.accepts(char);
          at += char.length;
          break;
        }
        case 'fork':
          places.push(instruction.second, at);
          loops.push(entered);
          pc = instruction.first;
          break;
        case 'goTo':
          pc = instruction.target;
          break;
        case 'assert':
          isAlive = instruction.holds(text, at, count);
          break;
        case 'enter':
          entered = { at, outer: entered };
          break;
        case 'leave':
          isAlive = entered!.at < at;
          entered = entered!.outer;
          break;
      }
    }
  }
  return -1;
}

function compile(alternatives: readonly AST.Alternative[], flags: string): Instruction[] {
  const program: Instruction[] = [];
  addAlternatives(alternatives);
  program.push({ do: 'accept' });
  return program;

  function addAlternatives([first, ...rest]: readonly AST.Alternative[]): void {
    if (!first) return;
    if (rest.length === 0) {
      first.elements.forEach(add);
      return;
    }
    const fork = addFork();
    first.elements.forEach(add);
    const goTo = { do: 'goTo' as const, target: 0 };
    program.push(goTo);
    fork.second = program.length;
    addAlternatives(rest);
    goTo.target = program.length;
  }

  function addFork(): Extract<Instruction, { do: 'fork' }> {
    const fork = { do: 'fork' as const, first: program.length + 1, second: 0 };
    program.push(fork);
    return fork;
  }

  function add(node: AST.Element): void {
    switch (node.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
        program.push({ do: 'take', accepts: acceptsChar(node, flags) });
        break;
      case 'Group':
      case 'CapturingGroup':
        addAlternatives(node.alternatives);
        break;
      case 'Quantifier':
        addQuantifier(node);
        break;
      case 'Assertion':
        program.push({ do: 'assert', holds: assertion(node, flags) });
        break;
      default:
        throw new Error(`not known here: ${node.raw}`); // back references, which src has none of
    }
  }

  function addQuantifier({ element, min, max, greedy }: AST.Quantifier): void {
    for (let i = 0; i < min; i++) add(element);
    const turn = (fork: Extract<Instruction, { do: 'fork' }>, end: () => void) => {
      program.push({ do: 'enter' });
      add(element);
      program.push({ do: 'leave' });
      end();
      fork.second = program.length;
      if (!greedy) [fork.first, fork.second] = [fork.second, fork.first];
    };
    if (max === Infinity) {
      const start = program.length;
      turn(addFork(), () => program.push({ do: 'goTo', target: start }));
      return;
    }
    const forks = Array.from({ length: max - min }, () => {
      const fork = addFork();
      turn(fork, () => undefined);
      return fork;
    });
    for (const fork of forks) fork[greedy ? 'second' : 'first'] = program.length; // whoever leaves has done with it
  }
}

/** Whether one character is what a node takes: asked once of each, and of the engine's own. */
export function acceptsChar(node: AST.Character | AST.CharacterSet | AST.CharacterClass, flags: string) {
  const one = new RegExp(`^(?:${node.raw})$`, flags.replace(/[^isuv]/g, ''));
  const known: (boolean | undefined)[] = [];
  return (char: string): boolean => (known[char.codePointAt(0) ?? 0] ??= one.test(char));
}

function assertion(node: AST.Assertion, flags: string): Test {
  const isWord = (char: string | undefined) => /^\w$/.test(char ?? '');
  const isLineEnd = (char: string | undefined) => flags.includes('m') && /^[\n\r\u2028\u2029]$/.test(char ?? '');
  switch (node.kind) {
    case 'start':
      return (text, at) => at === 0 || isLineEnd(text[at - 1]);
    case 'end':
      return (text, at) => at === text.length || isLineEnd(text[at]);
    case 'word':
      return (text, at) => (isWord(text[at - 1]) !== isWord(text[at])) !== node.negate;
    case 'lookahead': {
      const inner = compile(node.alternatives, flags);
      return (text, at, count) => execute(inner, text, at, count, /[uv]/.test(flags)) >= 0 !== node.negate;
    }
    default:
      throw new Error(`not known here: ${node.raw}`); // lookbehind, which older Safaris cannot parse
  }
}
