/** Explained by damage: what HTTP clients and proxies do to bodies. */
import { changeBody } from '../../support/damagingProxy';
import { findBodyChange } from '../../../src/explain/compare/bodyChanges';
import { sha256 } from '../../support/awsTexts';
import { explained } from '../../support/explainHarness';

const json = '{"text":"very private","tags":[1,2]}';
const pretty = JSON.stringify(JSON.parse(json), undefined, 2);

it.each<[change: string, body: string | Uint8Array, change: (text: string) => string | Buffer]>([
  ['a line break was added at its end', json, (text) => `${text}\n`],
  ['a line break was added at its end', json, (text) => `${text}\r\n`],
  ['a line break was added at its end', new TextEncoder().encode(json), (text) => `${text}\n`],
  ['white space at its ends was removed', ' a \n', () => 'a'],
  ['its JSON was printed again without white space', pretty, () => json],
  ['its JSON was printed again with other white space', json, () => pretty],
  [
    'its JSON was printed again with other white space',
    '{"a":[1,"b",null],"c":{"d":true}}',
    () => '{"a": [1, "b", null], "c": {"d": true}}',
  ],
  ['it was serialized to JSON twice', json, (text) => JSON.stringify(text)],
  ['its JSON was turned into a form', '{"a":"b c","d":"e"}', () => 'a=b+c&d=e'],
  ['its form was encoded again', 'a=b%20c', () => 'a=b+c'],
  ['its form was encoded again', 'a=b+c&d', () => 'a=b%20c&d'],
  ['its line breaks were changed', 'a\nb\nc', () => 'a\r\nb\r\nc'],
  ['its line breaks were changed', 'a\r\nb\r\nc', () => 'a\nb\nc'],
  [
    'its characters outside ASCII were written as \\u escapes',
    '{"a":"é€\u0001"}',
    () => '{"a":"\\u00e9\\u20ac\u0001"}',
  ],
  ['it was sent as Latin-1 instead of UTF-8', 'café', (text) => Buffer.from(text, 'latin1')],
  [
    'its UTF-8 was read as Latin-1 and encoded again',
    'café',
    (text) => Buffer.from(Buffer.from(text).toString('latin1')),
  ],
  ['a byte order mark was put before it', json, (text) => `\uFEFF${text}`],
  ['an object was sent as "[object Object]"', json, () => '[object Object]'],
])('%s', async (name, body, change) => {
  const { code, difference } = await explained({ request: { method: 'POST', body }, damage: changeBody(change) });
  expect([code, difference]).toEqual(['BodyChanged', `the payload hash: the body was changed after signing: ${name}`]);
});

it('is not looked for in a body that is too long', async () => {
  const unknown = 'the payload hash: the body was changed after signing (its SHA-256 differs)';
  const damage = changeBody((text) => `${text}\n`);
  const [longest, longer] = ['x'.repeat(1_048_576), 'x'.repeat(1_048_577)];
  expect((await explained({ request: { method: 'PUT', body: longest }, damage })).difference).toContain('a line break');
  expect((await explained({ request: { method: 'PUT', body: longer }, damage })).difference).toBe(unknown);
});

it('is not found where it is none of these', async () => {
  const damage = changeBody(() => 'other');
  for (const body of ['café €', '{', 'null', '[1]', '1']) {
    const { difference } = await explained({ request: { method: 'PUT', body }, damage });
    expect(difference).toContain('(its SHA-256 differs)');
  }
});

it('changes each plus sign, and each line break', async () => {
  const put = (body: string, change: (text: string) => string) =>
    explained({ request: { method: 'PUT', body }, damage: changeBody(change) });
  expect((await put('a+b+c', (text) => text.replaceAll('+', '%20'))).difference).toContain(
    'its form was encoded again',
  );
  expect((await put('a\nb\r\nc', () => 'a\r\nb\r\nc')).difference).toContain('its line breaks were changed');
});

it('is not found where characters were lost, which no change to Latin-1 does', async () => {
  const damage = changeBody(() => Buffer.from([0x00, 0x61]));
  const { difference } = await explained({ request: { method: 'PUT', body: '\u0100a' }, damage });
  expect(difference).toContain('(its SHA-256 differs)');
});

it('is looked for in text alone where there is no TextDecoder, as in some versions of Hermes', () => {
  const { TextDecoder: real } = globalThis;
  Reflect.deleteProperty(globalThis, 'TextDecoder');
  try {
    expect(findBodyChange(new Uint8Array([0x61]), sha256('a\n'))).toBeUndefined();
    expect(findBodyChange('a', sha256('a\n'))).toBe('a line break was added at its end');
  } finally {
    globalThis.TextDecoder = real;
  }
  expect(findBodyChange(new Uint8Array([0x61]), sha256('a\n'))).toBe('a line break was added at its end');
});
