/** Words of a command, compared with what shells make of them. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { readCommand } from '../../src/pasted/shellWords';

const wordsOf = (text: string) => readCommand(text).words;

/** What bash passes on as arguments. */
const bash = (command: string): string[] => {
  const out = execFileSync('bash', ['--norc', '-c', `printf '%s\\0' ${command}`], {
    encoding: 'utf8',
    env: { LC_ALL: 'C.UTF-8' },
  });
  return out.split('\0').slice(0, -1);
};

it.each([
  String.raw`a b  c`,
  String.raw`'a b' "c d" e\ f`,
  String.raw`'it'\''s'`,
  String.raw`"a\"b" "a\\b" "a\nb"`,
  String.raw`$'a\nb' $'it\'s' $'\u00e9' $'\x41' $'\u0021' $'a\\b'`,
  String.raw`-H'a: b' ""  ''`,
  'a \\\n  b',
  '"a\\\nb"',
  `'a\nb'`,
])('%j, as bash reads it', (command) => {
  expect(wordsOf(command)).toEqual(bash(command));
});

it.each<[string, string]>([
  ['a b\nrest', 'rest'],
  ['a b | jq .\nrest\nmore', 'rest\nmore'],
  ['a b 2>&1; echo\r\nrest', 'rest'],
  ["a 'b\nc'\nrest", 'rest'],
  ['a b', ''],
])('%j ends on its line', (text, rest) => {
  expect(readCommand(text).rest).toBe(rest);
});

it('of Windows: carets, as Chrome writes them', () => {
  const text =
    '^"https://h/x?a=b^%^20c^&d=^\\^"^" ^\n  -H ^"a: b^" ^\r\n  --data-raw ^"^{^\\^"text^\\^":^\\^"a^\n\nb^\\^"^}^"\n{}';
  expect(readCommand(text)).toEqual({
    words: ['https://h/x?a=b%20c&d="', '-H', 'a: b', '--data-raw', '{"text":"a\nb"}'],
    rest: '{}',
  });
});

it('a word in quotes is itself, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (word) => {
      const single = `'${word.replaceAll("'", "'\\''")}'`;
      const double = `"${word.replace(/["\\$`]/g, '\\$&')}"`;
      expect(wordsOf(`a ${single} b`)).toEqual(['a', word, 'b']);
      expect(wordsOf(`a ${double} b`)).toEqual(['a', word, 'b']);
    }),
  );
});

it.each(['', "'", '"', "$'", '\\', "$'\\", '"\\', "$'\\u", "$'\\UFFFFFFFF'", '^"', '^', '^"^'])(
  '%j does not throw',
  (text) => {
    expect(() => wordsOf(text)).not.toThrow();
  },
);
