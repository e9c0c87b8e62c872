import type { RequestToSign } from '../../src/sigv4';
import { bytesOf } from '../../src/sigv4/encoding';
import { serializeBody } from '../../src/sigv4/requestBody';
import { headerOf, useRecorder } from '../support/sigV4Harness';
import type { Wire } from '../support/sigV4Harness';
import { errorOf, expectRefusal, sign } from '../support/sigV4Refusal';

const recorder = useRecorder();
const { call } = recorder;

const text = ({ body }: Wire) => new TextDecoder().decode(body);

describe('goes out as it was signed', () => {
  test.each<[string, RequestToSign['body'], string]>([
    ['an object', { a: [1, { b: null }] }, '{"a":[1,{"b":null}]}'],
    ['an array', [1, 'zwei', null], '[1,"zwei",null]'],
    ['an empty array', [], '[]'],
    ['a string', 'héllo {}', 'héllo {}'],
    ['an empty string', '', ''],
    ['a number', 0, '0'],
    ['a boolean', false, 'false'],
    ['a Date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['bytes', new TextEncoder().encode('bytes é'), 'bytes é'],
    ['a part of a buffer', new TextEncoder().encode('>part<').subarray(1, 5), 'part'],
    ['a DataView', new DataView(new TextEncoder().encode('>view<').buffer, 1, 4), 'view'],
    ['an ArrayBuffer', new TextEncoder().encode('buffer').buffer, 'buffer'],
    ['a form', new URLSearchParams({ name: 'a b', more: '&=' }), 'name=a+b&more=%26%3D'],
  ])('%s', async (_name, body, expected) => {
    expect(text(await call({ method: 'POST', path: '/notes', body }))).toBe(expected);
  });

  test('bytes that are no text', async () => {
    const body = Uint8Array.from({ length: 256 }, (_, i) => i);
    expect([...(await call({ method: 'PUT', path: '/', body })).body]).toEqual([...body]);
  });

  test('a form says that it is one, unless the request says otherwise', async () => {
    const body = new URLSearchParams({ a: '1' });
    const form = await call({ method: 'POST', body });
    expect(headerOf(form, 'content-type')).toBe('application/x-www-form-urlencoded;charset=UTF-8');
    const stated = await call({ method: 'POST', body, headers: { 'content-type': 'text/plain' } });
    expect(headerOf(stated, 'content-type')).toBe('text/plain');
  });
});

test('is in the signed request in the form that goes out', () => {
  const bytes = new Uint8Array([1, 2]);
  expect(sign({ method: 'POST', body: { n: 1 } }).body).toBe('{"n":1}');
  expect(sign({ method: 'POST', body: bytes }).body).toBe(bytes);
  expect(sign({ method: 'POST' })).not.toHaveProperty('body');
});

/** Bytes that someone else has by now. */
function transferred(): Uint8Array {
  const bytes = new Uint8Array(8);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

test.each<[string, unknown, RegExp]>([
  ['a Blob', new Blob(['a']), /Blob/],
  ['a File', new File(['a'], 'a.txt'), /File/],
  ['FormData', new FormData(), /FormData/],
  ['a ReadableStream', new Blob(['a']).stream(), /ReadableStream/],
  ['a Map', new Map(), /Map/],
  ['an array’s iterator', [1].values(), /Array Iterator/],
  ['an object that calls itself otherwise', { [Symbol.toStringTag]: 'RemoteObject' }, /RemoteObject/],
  ['a Set', new Set(), /Set/],
  ['a Promise', Promise.resolve('a'), /Promise/],
  ['a Node stream', { pipe: () => undefined }, /Object/],
  ['a function', () => 1, /function/i],
  ['a symbol', Symbol('a'), /symbol/i],
  ['a bigint', 1n, /bigint/i],
  ['bytes that were transferred', transferred(), /Uint8Array/],
  ['a buffer that was transferred', transferred().buffer, /ArrayBuffer/],
  ['a bigint within', { a: 1n }, /Object/],
])('%s is refused', (_name, body, came) => {
  expectRefusal(() => sign({ method: 'POST', body }), 'InvalidBody', 'body', came);
});

test('a circular body keeps the cause, out of sight of for…in and JSON', () => {
  const body: Record<string, unknown> = {};
  body.self = body;
  const error = errorOf(() => sign({ method: 'POST', body }));
  expect(error.cause).toBeInstanceOf(TypeError);
  expect(Object.keys(error)).not.toContain('cause');
});

test('a body with a key named pipe is no stream', () => {
  const { body } = sign({ method: 'POST', body: { pipe: 'copper' } });
  expect(body).toBe('{"pipe":"copper"}');
});

test('bytes are the very ones that were given', () => {
  const bytes = new TextEncoder().encode('>part<').subarray(1, 5);
  expect(serializeBody(bytes)).toBe(bytes);
  expect(Buffer.from(bytesOf(bytes)).toString()).toBe('part');
  expect(serializeBody(null)).toBeUndefined();
});
