import { checkSignal, checkTimeout, invalidOption } from '../../src/util/index';

test('the error names the option, what was expected and what came', () => {
  expect(invalidOption('attempts', '1 or more', -1)).toMatchObject({
    name: 'SigV4Error',
    code: 'InvalidOption',
    option: 'attempts',
    message: 'attempts: expected 1 or more, got -1',
  });
});

test('checkSignal', () => {
  const { signal } = new AbortController();
  expect([signal, null, undefined].map(checkSignal)).toEqual([signal, undefined, undefined]);
  const foreign = { [Symbol.toStringTag]: 'AbortSignal' } as unknown as AbortSignal; // another frame's
  expect(checkSignal(foreign)).toBe(foreign);
  for (const given of ['abc', new AbortController(), { aborted: false }]) {
    expect(() => checkSignal(given as AbortSignal)).toThrow('signal: expected an AbortSignal, got ');
  }
});

test('checkTimeout', () => {
  expect([undefined, 1, 0.5, 2 ** 40].map(checkTimeout)).toEqual([undefined, 1, 0.5, 2 ** 40]);
  for (const given of [0, -1, NaN, Infinity, null, '5']) {
    expect(() => checkTimeout(given as number)).toThrow('timeout: expected milliseconds above 0, got ');
  }
});
