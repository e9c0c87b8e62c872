// A GET or HEAD with a body: an error, but for the old client's place, where it is left out.
import { newClient } from '../../src/sigv4';
import type { RequestBody } from '../../src/sigv4';
import { errorOf } from '../support/sigV4Refusal';

const endpoint = 'https://abc123.execute-api.eu-west-1.amazonaws.com/dev';
const accessKey = 'AKIDEXAMPLE';
const secretKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const own = newClient({ endpoint, credentials: { accessKeyId: accessKey, secretAccessKey: secretKey } });
const old = newClient({ endpoint, accessKey, secretKey });
const date = new Date('2015-08-30T12:36:00Z');

describe.each(['GET', 'head', undefined])('method %p', (method) => {
  test.each<RequestBody>([
    { text: 'Hello' },
    'text',
    '{}',
    {},
    [],
    0,
    false,
    new Uint8Array(1),
    new URLSearchParams('a=1'),
  ])('with the body %p: an error that names method, and no body in the old client’s place', (body) => {
    expect(errorOf(() => own.signRequest({ method, path: '/notes', body }))).toMatchObject({
      code: 'InvalidMethod',
      option: 'method',
      message: `method: expected one that has a body, such as POST, or no body, got "${method?.toUpperCase() ?? 'GET'}"`,
    });
    const signed = old.signRequest({ method, path: '/notes', body, date });
    expect(signed).toEqual(old.signRequest({ method, path: '/notes', date }));
    expect(signed).not.toHaveProperty('body');
  });

  test.each<RequestBody>([undefined, null, ''])('with the body %p, which is none', (body) => {
    expect(own.signRequest({ method, path: '/notes', body, date })).toEqual(
      old.signRequest({ method, path: '/notes', date }),
    );
  });
});

test.each(['POST', 'DELETE', 'OPTIONS', 'QUERY'])('%s may have a body', (method) => {
  expect(own.signRequest({ method, path: '/notes', body: { a: 1 } }).body).toBe('{"a":1}');
});
