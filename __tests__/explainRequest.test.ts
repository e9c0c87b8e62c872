/** Explained by damage, continued: path, query, method and body. */
import { changeBody, changeTarget } from './support/damagingProxy';
import { explained, isNamed, post, withQuery } from './support/explainHarness';
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
      'the question mark encoded',
      'PathChanged',
      [
        /^the path: signed as "\/dev\/notes", arrived as "\/dev\/notes%3F…": its question mark was percent-encoded\n/,
        'the whole query is missing',
      ],
      { request: { queryParams: { sid: 'very private' } }, damage: changeTarget('?', '%3F') },
    ],
    [
      'the question mark encoded, and a prefix stripped',
      'PathChanged',
      ['arrived as "/dev/notes%253F…"'],
      {
        stage: '/api/dev',
        request: { queryParams: { sid: 'very private' } },
        damage: changeTarget(/.*\?/, '/dev/notes%253F'),
      },
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

describe('the value of a query parameter', () => {
  const shown = async (name: string, signed: string, arrived: string): Promise<string> => {
    const pair = (value: string): string => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
    const test = { request: { queryParams: { [name]: signed } }, damage: changeTarget(pair(signed), pair(arrived)) };
    const { code, difference } = await explained(test);
    expect(code).toBe('QueryChanged');
    return difference!;
  };

  it.each([
    ...['jwt', 'authorization', 'oauth2', 'session', 'PHPSESSID', 'sid', 'connect.sid', 'pwd', 'userPwd', 'passphrase'],
    ...[
      'pass',
      'otp',
      'totpCode',
      'pin',
      'userPIN',
      'assertion',
      'SAMLResponse',
      'cookie',
      'ticket',
      'bearer',
      'private',
    ],
    ...[
      'code',
      'auth_code',
      'authcode',
      'accesskey',
      'apiKeyId',
      'passcode',
      'key',
      'api_key',
      'apikey',
      'csrf',
      'mfa',
      'hmac',
      'sig',
      'nonce',
      'X-Amz-Anything',
    ],
  ])('is not shown under the name %s, however short', async (name) => {
    expect(await shown(name, 'sEcr3t', 'sEcr3')).toBe(
      `the query: the query parameter "${name}": its value changed (not shown; signed with 6, arrived with 5 characters): its end is missing`,
    );
  });

  it.each([
    ['a JWT', 'eyJhbGciOiJub25lIn0'],
    ['a part of one', 'x.eyJzdWIiOiIxIn0'],
    ['an access key id', 'AKIAIOSFODNN7EXAMPLE'],
    ['a temporary one', 'ASIAIOSFODNN7EXAMPLE'],
    ['an Authorization header', 'Basic c2VjcmV0'],
    ['one that is encoded', 'Basic%20c2VjcmV0'],
    ['long', 'abcdefghijklmnopqrstu'],
  ])('is not shown where it is %s', async (_, value) => {
    for (const [signed, arrived] of [[value, 'other'] as const, ['other', value] as const]) {
      const difference = await shown('q', signed, arrived);
      expect(difference).toContain(
        `(not shown; signed with ${signed.length}, arrived with ${arrived.length} characters)`,
      );
      expect(difference).not.toContain(value.slice(2, 8));
    }
    expect(await shown('q', value, encodeURIComponent(`${value}%`))).not.toContain(value.slice(2, 8));
    expect(await shown('q', value, value.toLowerCase().replace(/^./, 'X'))).not.toContain(value.slice(2, 8));
  });

  it('encoded once more is not shown either', async () => {
    const difference = await shown('q', 'very private text, really', encodeURIComponent('very private text, really'));
    expect(difference).toBe('the query: the query parameter "q": its value was encoded once more');
  });

  it('is told by its kind of change', async () => {
    expect(await shown('sid', 'sEcr3t', 'secr3t')).toMatch(/both have 6 characters\): upper and lower case differ$/);
    expect(await shown('sid', 'sEcr3t', 'other!')).toMatch(/both have 6 characters\)$/);
  });

  it.each(['q', 'limit', 'keyword', 'greyJacket', 'author', 'shipping', 'sort', 'page.size', 'filter[name]'])(
    'is shown where it is short, under the name %s',
    async (name) => {
      expect(await shown(name, 'a b', 'a')).toBe(
        `the query: the query parameter "${name}": signed as "a b", arrived as "a"`,
      );
    },
  );

  it.each(['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'token=sEcr3t', 'x'.repeat(41)])(
    'in place of a name is not shown either: %s',
    async (name) => {
      const queryParams = { [name]: '' };
      const { difference } = await explained({ request: { queryParams }, damage: changeTarget(/\?.*/, '') });
      expect(difference).toContain(`a query parameter (its name of ${name.length} characters is not shown)`);
      expect(difference).not.toContain(name.slice(-6));
      expect(await shown(name, '1', '2')).not.toContain(name.slice(-6));
    },
  );
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
