import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { readState, writeState } from '../../../src/local/state/stateText';

const TAGS = ['$date', '$map', '$set', '$integer', '$number', '$object'];
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>('', 'zz', 'Infinity', '1', 1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...TAGS, 'a'), tie('value'), { maxKeys: 2, noNullPrototype: true }),
  ),
}));

it('gives back what clients have set, also where it looks like a mark of its own', () => {
  fc.assert(
    fc.property(value, (given) => {
      const kept = { client: given, at: new Date(0), of: new Map([['a', new Set([1n, Infinity])]]) };
      expect(readState(writeState(kept))).toEqual({ state: kept });
    }),
    { numRuns: 2000, seed: 1 },
  );
});

it.each(['{"$integer":"zz"}', '{"$map":[1]}', '{"a":', ''])(
  'calls a state that cannot be read damaged, though its digest is right: %s',
  (text) => {
    const sha256 = createHash('sha256').update(text).digest('hex');
    const head = JSON.stringify({ format: 'sigv4-client local state', version: 1, sha256 });
    expect(readState(`${head}\n${text}\n`)).toEqual({ fault: 'is damaged, or was changed by hand' });
  },
);
