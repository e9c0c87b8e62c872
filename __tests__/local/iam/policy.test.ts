import type { Policy, PolicyStatement } from '../../../src/local/iam';
import { matchesPattern, readPattern, resolvePattern } from '../../../src/local/iam/pattern';
import { decide } from '../../support/policyHarness';

const api = 'arn:aws:execute-api:us-east-1:123456789012:local00api';
const identityId = 'us-east-1:11111111-2222-3333-4444-555555555555';
const allow = (Resource: string | string[], Action: string | string[] = 'execute-api:Invoke'): PolicyStatement => ({
  Effect: 'Allow',
  Action,
  Resource,
});
const deny = (Resource: string): PolicyStatement => ({ Effect: 'Deny', Action: 'execute-api:Invoke', Resource });

it('allows everything without a policy', () => {
  expect(decide({}, { resource: `${api}/dev/GET/notes` })).toBe('allow');
});

// What each is worth in IAM: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
it.each<[string, PolicyStatement | PolicyStatement[], string, string]>([
  ['no statement', [], 'GET/notes', 'implicit-deny'],
  ['everything', allow('*'), 'GET/notes', 'allow'],
  ['the exact resource', allow(`${api}/dev/GET/notes`), 'GET/notes', 'allow'],
  ['the exact resource, not what goes on', allow(`${api}/dev/GET/notes`), 'GET/notes/1', 'implicit-deny'],
  ['the exact resource, not what goes before', allow('arn:GET/notes'), 'GET/notes', 'implicit-deny'],
  ['the case of the path', allow(`${api}/dev/GET/Notes`), 'GET/notes', 'implicit-deny'],
  ['* over slashes', allow(`${api}/*/GET/*`), 'GET/notes/1/tags', 'allow'],
  ['* for nothing', allow(`${api}/dev/GET/notes*`), 'GET/notes', 'allow'],
  ['* in another method', allow(`${api}/*/GET/*`), 'POST/notes', 'implicit-deny'],
  ['? for one character', allow(`${api}/dev/GET/notes/?`), 'GET/notes/1', 'allow'],
  ['? not for two', allow(`${api}/dev/GET/notes/?`), 'GET/notes/12', 'implicit-deny'],
  ['? not for none', allow(`${api}/dev/GET/notes/?`), 'GET/notes/', 'implicit-deny'],
  ['a dot is a dot', allow(`${api}/dev/GET/a.b`), 'GET/aXb', 'implicit-deny'],
  ['brackets and pluses are themselves', allow(`${api}/dev/GET/(a+)[b]{1}^$|`), 'GET/(a+)[b]{1}^$|', 'allow'],
  ['another region', allow(`arn:aws:execute-api:eu-west-1:*:*/*`), 'GET/notes', 'implicit-deny'],
  ['the short form', allow('execute-api:/dev/GET/*'), 'GET/notes', 'allow'],
  ['the short form, not further down', allow('execute-api:/dev/GET/*'), 'DELETE/x/dev/GET/y', 'implicit-deny'],
  ['the short form of another stage', allow('execute-api:/prod/GET/*'), 'GET/notes', 'implicit-deny'],
  ['one of several resources', allow([`${api}/dev/GET/a`, `${api}/dev/GET/b`]), 'GET/b', 'allow'],
  ['one of several actions', allow('*', ['s3:GetObject', 'execute-api:Invoke']), 'GET/b', 'allow'],
  ['all actions', allow('*', '*'), 'GET/b', 'allow'],
  ['everyone as principal', { ...allow('*'), Principal: '*' }, 'GET/b', 'allow'],
  ['all actions of the service', allow('*', 'execute-api:*'), 'GET/b', 'allow'],
  ['an action in another case', allow('*', 'Execute-Api:invoke'), 'GET/b', 'allow'],
  ['another action only', allow('*', 'execute-api:ManageConnections'), 'GET/b', 'implicit-deny'],
  ['Deny after Allow', [allow('*'), deny(`${api}/dev/DELETE/*`)], 'DELETE/b', 'explicit-deny'],
  ['Deny before Allow', [deny(`${api}/dev/DELETE/*`), allow('*')], 'DELETE/b', 'explicit-deny'],
  ['Deny of something else', [deny(`${api}/dev/DELETE/*`), allow('*')], 'GET/b', 'allow'],
  [
    'own data',
    allow(`${api}/dev/GET/users/\${cognito-identity.amazonaws.com:sub}/*`),
    `GET/users/${identityId}/a`,
    'allow',
  ],
  ['a star that is one', allow(`${api}/dev/GET/a\${*}`), 'GET/a*', 'allow'],
  ['a star that is one, and no pattern', allow(`${api}/dev/GET/a\${*}`), 'GET/abc', 'implicit-deny'],
  ['a question mark that is one', allow(`${api}/dev/GET/\${?}`), 'GET/a', 'implicit-deny'],
  ['a dollar', allow(`${api}/dev/GET/\${$}{a}`), 'GET/${a}', 'allow'],
  [
    'the name of a variable in another case',
    allow(`*/\${Cognito-Identity.amazonaws.com:SUB}`),
    `GET/${identityId}`,
    'allow',
  ],
  ['a dollar alone', allow('*/$'), 'GET/$', 'allow'],
  ['? for one character of two code units', allow('*/GET/?'), 'GET/😀', 'allow'],
  ['* that has to be tried again', allow('*aab*c'), 'GET/aaabaabxc', 'allow'],
  ['* that has to be tried again, to the end', allow('*aab'), 'GET/aabaaab', 'allow'],
  ['* that has to be tried again, in vain', allow('*aab'), 'GET/aabaa', 'implicit-deny'],
  ['more than the text', allow('*/GET/notes/1'), 'GET/notes', 'implicit-deny'],
  [
    "others' data",
    allow(`${api}/dev/GET/users/\${cognito-identity.amazonaws.com:sub}/*`),
    'GET/users/us-east-1:2/a',
    'implicit-deny',
  ],
])('%s', (_, Statement, call, expected) => {
  const policy: Policy = { Version: '2012-10-17', Statement };
  expect(decide({ policy }, { resource: `${api}/dev/${call}`, identityId })).toBe(expected);
});

