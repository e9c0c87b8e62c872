/** Explained by damage: which names and values of a query an explanation shows. */
import { changeTarget } from '../../support/damagingProxy';
import { explained } from '../../support/explainHarness';

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
      'apikeyid',
      'csrf',
      'mfa',
      'hmac',
      'sig',
      'nonce',
      'x-secret-date',
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
    ['a short one of another scheme', 'Bearer abc'],
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

  it('is shown up to 20 characters, under a name of up to 40', async () => {
    const [value, name] = ['abcdefghij'.repeat(2), 'x'.repeat(40)];
    expect(await shown(name, value, 'a')).toBe(
      `the query: the query parameter "${name}": signed as "${value}", arrived as "a"`,
    );
  });
});
