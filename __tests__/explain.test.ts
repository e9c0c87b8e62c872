/**
 * Explained by damage: a request signed by the signer goes through a real proxy, which damages it, to the real local
 * gateway, whose real refusal is explained. Each explanation has to name what the proxy did.
 */
import { explain } from '../src/explain/index';
import { addHeader, changeTarget, dropHeader, setHeader } from './support/damagingProxy';
import { call, isNamed, post, withQuery } from './support/explainHarness';
import type { Case, Row } from './support/explainHarness';

it.each<[string, Case]>([
  ['nothing', { request: { ...post, ...withQuery, path: '/notes/a@b (é)' } }],
  ['the order of the query', { request: withQuery, damage: changeTarget('limit=10&q=a%20b', 'q=a%20b&limit=10') }],
  ['spaces as plus signs', { request: withQuery, damage: changeTarget('a%20b', 'a+b') }],
  [
    'the order and case of headers',
    {
      damage: (m) => {
        m.headers = m.headers.reverse().map(([name, value]) => [name.toUpperCase(), value]);
      },
    },
  ],
  ['a header that is not signed', { damage: addHeader('X-Forwarded-For', '192.0.2.1') }],
])('the gateway does not mind when the proxy changes %s', async (_, test) => {
  const { refusal, signed } = await call(test);
  expect(refusal).toMatchObject({ status: 200, body: '{"ok":true}' });
  expect(explain(refusal, signed)).toBeUndefined();
});

describe('a request that is damaged on its way: headers', () => {
  it.each<Row>([
    [
      'charset added',
      'HeaderChanged',
      ['the header content-type', '"application/json"', '"application/json; charset=utf-8"', 'a charset was added'],
      { request: post, damage: setHeader('content-type', (type) => `${type}; charset=utf-8`) },
    ],
    [
      'charset removed',
      'HeaderChanged',
      ['the header content-type', 'the charset was removed'],
      {
        request: { ...post, headers: { 'content-type': 'application/json;charset=UTF-8' } },
        damage: setHeader('content-type', 'application/json'),
      },
    ],
    [
      'content type replaced',
      'HeaderChanged',
      ['the header content-type', '"text/plain"'],
      { request: post, damage: setHeader('content-type', 'text/plain') },
    ],
    [
      'content type dropped',
      'HeaderDropped',
      [/^the header content-type: signed, but did not arrive$/],
      { request: post, damage: dropHeader('content-type') },
    ],
    [
      'accept dropped',
      'HeaderDropped',
      [/^the header accept: signed, but did not arrive$/],
      { damage: dropHeader('accept') },
    ],
    [
      'accept changed',
      'HeaderChanged',
      ['the header accept', 'signed as "application/json", arrived as "*/*"'],
      { damage: setHeader('accept', '*/*') },
    ],
    [
      'accept sent twice',
      'HeaderChanged',
      ['the header accept', 'it arrived twice'],
      { damage: addHeader('Accept', 'application/json') },
    ],
    [
      'a value added',
      'HeaderChanged',
      ['the header accept', 'a second value was added'],
      { damage: addHeader('Accept', 'text/html') },
    ],
    [
      'a header of the app changed',
      'HeaderChanged',
      ['the header x-customer', 'not shown', 'signed with 12, arrived with 5 characters'],
      { request: { headers: { 'X-Customer': 'very private' } }, damage: setHeader('x-customer', 'other') },
    ],
    [
      'the case of a value',
      'HeaderChanged',
      ['the header x-customer', 'upper and lower case differ'],
      { request: { headers: { 'X-Customer': 'VERY private' } }, damage: setHeader('x-customer', 'very private') },
    ],
    [
      'a header of the app dropped',
      'HeaderDropped',
      ['the header x-customer'],
      { request: { headers: { 'X-Customer': '7' } }, damage: dropHeader('x-customer') },
    ],
    [
      'an x-amz header added',
      'HeaderAdded',
      [/^the header x-amz-meta: arrived, but was not signed$/],
      { damage: addHeader('x-amz-meta', '1') },
    ],
    [
      'x-amz-date changed',
      'HeaderChanged',
      ['the header x-amz-date', '"20200101T000000Z"'],
      { damage: setHeader('x-amz-date', '20200101T000000Z') },
    ],
    [
      'x-amz-date dropped',
      'HeaderDropped',
      ['the header x-amz-date', 'did not arrive'],
      { damage: dropHeader('x-amz-date') },
    ],
    [
      'x-amz-date garbled',
      'HeaderChanged',
      ['the header x-amz-date', 'another form'],
      { damage: setHeader('x-amz-date', (date) => `${date}, ${date}`) },
    ],
    [
      'Host replaced',
      'HostChanged',
      ['the host', '"backend.internal"'],
      { damage: setHeader('host', 'backend.internal') },
    ],
    [
      'port dropped from Host',
      'HostChanged',
      ['the host', 'arrived as "127.0.0.1"', 'the port differs'],
      { damage: setHeader('host', '127.0.0.1') },
    ],
  ])('%s', isNamed);
});