it.each<[string, unknown]>([
  ['policy', 'allow'],
  ['policy.Statement', {}],
  ['policy.Statements', { Statements: [deny('*')], Statement: allow('*') }],
  ['policy.Version', { Version: '2012-10-7', Statement: allow('*') }],
  ['policy.Statement[0].Resource', { Statement: deny('/admin/*') }],
  ['policy.Statement[0].Resource', { Statement: deny('execute-api:dev/GET/admin/*') }],
  ['policy.Statement[0].Action', { Statement: allow('*', 'Invoke') }],
  ['policy.Statement[0]', { Statement: ['x'] }],
  ['policy.Statement[0]', { Statement: [null] }],
  ['policy.Statement[1]', { Statement: [allow('*'), undefined] }],
  ['policy.Statement', { Statement: null }],
  ['policy.Statement[0].Principal', { Statement: { ...allow('*'), Principal: ['*'] } }],
  [
    'policy.Statement[0].Action',
    { Version: '2012-10-17', Statement: { ...deny('*'), Action: 'execute-api:${aws:PrincipalTag/denied}' } },
  ],
  ['policy.Statement[0].Effect', { Statement: { Effect: 'allow', Action: '*', Resource: '*' } }],
  ['policy.Statement[0].Action', { Statement: { Effect: 'Allow', Resource: '*' } }],
  ['policy.Statement[0].Resource', { Statement: { Effect: 'Allow', Action: '*', Resource: [] } }],
  ['policy.Statement[0].Resource', { Statement: { Effect: 'Allow', Action: '*', Resource: [''] } }],
  ['policy.Statement[1].Condition', { Statement: [allow('*'), { ...allow('*'), Condition: {} }] }],
  ['policy.Statement[0].NotAction', { Statement: { Effect: 'Allow', NotAction: '*', Resource: '*' } }],
  ...[
    '${aws:username}',
    '${cognito-identity.amazonaws.com:sub',
    '${}',
    "${cognito-identity.amazonaws.com:sub, 'x'}",
  ].flatMap((variable): [string, unknown][] => [
    ['policy.Statement[0].Resource', { Version: '2012-10-17', Statement: allow(`${api}/dev/GET/${variable}`) }],
    ['policy.Statement[0].Resource', { Version: '2012-10-17', Statement: { ...deny(`*${variable}*`) } }],
    ['policy.Statement[0].Action', { Version: '2012-10-17', Statement: allow('*', variable) }],
  ]),
  ['policy.Version', { Version: '2008-10-17', Statement: allow('*/${*}') }],
  ['policy.Version', { Statement: allow('*/${cognito-identity.amazonaws.com:sub}') }], // IAM takes the older one then
  ['policy', null],
  ['policy', []],
  ['policy.Statement[0].Principal', { Statement: { ...allow('*'), Principal: { AWS: 'arn:aws:iam::1:root' } } }],
])('says what is wrong: %s', (option, policy) => {
  let error: unknown;
  try {
    decide({ policy: policy as Policy });
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ name: 'LocalAwsError', code: 'InvalidOption' });
  expect(String(error)).toContain(`${option}: expected`);
});

// Steps are counted: how often a character of the text is looked at.
it.each([
  '*',
  '*a*a*a*a*a*a*a*b',
  '*aaaaaaab',
  `${'*a'.repeat(40)}b`,
  '*?a?*?a?*b',
  '*/*/*/*/*/*b',
  '?'.repeat(50) + '*b',
])('takes time that grows with the length of the text alone: %s', (glob) => {
  const pattern = resolvePattern(readPattern(glob)!, new Map());
  const steps = (length: number): number => {
    let count = 0;
    const text = new Proxy(Array<string>(length).fill('a'), {
      get: (target, name) => {
        count++;
        return Reflect.get(target, name) as unknown;
      },
    });
    matchesPattern(pattern, text);
    return count;
  };
  expect(steps(4000) / steps(1000)).toBeLessThan(5);
});
