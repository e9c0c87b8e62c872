/** ARNs of the partitions beside AWS's own, whose names are those of botocore's `partitions.json`. */
import { CognitoIdentityProviderClient, DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Policy } from '../../../src/local';
import { startUserPool } from '../../../src/local';
import { arnOf } from '../../../src/local/iam';
import { createContext } from '../../../src/local/lambda/context';
import { call, start } from '../../support/apiGatewayHarness';
import { decide } from '../../support/policyHarness';
import { connect, start as startWebSocketApi } from '../../support/webSocketHarness';

test.each([
  ['us-east-1', 'aws'],
  ['il-central-1', 'aws'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['eusc-de-east-1', 'aws-eusc'],
  ['us-iso-west-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eu-isoe-west-1', 'aws-iso-e'],
])('%s is in %s', (region, partition) => {
  expect(arnOf(region)).toBe(`arn:${partition}`);
});

const region = 'cn-north-1';
const policyFor = (Resource: string, Action = 'execute-api:Invoke'): Policy => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action, Resource },
});
const session = 'arn:aws-cn:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials';

test.each([
  ['arn:aws-cn:execute-api:cn-north-1:*:*/dev/GET/notes', 200],
  ['execute-api:/dev/GET/notes', 200],
  ['arn:aws:execute-api:cn-north-1:*:*/dev/GET/notes', 403],
])("an API in China by a role's policy for %s: %d", async (resource, status) => {
  let userArn: string | undefined;
  const { gateway, credentials } = await start({
    region,
    policy: policyFor(resource),
    handler: (_request, caller) => {
      ({ userArn } = caller);
      return Response.json({});
    },
  });
  const response = await call(gateway, credentials, '/notes');
  expect(response.status).toBe(status);
  expect(gateway.arn).toBe('arn:aws-cn:execute-api:cn-north-1:123456789012:local00api');
  const text = await response.text();
  expect(status === 200 ? userArn : text).toContain(session);
});

test("an API's resource policy names a role, or its session, by the same ARN", async () => {
  for (const AWS of [
    'arn:aws-cn:iam::123456789012:role/Cognito_localAuth_Role',
    session,
    'arn:aws-cn:iam::123456789012:root',
  ]) {
    const statement = { Effect: 'Deny', Principal: { AWS }, Action: 'execute-api:Invoke', Resource: '*' } as const;
    const { gateway, credentials } = await start({ region, resourcePolicy: { Statement: statement } });
    expect((await call(gateway, credentials, '/notes')).status).toBe(403);
  }
});

test('the short form stands for the API in whichever partition', () => {
  const resource = 'arn:aws-us-gov:execute-api:us-gov-west-1:123456789012:local00api/dev/GET/notes';
  expect(decide({ policy: policyFor('execute-api:/dev/GET/*') }, { resource })).toBe('allow');
  expect(decide({ policy: policyFor('execute-api:/prod/GET/*') }, { resource })).toBe('implicit-deny');
});

test('a function URL, and a WebSocket API', async () => {
  const { gateway } = await start({ region, frontend: 'functionUrl' });
  expect(gateway.arn).toBe('arn:aws-cn:lambda:cn-north-1:123456789012:function:function');
  const { api, credentials } = await startWebSocketApi({
    region,
    policy: policyFor('arn:aws-cn:execute-api:cn-north-1:*:*/dev/$connect'),
  });
  expect(api.arn).toBe('arn:aws-cn:execute-api:cn-north-1:123456789012:localws000');
  const client = await connect(api, credentials);
  client.socket.close();
  await client.closed;
});

test('a function, as its context tells', () => {
  const start = new Date();
  const given = { functionName: 'notes', region, accountId: '123456789012', requestId: '1', start, timeout: 3000 };
  const { invokedFunctionArn } = createContext(given, () => undefined);
  expect(invokedFunctionArn).toBe('arn:aws-cn:lambda:cn-north-1:123456789012:function:notes');
});

test('a user pool', async () => {
  const pool = await startUserPool({ region });
  try {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const client = new CognitoIdentityProviderClient({ region, endpoint: pool.url, credentials });
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: pool.userPoolId }));
    expect(UserPool?.Arn).toBe(`arn:aws-cn:cognito-idp:cn-north-1:123456789012:userpool/${pool.userPoolId}`);
    client.destroy();
  } finally {
    await pool.stop();
  }
});
