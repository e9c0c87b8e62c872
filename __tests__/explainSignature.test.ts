/** Explained by damage, continued: keys, tokens, clocks, policies, the Authorization header, and several damages at once. */
import { all, addHeader, changeBody, changeTarget, dropHeader, setHeader } from './support/damagingProxy';
import { explained, gatewayOf, isNamed, issue, post, withQuery } from './support/explainHarness';
import type { Row } from './support/explainHarness';

const HOUR = 3_600_000;
const others = issue();

describe('what was wrong from the start', () => {
  const wrong = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  it.each<Row>([
    [
      'secret key',
      'WrongSecretKey',
      ['the signature alone'],
      { request: { ...post, ...withQuery }, config: { secretKey: wrong } },
    ],
    [
      'signature changed on the way',
      'WrongSecretKey',
      ['the signature alone'],
      { damage: setHeader('authorization', (value) => value.replace(/.$/, (c) => (c === '0' ? '1' : '0'))) },
    ],
    [
      'region',
      'WrongRegion',
      ['the region in the credential scope', '"eu-west-1"'],
      { config: { region: 'eu-west-1' } },
    ],
    [
      'service',
      'WrongService',
      ['the service in the credential scope', '"lambda"', '"execute-api"'],
      { config: { serviceName: 'lambda' } },
    ],
    [
      'region and service',
      'WrongRegion',
      ['the region in', 'the service in'],
      { config: { region: 'eu-west-1', serviceName: 'lambda' } },
    ],
    [
      'clock behind',
      'ClockBehind',
      ['the date', /1 hour( \d seconds?)? too early/],
      { config: { now: () => Date.now() - HOUR }, now: () => Date.now() - HOUR },
    ],
    [
      'clock ahead',
      'ClockAhead',
      ['the date', /(1 hour|59 minutes 5\d seconds) too late/],
      { config: { now: () => Date.now() + HOUR }, now: () => Date.now() + HOUR },
    ],
    [
      'signed long before',
      'SignatureTooOld',
      ['the date', /1 hour( \d seconds?)? too early/],
      { config: { now: () => Date.now() - HOUR } },
    ],
    ['no token', 'TokenMissing', ['the header x-amz-security-token: missing'], { config: { sessionToken: undefined } }],
    [
      'the token of other credentials',
      'TokenInvalid',
      ['the header x-amz-security-token', 'not of the same credentials'],
      { config: { sessionToken: others.sessionToken } },
    ],
    [
      'token dropped on the way',
      'TokenInvalid',
      ['the header x-amz-security-token', 'dropped on the way'],
      { damage: dropHeader('x-amz-security-token') },
    ],
    [
      'token cut on the way',
      'TokenInvalid',
      ['the header x-amz-security-token', 'changed or dropped on the way'],
      { damage: setHeader('x-amz-security-token', (token) => token.slice(0, 512)) },
    ],
    [
      'unknown long-term key',
      'UnknownAccessKey',
      ['the access key id'],
      { config: { accessKey: 'AKIAIOSFODNN7EXAMPLE', sessionToken: undefined } },
    ],
    [
      'long-term key with a token',
      'TokenInvalid',
      ['x-amz-security-token: sent, but it does not belong'],
      { config: { accessKey: 'AKIAIOSFODNN7EXAMPLE' } },
    ],
    ['a stage that does not exist', 'Forbidden', ['"prod"', 'no x-api-key'], { stage: '/prod' }],
    [
      'a policy without it',
      'NotAuthorized',
      [
        'the identity-based policy of the role Cognito_localAuth_Role',
        /execute-api:Invoke on arn:aws:execute-api:.*\/dev\/POST\/notes$/,
      ],
      { request: post, isNarrow: true },
    ],
    [
      'a policy that denies it',
      'ExplicitDeny',
      ['the identity-based policy', '/dev/DELETE/admin/users'],
      { request: { method: 'DELETE', path: '/admin/users' } },
    ],
  ])('%s', isNamed);

  it('expired credentials', async () => {
    const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } = issue(0.001);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { code, difference } = await explained({ config: { accessKey, secretKey, sessionToken } });
    expect([code, difference]).toEqual(['TokenExpired', expect.stringContaining('expiration')]);
  });

  it('gives the IAM statement that is missing', async () => {
    const { advice } = await explained({ request: post, isNarrow: true });
    expect(JSON.parse(/\{.*\}/.exec(advice)![0])).toEqual({
      Effect: 'Allow',
      Action: 'execute-api:Invoke',
      Resource: gatewayOf({ isNarrow: true }).gateway.arn.replace(/:\d{12}:/, ':*:') + '/dev/POST/notes',
    });
  });
});

