/** No expression takes more than linear time on any text. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attacksOn, findSuperLinear, textOf } from '../support/regexAttacks';
import { findRegexes } from '../support/regexSource';
import { countSteps } from '../support/regexSteps';

const SRC = join(__dirname, '../../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const regexes = files.flatMap((file) => findRegexes(file, readFileSync(join(SRC, file), 'utf8')));

test('there are expressions to test', () => {
  expect(regexes.length).toBeGreaterThan(100);
});

describe('every expression', () => {
  test.each(regexes)('$place takes linear time: $written', ({ regex }) => {
    if (!regex) throw new Error('made of what is not known before the program runs: nothing can test it');
    expect(findSuperLinear(regex)).toBeUndefined();
  });

  test('is taken by the counting matcher for what the engine takes it', () => {
    const differences = regexes.flatMap(({ regex }) => {
      if (!regex) return [];
      const counted = countSteps(regex);
      return attacksOn(regex)
        .map((attack) => textOf(attack, 2))
        .filter((_, i) => i % 13 === 0)
        .filter((text) => {
          regex.lastIndex = 0;
          const found = regex.exec(text);
          const [start, end] = counted.run(text).match ?? [];
          return start !== found?.index || end !== (found ? found.index + found[0].length : undefined);
        })
        .map((text) => [regex, text]);
    });
    expect(differences).toEqual([]);
  });
});

describe('the search for super-linear expressions', () => {
  test.each([
    /^(a+)+$/,
    /.*#/,
    /\s+$/,
    /[ \t]+$/g,
    /^[ \t]+|[ \t]+$/g,
    /\/+$/,
    /a.*b/,
    /<(\w+)[^>]*>x/,
    /(\d+)*!/,
    /^\s*(\w|_)*$/,
    /^(\*{3,}.*|x)$/,
    /"[^"]*"\s*,\s*"?\s*x$/,
    // Those that this library had.
    /()\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*(\.[\w-]*)*/g,
    /(AWS4-[\w-]+\s+Credential=)[^"'\n\\]+/g,
    /(?:^|\.)(?:([a-z\d-]+?)(?:-fips)?(?:\.dualstack)?[.-])?([a-z]{2}(?:-[a-z]+)+-\d)\.(?:(es|aoss)\.|vpce\.)?(?:amazonaws\.com(?:\.cn)?|on\.aws|api\.aws)$/,
    /^.*?(a|b|ab)*c/,
    /(?=\S*\d)x/,
  ])('finds %s', (regex) => {
    expect(findSuperLinear(regex)).toBeDefined();
  });

  test.each([
    /^a*$/,
    /a+/g,
    /[^#]*/,
    /^\s*\{\s*"m"\s*\}\s*$/,
    /\d{8}T\d{6}Z/,
    /^(?!.*\.x\.).*\.com$/,
    /(?:%[\da-f]{2})+/gi,
  ])('leaves %s alone', (regex) => {
    expect(findSuperLinear(regex)).toBeUndefined();
  });

  test('finds expressions however they are written', () => {
    const source = [
      'const A = "a", F = "g";',
      'x(/a/gi);',
      'new RegExp(`${A}+`, F);',
      "RegExp(['b', String.raw`\\d${A}`].join('|'));",
      'new RegExp(given);',
      'new RegExp(`<${name}>`);',
    ].join('\n');
    expect(findRegexes('a.ts', source).map(({ place, regex }) => `${place} ${String(regex)}`)).toEqual([
      'a.ts:2 /a/gi',
      'a.ts:3 /a+/g',
      'a.ts:4 /b|\\da/',
      'a.ts:5 undefined',
      'a.ts:6 undefined',
    ]);
  });
});
