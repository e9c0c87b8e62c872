/** Values in the text of an explanation. */
import { hideSecrets, quote, quoteWhole, showChange } from '../../../src/explain/compare/show';

it('a value of 120 characters is shown whole, a longer one shortened', () => {
  expect(quote('é'.repeat(120))).toBe(`"${'é'.repeat(120)}"`);
  expect(quote('é'.repeat(121))).toBe(`"${'é'.repeat(120)}…"`);
  expect(quote('😀'.repeat(121))).toBe(`"${'😀'.repeat(120)}…"`); // no half of a pair
});

it('what is not printable is escaped', () => {
  expect(quote('a"\n')).toBe('"a\\"\\n"');
});

it('a change is told, or the lengths alone', () => {
  expect(showChange('a', 'b')).toBe('signed as "a", arrived as "b"');
  expect(showChange('a', 'b', true)).toBe('its value changed (not shown; both have 1 characters)');
  expect(showChange('a', 'bc', true)).toBe('its value changed (not shown; signed with 1, arrived with 2 characters)');
});

it.each([
  ['/dev/notes/1', '/dev/notes/1'],
  ['/dev/eyJhbGciOiJIUzI1NiJ9/notes', '/dev/[20 characters]/notes'],
  ['/dev/wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', '[45 characters]'],
])('what looks secret is not shown: %s', (value, shown) => {
  expect(quote(value)).toBe(`"${shown}"`);
  expect(showChange(value, 'b')).toBe(`signed as "${shown}", arrived as "b"`);
});

it('what is public is shown though it looks secret, and a mask may be another', () => {
  const host = 'abcdefghijklmnopqrstuvwxyz123456.lambda-url.eu-west-1.on.aws';
  expect(quoteWhole(host)).toBe(`"${host}"`);
  expect(showChange(host, 'b', false, quoteWhole)).toBe(`signed as "${host}", arrived as "b"`);
  expect(hideSecrets('arn:aws:execute-api:eu-west-1:1:a/dev/GET/AKIAIOSFODNN7EXAMPLE', () => '*')).toBe(
    'arn:aws:execute-api:eu-west-1:1:a/dev/GET/*',
  );
});
