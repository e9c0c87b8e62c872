/** Conditions, with what IAM's reference says of each operator: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
import type { Policy, PolicyRequest } from '../../../src/local/iam';
import { decide } from '../../support/policyHarness';

const AUD = 'cognito-identity.amazonaws.com:aud';
const SUB = 'cognito-identity.amazonaws.com:sub';
const AMR = 'cognito-identity.amazonaws.com:amr';
const POOL = 'us-east-1:99999999-8888-7777-6666-555555555555';
const IDENTITY = 'us-east-1:11111111-2222-3333-4444-555555555555';

const allowed = (Condition: unknown, request: Partial<PolicyRequest> = {}): boolean => {
  const statement = { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*', Condition };
  const policy = { Version: '2012-10-17', Statement: statement } as unknown as Policy;
  return decide({ policy }, request) === 'allow';
};

test.each<[string, object, boolean]>([
  ['an address', { IpAddress: { 'aws:SourceIp': '203.0.113.7' } }, true],
  ['another address', { IpAddress: { 'aws:SourceIp': '203.0.113.8' } }, false],
  ['a range', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, true],
  ['a range that ends before it', { IpAddress: { 'aws:SourceIp': '203.0.113.0/29' } }, true],
  ['another range', { IpAddress: { 'aws:SourceIp': '203.0.113.8/29' } }, false],
  ['one of several', { IpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '203.0.113.0/24'] } }, true],
  ['all addresses', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, true],
  ['a range of IPv6', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, false],
  ['all addresses of IPv6', { IpAddress: { 'aws:SourceIp': '::/0' } }, false],
  ['the address, mapped to IPv6', { IpAddress: { 'aws:SourceIp': '::ffff:203.0.113.7' } }, false],
  ['none of IPv6', { NotIpAddress: { 'aws:SourceIp': '::/0' } }, true],
  ['no address', { NotIpAddress: { 'aws:SourceIp': '203.0.113.7/32' } }, false],
  ['none of several', { NotIpAddress: { 'aws:SourceIp': ['198.51.100.0/24', '192.0.2.0/24'] } }, true],
  ['a key in another case', { IpAddress: { 'AWS:sourceip': '203.0.113.7' } }, true],
  ['equal', { StringEquals: { [AUD]: POOL } }, true],
  ['equal, in another case', { StringEquals: { [AUD]: POOL.toUpperCase() } }, false],
  ['a star, which is one', { StringEquals: { [AUD]: 'us-east-1:*' } }, false],
  ['a question mark, which is one', { StringEquals: { [SUB]: `${IDENTITY.slice(0, -1)}?` } }, false],
  ['equal, whatever the case', { StringEqualsIgnoreCase: { [AUD]: POOL.toUpperCase() } }, true],
  ['not equal', { StringNotEquals: { [SUB]: IDENTITY } }, false],
  ['not equal to any', { StringNotEquals: { [SUB]: ['us-east-1:1', 'us-east-1:2'] } }, true],
  ['not equal to one of them', { StringNotEquals: { [SUB]: ['us-east-1:1', IDENTITY] } }, false],
  ['not equal, whatever the case', { StringNotEqualsIgnoreCase: { [SUB]: IDENTITY.toUpperCase() } }, false],
  ['like', { StringLike: { [SUB]: 'us-east-1:*' } }, true],
  ['like, of one character', { StringLike: { [SUB]: `${IDENTITY.slice(0, -1)}?` } }, true],
  ['not like', { StringNotLike: { [SUB]: 'eu-*' } }, true],
  ['a variable', { StringEquals: { [SUB]: '${cognito-identity.amazonaws.com:sub}' } }, true],
  ['a tag', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } }, true],
  ['a tag of another value', { StringEquals: { 'aws:PrincipalTag/team': 'red' } }, false],
  ['a tag that is not there', { StringEquals: { 'aws:PrincipalTag/other': 'blue' } }, false],
  ['a tag that is not there, if it exists', { StringEqualsIfExists: { 'aws:PrincipalTag/other': 'blue' } }, true],
  ['not the value of a tag that is not there', { StringNotEquals: { 'aws:PrincipalTag/other': 'blue' } }, true],
  ['a tag that is null', { Null: { 'aws:PrincipalTag/other': 'true' } }, true],
  ['a tag that is not', { Null: { 'aws:PrincipalTag/team': true } }, false],
  ['a tag that is there', { Null: { 'aws:PrincipalTag/team': 'false' } }, true],
  ['any', { 'ForAnyValue:StringLike': { [AMR]: 'authenticated' } }, true],
  ['any, of none', { 'ForAnyValue:StringEquals': { [AMR]: 'unauthenticated' } }, false],
  ['all', { 'ForAllValues:StringLike': { [AMR]: ['authenticated', 'cognito-idp.*'] } }, true],
  ['not all', { 'ForAllValues:StringLike': { [AMR]: 'cognito-idp.*' } }, false],
  ['all of nothing', { 'ForAllValues:StringEquals': { 'aws:PrincipalTag/other': 'x' } }, true],
  ['any of nothing', { 'ForAnyValue:StringNotEquals': { 'aws:PrincipalTag/other': 'x' } }, false],
  ['a role', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/Notes*' } }, true],
  ['a star that stays in its part', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:*:role/NotesUser:a:b' } }, false],
  ['another role', { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/Other' } }, true],
  ['the account', { StringEquals: { 'aws:PrincipalAccount': '123456789012' } }, true],
  ['HTTPS, which AWS has alone', { Bool: { 'aws:SecureTransport': 'true' } }, true],
  ['a boolean', { Bool: { 'aws:SecureTransport': false } }, false],
  ['two keys, both of which hold', { StringEquals: { [AUD]: POOL, [SUB]: IDENTITY } }, true],
  ['two keys, one of which holds', { StringEquals: { [AUD]: POOL, [SUB]: 'x' } }, false],
  ['two operators, one of which holds', { StringEquals: { [AUD]: POOL }, StringLike: { [SUB]: 'x*' } }, false],
  ['what function URLs alone have', { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }, false],
])('%s', (_, condition, expected) => {
  expect(allowed(condition)).toBe(expected);
});

test('a variable that the request has no value for matches nothing', () => {
  const condition = { StringLike: { [SUB]: '*${aws:PrincipalTag/other}*' } };
  expect(allowed(condition)).toBe(false);
  expect(allowed(condition, { tags: { other: '1' } })).toBe(true);
});

test('a guest’s login is no user’s, and credentials of no pool have none', () => {
  const users = { 'ForAnyValue:StringLike': { [AMR]: 'authenticated' } };
  expect(allowed(users, { amr: ['unauthenticated'] })).toBe(false);
  expect(allowed(users, { amr: undefined })).toBe(false);
  expect(allowed({ StringEquals: { [AUD]: POOL } }, { identityPoolId: undefined })).toBe(false);
});

test.each<[string, unknown, string]>([
  ['', {}, 'an object of operators, got Object'],
  ['', [], 'an object of operators, got Array'],
  ['.StringEquals', { StringEquals: {} }, 'an object of keys, got Object'],
  ['.StringEquals', { StringEquals: 'x' }, 'an object of keys, got "x"'],
  ['.StringEqual', { StringEqual: { [SUB]: 'x' } }, 'an operator that is known here, such as StringEquals, got "x"'],
  ['.DateLessThan', { DateLessThan: { [SUB]: 'x' } }, 'an operator that is known here'],
  ['.ForSomeValue:StringEquals', { 'ForSomeValue:StringEquals': { [SUB]: 'x' } }, 'an operator that is known here'],
  [
    `.StringEquals['aws:SourceVpce']`,
    { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
    'a condition key that is known here',
  ],
  [
    `.StringEquals['aws:PrincipalTag/']`,
    { StringEquals: { 'aws:PrincipalTag/': 'x' } },
    'a condition key that is known here',
  ],
  [`.StringEquals['${SUB}']`, { StringEquals: { [SUB]: [] } }, 'a text or a list of texts, got Array'],
  [`.StringEquals['${SUB}']`, { StringEquals: { [SUB]: 5 } }, 'a text or a list of texts, got 5'],
  [
    `.StringEquals['${SUB}']`,
    { StringEquals: { [SUB]: '${aws:username}' } },
    'a text without policy variables that are not known here, got "${aws:username}"',
  ],
  [
    `.StringLike['${AMR}']`,
    { StringLike: { [AMR]: 'authenticated' } },
    'ForAnyValue:StringLike or ForAllValues:StringLike',
  ],
  [
    `.IpAddress['aws:SourceIp']`,
    { IpAddress: { 'aws:SourceIp': '203.0.113.0/33' } },
    'an IP address or a range, such as 203.0.113.0/24, got "203.0.113.0/33"',
  ],
  [`.IpAddress['aws:SourceIp']`, { IpAddress: { 'aws:SourceIp': '203.0.113/24' } }, 'an IP address'],
  [`.IpAddress['aws:SourceIp']`, { IpAddress: { 'aws:SourceIp': '203.0.113.0/' } }, 'an IP address'],
  [`.IpAddress['aws:SourceIp']`, { IpAddress: { 'aws:SourceIp': '::1/8/8' } }, 'an IP address'],
  [`.ArnLike['aws:PrincipalArn']`, { ArnLike: { 'aws:PrincipalArn': '*' } }, 'an ARN of six parts'],
  [`.Bool['aws:SecureTransport']`, { Bool: { 'aws:SecureTransport': 'yes' } }, `'true' or 'false', got "yes"`],
  [`.Null['${SUB}']`, { Null: { [SUB]: 'x' } }, `'true' or 'false', got "x"`],
])('names the place that it cannot read: Condition%s', (place, condition, expected) => {
  expect(() => allowed(condition)).toThrow(`policy.Statement[0].Condition${place}: expected ${expected}`);
});

test('what is about other services alone may have whatever conditions they know', () => {
  const Statement = [
    { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { StringLike: { 's3:prefix': 'x' } } },
    { Effect: 'Allow', Action: 'execute-api:*', Resource: '*' },
  ] as Policy['Statement'];
  expect(decide({ policy: { Statement } })).toBe('allow');
});
