/** What tokens say, beside what jose and amazon-cognito-identity-js read. */
import { CognitoIdToken } from 'amazon-cognito-identity-js';
import { decodeJwt, SignJWT } from 'jose';
import { claimsOf } from '../../../src/cognito/shared';

const key = new TextEncoder().encode('a key of thirty-two bytes, or more');

test.each([
  { sub: '1', token_use: 'id' },
  { name: 'Ünï çödé 𝒳 中文', groups: ['a', 'b'], nested: { a: 1 } },
  { bytes: '?>~ÿþ', empty: '' }, // - and _ in base64url
])('claims of %o', async (claims) => {
  const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key);
  expect(claimsOf(token)).toEqual(decodeJwt(token));
  expect(claimsOf(token)).toEqual(new CognitoIdToken({ IdToken: token }).payload);
});

test.each(['', 'a', 'a.b', 'a.b.c', 'a.!.c', `a.${btoa('[1]')}.c`, `a.${btoa('5')}.c`, 'a.4pyT.c', '..'])(
  '%j says nothing',
  (token) => {
    expect(claimsOf(token)).toEqual({});
  },
);
