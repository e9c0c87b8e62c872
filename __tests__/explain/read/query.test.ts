/** The parameters of a query. */
import { decodeQuery, splitQuery } from '../../../src/explain/read/query';

it('are split at the first =, which may be missing or come first', () => {
  expect(splitQuery('a=b=c&&d&=e&f=')).toEqual([
    ['a', 'b=c'],
    ['d', ''],
    ['', 'e'],
    ['f', ''],
  ]);
});

it('are decoded as those of a form', () => {
  expect(decodeQuery('a+b+c=d+e+f%2B&%=100%')).toEqual([
    ['a b c', 'd e f+'],
    ['%', '100%'],
  ]);
});
