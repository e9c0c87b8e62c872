/** What a signed request says of its signature. */
import { readSigned } from '../../../src/explain/read/signed';
import { SIGNERS } from '../../../src/explain/signers';
import type { SignedParts } from '../../../src/explain/index';
import { host, presign, sign } from '../../support/awsTexts';

const read = (parts: SignedParts) => readSigned(parts, SIGNERS.functions);
const scope = '20240501/eu-west-1/execute-api/aws4_request';

it('in its Authorization header', () => {
  expect(read(sign())).toMatchObject({
    path: '/dev/notes',
    method: 'POST',
    place: 'header',
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    scope,
    region: 'eu-west-1',
    service: 'execute-api',
    amzDate: '20240501T120000Z',
    expiresIn: undefined,
    hasToken: true,
    signedHeaders: ['accept', 'content-type', 'host', 'x-amz-date', 'x-amz-security-token'],
  });
});

it('in its query, the names in any case', () => {
  const url = presign();
  const lower = url.replaceAll('X-Amz-', 'x-amz-');
  for (const each of [url, lower]) {
    expect(read({ url: each })).toMatchObject({
      method: 'GET',
      place: 'query',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      scope,
      amzDate: '20240501T120000Z',
      expiresIn: 300,
      hasToken: true,
      signedHeaders: ['host'],
    });
  }
});

it('in its header, whatever its query says; names in any case, and the parts with or without a space', () => {
  const Authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope},SignedHeaders=Host;X-Amz-Date,Signature=a`;
  const headers = { Authorization, 'X-Amz-Date': '20240501T120000Z' };
  for (const value of [Authorization, Authorization.replaceAll(',', ',  ')]) {
    expect(
      read({ url: `https://${host}/?X-Amz-Expires=60`, headers: { ...headers, Authorization: value } }),
    ).toMatchObject({
      place: 'header',
      accessKeyId: 'AKIDEXAMPLE',
      amzDate: '20240501T120000Z',
      expiresIn: undefined,
      hasToken: false,
      signedHeaders: ['host', 'x-amz-date'],
    });
  }
});

it('in its header, without some of the parts', () => {
  const headers = { Authorization: 'AWS4-HMAC-SHA256 Signature=a' };
  expect(read({ url: `https://${host}/`, headers })).toMatchObject({
    place: 'header',
    accessKeyId: '',
    scope: '',
    region: '',
    service: '',
    amzDate: '',
    signedHeaders: [],
  });
});

it.each([
  ['1', 1],
  ['604800', 604_800],
  ['0', undefined],
  ['604801', undefined],
  ['x', undefined],
  [undefined, undefined],
])('an expiry of %s seconds', (text, seconds) => {
  const expires = text === undefined ? '' : `&X-Amz-Expires=${text}`;
  expect(read({ url: `https://${host}/?X-Amz-Signature=a${expires}` }).expiresIn).toBe(seconds);
});

it('nothing', () => {
  expect(read({ url: `https://${host}/`, headers: { Authorization: 'Bearer x' } })).toMatchObject({
    place: 'none',
    accessKeyId: '',
    scope: '',
    amzDate: '',
    hasToken: false,
    signedHeaders: [],
  });
});

it('the path is the one that was given, the query is decoded', () => {
  expect(['?b=/c', '#/c', ''].map((rest) => read({ url: `https://a.test${rest}` }).path)).toEqual(['', '', '']);
  expect(read({ url: 'https://a.test/b#c' }).path).toBe('/b');
  const { path, query } = read({ url: 'HTTPS://a.test/b/../%2E/c?d=e+f&&g&%zz=%2B=h#i' });
  expect(path).toBe('/b/../%2E/c');
  expect(query).toEqual([
    ['d', 'e f'],
    ['g', ''],
    ['%zz', '+=h'],
  ]);
});
