import { parseJsonObject } from '../../../src/local/http';

it('reads an object', () => {
  expect(parseJsonObject('{"a":[1]}')).toEqual({ object: { a: [1] } });
});

it.each(['', '{', 'undefined', "{'a':1}"])('%j is no JSON', (text) => {
  expect(parseJsonObject(text)).toEqual({ fault: 'NotJson', cause: expect.any(SyntaxError) as SyntaxError });
});

it.each(['null', '[]', '1', '"a"', 'true'])('%j is no object', (text) => {
  expect(parseJsonObject(text)).toEqual({ fault: 'NotAnObject' });
});
