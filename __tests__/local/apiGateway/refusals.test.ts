import { createHash } from 'node:crypto';
import { call, identityId, refusal, sign, start } from '../../support/apiGatewayHarness';

describe('a refusal is that of API Gateway', () => {
  it('unsigned', async () => {
    const { gateway } = await start();
    const response = await fetch(gateway.url + '/notes');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[\da-f-]{36}$/);
    expect(await refusal(response)).toEqual({
      status: 403,
      type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    });
    expect(gateway.requests).toEqual([
      { method: 'GET', path: '/dev/notes', status: 403, refusal: 'MissingAuthentication' },
    ]);
  });

  it('wrong secret: with the canonical request and the string to sign', async () => {
    const { gateway, credentials } = await start();
    const wrong = { ...credentials, secretAccessKey: 'wrong' };
    const date = '20150830T123600Z';
    const { gateway: old, credentials: oldCredentials } = await start({ now: () => new Date('2015-08-30T12:36:10Z') });
    expect((await refusal(await call(gateway, wrong, '/notes'))).type).toBe('InvalidSignatureException');

    const path = '/notes/a%20b?b=2&a=1%202';
    const got = await refusal(await call(old, { ...oldCredentials, secretAccessKey: 'wrong' }, path, { date }));
    const canonicalRequest = [
      'GET',
      '/dev/notes/a%2520b',
      'a=1%202&b=2',
      `host:127.0.0.1:${old.port}`,
      `x-amz-date:${date}`,
      `x-amz-security-token:${oldCredentials.sessionToken}`,
      '',
      'host;x-amz-date;x-amz-security-token',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    ].join('\n');
    const hash = createHash('sha256').update(canonicalRequest).digest('hex');
    const stringToSign = `AWS4-HMAC-SHA256\n${date}\n20150830/us-east-1/execute-api/aws4_request\n${hash}`;
    expect(got).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message:
        'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.' +
        `\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'` +
        `\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`,
    });
  });

  it('body changed on the way', async () => {
    const { gateway, credentials } = await start();
    const { url, init } = sign(gateway, credentials, '/notes', { method: 'POST', body: '{"a":1}' });
    const got = await refusal(await fetch(url, { ...init, body: '{"a":2}' }));
    expect(got.type).toBe('InvalidSignatureException');
    expect(got.message).toContain(createHash('sha256').update('{"a":2}').digest('hex') + "'");
  });

  it('date too old, date too new', async () => {
    const { gateway, credentials } = await start({ now: () => new Date('2015-08-30T12:36:00Z') });
    expect(await refusal(await call(gateway, credentials, '/notes', { date: '20150830T123059Z' }))).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message: 'Signature expired: 20150830T123059Z is now earlier than 20150830T123100Z (20150830T123600Z - 5 min.)',
    });
    expect(await refusal(await call(gateway, credentials, '/notes', { date: '20150830T124101Z' }))).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message:
        'Signature not yet current: 20150830T124101Z is still later than 20150830T124100Z (20150830T123600Z + 5 min.)',
    });
  });

  it('carries its own clock in Date, from which a client can learn', async () => {
    const { gateway } = await start({ now: () => new Date('2015-08-30T12:36:00Z') });
    expect((await fetch(gateway.url)).headers.get('date')).toBe('Sun, 30 Aug 2015 12:36:00 GMT');
  });

  it('region and service', async () => {
    const { gateway, credentials } = await start();
    expect(await refusal(await call(gateway, credentials, '/', { region: 'eu-west-1' }))).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message: "Credential should be scoped to a valid region, not 'eu-west-1'. ",
    });
    expect(await refusal(await call(gateway, credentials, '/', { service: 'lambda' }))).toEqual({
      status: 403,
      type: 'InvalidSignatureException',
      message: "Credential should be scoped to correct service: 'execute-api'. ",
    });
  });

  it('unknown key, foreign token, no token: one and the same', async () => {
    const { gateway, store, credentials } = await start();
    const other = store.issue({ identityId, authenticated: true });
    const expected = {
      status: 403,
      type: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    };
    const { accessKeyId, secretAccessKey } = credentials;
    const unknown = { ...credentials, accessKeyId: 'ASIAAAAAAAAAAAAAAAAA' };
    const foreign = { ...credentials, sessionToken: other.sessionToken };
    for (const wrong of [unknown, foreign, { accessKeyId, secretAccessKey }]) {
      expect(await refusal(await call(gateway, wrong, '/'))).toEqual(expected);
    }
  });

  it('expired credentials', async () => {
    let time = new Date('2015-08-30T12:36:00Z');
    const { gateway, credentials } = await start({ now: () => time });
    time = new Date('2015-08-30T13:36:00Z');
    expect(await refusal(await call(gateway, credentials, '/', { date: '20150830T133600Z' }))).toEqual({
      status: 403,
      type: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    });
  });

  it('another scheme: its value is not shown', async () => {
    const { gateway } = await start();
    const basic = await refusal(await fetch(gateway.url, { headers: { authorization: 'Basic c2VjcmV0OnNlY3JldA==' } }));
    expect(basic).toMatchObject({ status: 403, type: 'IncompleteSignatureException' });
    expect(basic.message).toMatch(
      /^Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\./,
    );
    const bearer = await refusal(await fetch(gateway.url, { headers: { authorization: 'Bearer abc.def.ghi' } }));
    expect(bearer.message).toMatch(/^Invalid key=value pair \(missing equal-sign\) in Authorization header/);
    expect(basic.message! + bearer.message!).not.toMatch(/c2VjcmV0|abc/);
  });

  it('another stage', async () => {
    const { gateway, credentials } = await start({ stage: 'prod' });
    expect((await call(gateway, credentials, '/notes')).status).toBe(200);
    for (const path of ['/dev/notes', '/production/notes', '/', '/prod/../dev/notes']) {
      const response = await fetch(new URL(gateway.url).origin + path);
      expect(await refusal(response)).toEqual({ status: 403, type: 'ForbiddenException', message: 'Forbidden' });
    }
  });

  it('a body above 10 MB', async () => {
    const { gateway, credentials } = await start({
      handler: async (request) => new Response(`${(await request.text()).length}`),
    });
    const fits = await call(gateway, credentials, '/', { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024) });
    expect(await fits.text()).toBe('10485760');
    const tooLarge = await call(gateway, credentials, '/', { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(tooLarge.status).toBe(413);
    expect(await tooLarge.text()).toBe('HTTP content length exceeded 10485760 bytes.');
  });

  it('the policy', async () => {
    const { gateway, credentials } = await start({
      policy: {
        Statement: [
          { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:us-east-1:*:*/dev/GET/*' },
          { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/*/secret*' },
        ],
      },
    });
    const user = 'User: arn:aws:sts::123456789012:assumed-role/Cognito_localAuth_Role/CognitoIdentityCredentials';
    const resource = 'arn:aws:execute-api:us-east-1:********9012:local00api/dev';
    expect((await call(gateway, credentials, '/notes')).status).toBe(200);
    expect(await refusal(await call(gateway, credentials, '/notes', { method: 'POST', body: '{}' }))).toEqual({
      status: 403,
      type: 'AccessDeniedException',
      Message: `${user} is not authorized to perform: execute-api:Invoke on resource: ${resource}/POST/notes because no identity-based policy allows the execute-api:Invoke action`,
    });
    for (const path of ['/secret/1', '/%73ecret/1']) {
      expect(await refusal(await call(gateway, credentials, path))).toEqual({
        status: 403,
        type: 'AccessDeniedException',
        Message: `${user} is not authorized to perform: execute-api:Invoke on resource: ${resource}/GET/secret/1 with an explicit deny in an identity-based policy`,
      });
    }
  });
});
