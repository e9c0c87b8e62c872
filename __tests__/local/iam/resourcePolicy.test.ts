/**
 * A role's policy and a resource's together, for callers of the same account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html, table B
 */
import type { Policy, PolicyPrincipal, PolicyStatement } from '../../../src/local/iam';
import { decide } from '../../support/policyHarness';

const ROLE = 'arn:aws:iam::123456789012:role/NotesUser';
const SESSION = 'arn:aws:sts::123456789012:assumed-role/NotesUser/CognitoIdentityCredentials';

const policyOf = (Effect: PolicyStatement['Effect'], Principal?: PolicyPrincipal): Policy => ({
  Statement: { Effect, ...(Principal && { Principal }), Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
});
const nothing: Policy = { Statement: [] };

test.each<[string, Policy | undefined, Policy | undefined, string]>([
  ['allow, allow', policyOf('Allow'), policyOf('Allow', '*'), 'allow'],
  ['allow, nothing', policyOf('Allow'), nothing, 'allow'],
  ['allow, deny', policyOf('Allow'), policyOf('Deny', '*'), 'explicit-deny'],
  ['nothing, allow', nothing, policyOf('Allow', '*'), 'allow'],
  ['nothing, nothing', nothing, nothing, 'implicit-deny'],
  ['nothing, deny', nothing, policyOf('Deny', '*'), 'explicit-deny'],
  ['deny, allow', policyOf('Deny'), policyOf('Allow', '*'), 'explicit-deny'],
  ['deny, nothing', policyOf('Deny'), nothing, 'explicit-deny'],
  ['no policy of the role, which is then let in', undefined, nothing, 'allow'],
  ['no policy of the role, deny', undefined, policyOf('Deny', '*'), 'explicit-deny'],
  ['no policy at all', undefined, undefined, 'allow'],
])('%s', (_, policy, resourcePolicy, expected) => {
  expect(decide({ ...(policy && { policy }), ...(resourcePolicy && { resourcePolicy }) })).toBe(expected);
});

test.each<[PolicyPrincipal, boolean]>([
  ['*', true],
  [{ AWS: '*' }, true],
  [{ AWS: ROLE }, true],
  [{ AWS: SESSION }, true],
  [{ AWS: ['arn:aws:iam::123456789012:role/Other', ROLE] }, true],
  [{ AWS: 'arn:aws:iam::123456789012:role/Other' }, false],
  [{ AWS: 'arn:aws:iam::999999999999:role/NotesUser' }, false],
  [{ Service: 'cloudfront.amazonaws.com' }, false],
])('a Deny and an Allow for %j', (principal, isAbout) => {
  expect(decide({ resourcePolicy: policyOf('Deny', principal) })).toBe(isAbout ? 'explicit-deny' : 'allow');
  expect(decide({ policy: nothing, resourcePolicy: policyOf('Allow', principal) })).toBe(
    isAbout ? 'allow' : 'implicit-deny',
  );
});

test.each(['123456789012', 'arn:aws:iam::123456789012:root'])('the account %s', (AWS) => {
  expect(decide({ resourcePolicy: policyOf('Deny', { AWS }) })).toBe('explicit-deny');
  // It is the account's own policies that say who of it may call.
  expect(decide({ policy: nothing, resourcePolicy: policyOf('Allow', { AWS }) })).toBe('implicit-deny');
  expect(decide({ resourcePolicy: policyOf('Deny', { AWS: '999999999999' }) })).toBe('allow');
});

test.each<[string, unknown]>([
  ['Principal', undefined],
  ['Principal', 'everyone'],
  ['Principal', {}],
  ['Principal.Federated', { Federated: 'cognito-identity.amazonaws.com' }],
  ['Principal.AWS', { AWS: [] }],
  ['Principal.AWS', { AWS: 'arn:aws:iam::123456789012:role/*' }],
  ['Principal.AWS', { AWS: 'arn:aws:iam::123456789012:user/someone' }],
])('names the place that it cannot read: %s', (place, Principal) => {
  const Statement = { Effect: 'Allow', Principal, Action: 'execute-api:Invoke', Resource: '*' };
  expect(() => decide({ resourcePolicy: { Statement } as unknown as Policy })).toThrow(
    `resourcePolicy.Statement[0].${place}: expected`,
  );
});

test('the two actions of a function URL, with the conditions of those that tools write', () => {
  const fn = 'arn:aws:lambda:us-east-1:123456789012:function:notes';
  const resourcePolicy: Policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: ROLE },
        Action: 'lambda:InvokeFunctionUrl',
        Resource: fn,
        Condition: { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } },
      },
      {
        Effect: 'Allow',
        Principal: { AWS: ROLE },
        Action: 'lambda:InvokeFunction',
        Resource: fn,
        Condition: { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } },
      },
    ],
  };
  const decideOn = (action: string, isFunctionUrl: boolean) =>
    decide({ policy: nothing, resourcePolicy }, { action, resource: fn, isFunctionUrl });
  expect(decideOn('lambda:InvokeFunctionUrl', true)).toBe('allow');
  expect(decideOn('lambda:InvokeFunction', true)).toBe('allow');
  expect(decideOn('lambda:InvokeFunction', false)).toBe('implicit-deny');
});
