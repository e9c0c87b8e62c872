/** Values in the text of an explanation. */
import { quote, showChange } from '../../../src/explain/compare/show';

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