describe('the Authorization header', () => {
  it.each<Row>([
    [
      'stripped',
      'MissingAuthentication',
      ['the header authorization', 'dropped on the way', 'the path "/dev/notes" with the method GET'],
      { damage: dropHeader('authorization') },
    ],
    [
      'replaced by a bearer token',
      'IncompleteSignature',
      ['the header authorization: signed as "AWS4-HMAC-SHA256 …"', 'cannot read'],
      { damage: setHeader('authorization', 'Bearer very private') },
    ],
    [
      'cut off',
      'IncompleteSignature',
      ['the header authorization', 'arrived without Signature'],
      { damage: setHeader('authorization', (value) => value.replace(/, Signature.*/, '')) },
    ],
    [
      'sent twice',
      'IncompleteSignature',
      ['the header authorization'],
      { damage: addHeader('Authorization', 'Bearer very private') },
    ],
    [
      'list of signed headers rewritten',
      'AuthorizationChanged',
      [
        'the signed headers list',
        '"accept;host;x-amz-date;x-amz-security-token"',
        '"host;x-amz-date;x-amz-security-token"',
      ],
      { damage: setHeader('authorization', (value) => value.replace('accept;', '')) },
    ],
    [
      'scope rewritten',
      'AuthorizationChanged',
      ['the credential scope', '"us-east-1"', '"eu-west-1"'],
      { damage: setHeader('authorization', (value) => value.replace('us-east-1', 'eu-west-1')) },
    ],
    ['never there', 'NotSigned', ['the header authorization: missing'], { isUnsigned: true }],
  ])('%s', isNamed);
});

describe('two damages are both named, the deeper one first', () => {
  it.each<Row>([
    [
      'a redirect: GET without body and content type',
      'MethodChanged',
      [/^the method.*\nthe payload hash: .*arrived empty\nthe header content-type: .*did not arrive$/],
      {
        request: post,
        damage: all(
          (m) => {
            m.method = 'GET';
          },
          changeBody(() => ''),
          dropHeader('content-type'),
        ),
      },
    ],
    [
      'body and content type',
      'BodyChanged',
      [/^the payload hash.*\nthe header content-type/],
      {
        request: post,
        damage: all(
          changeBody(() => 'text=hello'),
          setHeader('content-type', 'application/x-www-form-urlencoded'),
        ),
      },
    ],
    [
      'host and prefix',
      'HostChanged',
      [/^the host.*\nthe path.*its beginning "\/api" is missing/],
      { stage: '/api/dev', damage: all(changeTarget('/api', ''), setHeader('host', 'backend.internal')) },
    ],
    [
      'path and query',
      'PathChanged',
      [/^the path.*\nthe query: .*"limit"/],
      { request: withQuery, damage: changeTarget('/notes?limit=10&', '/notes/?') },
    ],
    [
      'two headers',
      'HeaderChanged',
      [/^the header accept.*\nthe header x-customer/],
      {
        request: { headers: { 'x-customer': '7' } },
        damage: all(setHeader('accept', '*/*'), dropHeader('x-customer')),
      },
    ],
    [
      'three parameters',
      'QueryChanged',
      ['"q": signed as "a b", arrived as "a"', '"limit" was signed', '"page" arrived'],
      { request: withQuery, damage: changeTarget('limit=10&q=a%20b', 'q=a&page=2') },
    ],
  ])('%s', isNamed);

  it('each with its advice', async () => {
    const damage = all(changeTarget('/notes', '/notes/'), setHeader('content-type', 'text/plain'));
    const { cause, advice } = await explained({ request: post, damage });
    expect(cause).toContain('What else differs: the header content-type.');
    expect(advice.split('\n')).toEqual([expect.stringContaining('the path'), expect.stringContaining('content type')]);
  });
});
