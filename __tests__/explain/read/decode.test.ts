/** Percent-decoding that never throws. */
import { decodeFully, decodeOnce } from '../../../src/explain/read/decode';

const encoded = (text: string, times: number): string =>
  Array.from({ length: times }).reduce<string>((before) => encodeURIComponent(before), text);

it('once', () => {
  expect(decodeOnce('a%2520b')).toBe('a%20b');
  expect(decodeOnce('100%')).toBe('100%');
});

it('fully, which is five times', () => {
  for (let times = 0; times <= 5; times++) expect(decodeFully(encoded('a b/ü', times))).toBe('a b/ü');
  expect(decodeFully(encoded('a b', 6))).toBe('a%20b');
  expect(decodeFully('100%')).toBe('100%');
});
