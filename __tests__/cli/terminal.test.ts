/** What commands print: nothing of it steers the terminal, whoever wrote it. */
import { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import { createTerminal } from '../../src/cli/terminal';

/** A process whose streams are terminals, or not, and what it has printed. */
function surroundings(isTTY: boolean, { isErrTTY = isTTY, env = {} }: { isErrTTY?: boolean; env?: object } = {}) {
  const printed: string[] = [];
  const stream = (isTTY: boolean) =>
    Object.assign(
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          printed.push(chunk.toString('utf8'));
          done();
        },
      }),
      { isTTY },
    );
  const terminal = createTerminal({
    stdin: Readable.from([]),
    stdout: stream(isTTY),
    stderr: stream(isErrTTY),
    env: { ...env },
    cwd: '.',
    onStop: () => () => undefined,
    onUncaught: () => () => undefined,
  });
  return { terminal, printed };
}

// ECMA-48: clear the screen, move the cursor, hide what follows; the same in one character (C1); back over what is there.
const STEERING = ['\u001b[2J', '\u001b[1;1H', '\u001b[8m', '\u001b]0;title\u0007', '\u009b2J', '\b\b', 'a\rb', '\0'];

test.each(STEERING)('a note shows %j by its numbers', (text) => {
  for (const isTTY of [true, false]) {
    const { terminal, printed } = surroundings(isTTY);
    terminal.note(`SIGN_UP code for ${text}@example.com: 123456`);
    expect(printed.join('')).toMatch(/^[\x20-\x7e]*\\u00[\da-f]{2}[\x20-\x7e]*\n$/);
  }
});

test.each(STEERING)('a result shows %j so on a terminal, and goes on to a file as it is', (text) => {
  const shown = surroundings(true);
  shown.terminal.print(text);
  expect(shown.printed.join('')).toMatch(/^[\x20-\x7e]*\\u00[\da-f]{2}[\x20-\x7e]*\n$/);
  const piped = surroundings(false);
  piped.terminal.print(text);
  expect(piped.printed).toEqual([`${text}\n`]);
});

test('lines, tabs and the styles of commands stay', () => {
  const { terminal, printed } = surroundings(true);
  const styled = (['bold', 'dim', 'red', 'green'] as const).map((name) => styleText(name, name)).join(' ');
  const text = `one\ttwo\r\nthree\n${styled} ${styleText(['bold', 'red'], 'both')} grüße 😀`;
  terminal.print(text);
  terminal.note(text);
  expect(printed).toEqual([`${text}\n`, `${text}\n`]);
});

test('a result that is secret is printed whole, and nothing else is from then on', () => {
  const { terminal, printed } = surroundings(false);
  terminal.hide('the-password-1');
  const link = `https://example.com/?X-Amz-Signature=${'0'.repeat(64)}`;
  terminal.printSecret(link);
  terminal.print('the-password-1');
  terminal.note(`Logging out failed: the-password-1`);
  expect(printed).toEqual([`${link}\n`, '[hidden]\n', 'Logging out failed: [hidden]\n']);
});

// https://no-color.org: any value that is not empty.
test.each<[string, boolean, boolean, object, string[]]>([
  ['on two terminals', true, true, {}, ['\u001b[31mresult\u001b[39m', '\u001b[31mnote\u001b[39m']],
  ['but not in a file of notes', true, false, {}, ['\u001b[31mresult\u001b[39m', 'note']],
  ['nor in one of results', false, true, {}, ['result', '\u001b[31mnote\u001b[39m']],
  ['nor where they are not wanted', true, true, { NO_COLOR: '1' }, ['result', 'note']],
  [
    'but where nothing says so',
    true,
    true,
    { NO_COLOR: '' },
    ['\u001b[31mresult\u001b[39m', '\u001b[31mnote\u001b[39m'],
  ],
])('colours %s', (_, isTTY, isErrTTY, env, expected) => {
  const { terminal, printed } = surroundings(isTTY, { isErrTTY, env });
  terminal.print(terminal.style('red', 'result'));
  terminal.note(terminal.noteStyle('red', 'note'));
  expect(printed).toEqual(expected.map((line) => `${line}\n`));
});
