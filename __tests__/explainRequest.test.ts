/** Explained by damage, continued: path, query, method and body. */
import { changeBody, changeTarget } from './support/damagingProxy';
import { isNamed, post, withQuery } from './support/explainHarness';
import type { Row } from './support/explainHarness';

describe('a request that is damaged on its way: path, query, method', () => {
  it.each<Row>([
    ['slash added', 'PathChanged', ['the path', 'a slash was added'], { damage: changeTarget('/notes', '/notes/') }],
    [
      'slash removed',
      'PathChanged',
      ['the path', 'the slash at its end was removed'],
      { request: { path: '/notes/' }, damage: changeTarget('/notes/', '/notes') },
    ],
    [
      'prefix stripped',
      'PathChanged',
      ['the path', '"/api/dev/notes"', '"/dev/notes"', 'its beginning "/api" is missing'],
      { stage: '/api/dev', damage: changeTarget('/api', '') },
    ],
    [
      'stage added',
      'PathChanged',
      ['the path', '"/dev" was put before it'],
      { stage: '', damage: changeTarget('/notes', '/dev/notes') },
    ],
    [
      'decoded',
      'PathChanged',
      ['the path', '"/dev/notes/a%20(b)%C3%A9%2Cc"', '"/dev/notes/a%20(b)%C3%A9,c"', 'percent-encoding was taken away'],
      { request: { path: '/notes/a (b)é%2Cc' }, damage: changeTarget('%2C', ',') },
    ],
    [
      'encoded',
      'PathChanged',
      ['the path', '"/dev/notes/a@b"', '"/dev/notes/a%40b"', 'characters were percent-encoded'],
      { request: { path: '/notes/a@b' }, damage: changeTarget('@', '%40') },
    ],
    [
      'encoded twice',
      'PathChanged',
      ['the path', '"/dev/notes/a%2520b"', 'characters were percent-encoded'],
      { request: { path: '/notes/a b' }, damage: changeTarget('%20', '%2520') },
    ],
    [
      'an encoded slash decoded',
      'PathChanged',
      ['the path', '"/dev/notes/a%2Fb"', '"/dev/notes/a/b"', 'percent-encoding was taken away'],
      { request: { path: '/notes/a%2Fb' }, damage: changeTarget('%2F', '/') },
    ],
    [
      'in lower case',
      'PathChanged',
      ['upper and lower case differ'],
      { request: { path: '/Notes' }, damage: changeTarget('/Notes', '/notes') },
    ],
    [
      'rewritten',
      'PathChanged',
      ['"/dev/v2/notes"', 'it was rewritten'],
      { damage: changeTarget('/notes', '/v2/notes') },
    ],
    [
      'a parameter lost',
      'QueryChanged',
      ['the query', 'the query parameter "limit" was signed, but did not arrive'],
      { request: withQuery, damage: changeTarget('limit=10&', '') },
    ],
    [
      'one of two values lost',
      'QueryChanged',
      ['the query parameter "tag" was signed, but did not arrive'],
      { request: withQuery, damage: changeTarget('&tag=x', '') },
    ],
    [
      'the query lost',
      'QueryChanged',
      ['the whole query is missing', '"q"', '"limit"', '"tag"'],
      { request: withQuery, damage: changeTarget(/\?.*/, '') },
    ],
    [
      'a parameter added',
      'QueryChanged',
      [/^the query: the query parameter "utm_source" arrived, but was not signed$/],
      { request: withQuery, damage: changeTarget(/$/, '&utm_source=mail') },
    ],
    [
      'a parameter added to none',
      'QueryChanged',
      ['the query parameter "_" arrived, but was not signed'],
      { damage: changeTarget(/$/, '?_=1') },
    ],
    [
      'a value changed',
      'QueryChanged',
      ['the query parameter "limit": signed as "10", arrived as "100"'],
      { request: withQuery, damage: changeTarget('limit=10', 'limit=100') },
    ],
    [
      'a secret value changed',
      'QueryChanged',
      ['the query parameter "inviteToken"', 'not shown'],
      { request: { queryParams: { inviteToken: 'very private' } }, damage: changeTarget('very%20private', 'other') },
    ],
    [
      'encoded twice',
      'QueryChanged',
      ['the query parameter "q"', 'encoded once more'],
      { request: withQuery, damage: changeTarget('a%20b', 'a%2520b') },
    ],
    [
      'a plus sign decoded',
      'QueryChanged',
      ['the query parameter "q": a plus sign in its value arrived as a space'],
      { request: { queryParams: { q: 'a+b' } }, damage: changeTarget('%2B', '+') },
    ],
    [
      'another method',
      'MethodChanged',
      [/^the method: signed as "POST", arrived as "PUT"$/],
      {
        request: post,
        damage: (m) => {
          m.method = 'PUT';
        },
      },
    ],
  ])('%s', isNamed);
});

describe('a request that is damaged on its way: body', () => {
  const pretty = JSON.stringify({ text: 'very private', tags: [1, 2] }, undefined, 2);
  it.each<Row>([
    [
      'other text',
      'BodyChanged',
      ['the payload hash', 'its SHA-256 differs'],
      { request: post, damage: changeBody((text) => text.replace('1', '3')) },
    ],
    [
      'emptied',
      'BodyChanged',
      ['the payload hash', 'was signed, but arrived empty'],
      { request: post, damage: changeBody(() => '') },
    ],
    [
      'added',
      'BodyChanged',
      ['the payload hash', 'was signed as empty, but one arrived'],
      { request: { method: 'DELETE' }, damage: changeBody(() => '{}') },
    ],
    [
      'JSON without white space',
      'BodyChanged',
      ['the payload hash', 'printed again without white space'],
      { request: { method: 'PUT', body: pretty }, damage: changeBody((text) => JSON.stringify(JSON.parse(text))) },
    ],
    [
      'JSON with white space',
      'BodyChanged',
      ['printed again with other white space'],
      { request: post, damage: changeBody(() => '{"text": "very private", "tags": [1, 2]}') },
    ],
    [
      'line break added',
      'BodyChanged',
      ['a line break was added at its end'],
      { request: post, damage: changeBody((text) => `${text}\n`) },
    ],
    [
      'JSON twice',
      'BodyChanged',
      ['serialized to JSON twice'],
      { request: post, damage: changeBody((text) => JSON.stringify(text)) },
    ],
    [
      'Latin-1',
      'BodyChanged',
      ['Latin-1 instead of UTF-8'],
      { request: { method: 'POST', body: 'café' }, damage: changeBody((text) => Buffer.from(text, 'latin1')) },
    ],
    [
      'UTF-8 read as Latin-1',
      'BodyChanged',
      ['read as Latin-1 and encoded again'],
      {
        request: { method: 'POST', body: 'café' },
        damage: (m) => {
          m.body = Buffer.from(m.body.toString('latin1'));
        },
      },
    ],
    [
      'Windows line breaks',
      'BodyChanged',
      ['its line breaks were changed'],
      { request: { method: 'POST', body: 'a\nb' }, damage: changeBody((text) => text.replaceAll('\n', '\r\n')) },
    ],
    [
      'an object sent as text',
      'BodyChanged',
      ['[object Object]'],
      { request: post, send: (signed) => ({ ...signed, body: '[object Object]' }) },
    ],
    [
      'left out of the signature',
      'UnsignedPayload',
      ['the payload hash', 'UNSIGNED-PAYLOAD'],
      { request: { ...post, payloadHash: 'UNSIGNED-PAYLOAD' } },
    ],
    [
      'bytes changed',
      'BodyChanged',
      ['the payload hash'],
      { request: { method: 'PUT', body: Uint8Array.of(0, 255, 128) }, damage: changeBody((text) => text) },
    ],
  ])('%s', isNamed);
});
