import { createApig } from '../../../src/apig/invokeApig';
import type { ApigConfig } from '../../../src/apig/invokeApig';
import { checkConfig } from '../../../src/cognito/shared/config';

const cognito = {
  REGION: 'eu-west-1',
  USER_POOL_ID: 'eu-west-1_AbCdEfGhI',
  APP_CLIENT_ID: '1h57kf5cpq17m0eml12EXAMPLE',
  IDENTITY_POOL_ID: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef',
};
const apiGateway = { REGION: 'eu-west-1', URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod' };
const both = { userPool: true, identityPool: true };

test('the configuration of tutorial apps, with AWS’s own endpoints', () => {
  expect(checkConfig({ cognito, apiGateway }, both)).toEqual({
    userPool: {
      userPoolId: 'eu-west-1_AbCdEfGhI',
      clientId: '1h57kf5cpq17m0eml12EXAMPLE',
      region: 'eu-west-1',
      endpoint: 'https://cognito-idp.eu-west-1.amazonaws.com/',
      providerName: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI',
    },
    identityPool: {
      identityPoolId: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef',
      region: 'eu-west-1',
      endpoint: 'https://cognito-identity.eu-west-1.amazonaws.com/',
    },
    apiGateway: { url: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod', region: 'eu-west-1' },
  });
});

test('the region may be left to the ids and to the URL', () => {
  const { REGION, ...ids } = cognito;
  const checked = checkConfig({ cognito: ids, apiGateway: { URL: apiGateway.URL } }, both);
  expect(checked.userPool?.region).toBe(REGION);
  expect(checked.apiGateway.region).toBeUndefined();
});

test('a client secret is refused with what to do; none counts as none', () => {
  const check = (APP_CLIENT_SECRET?: string) =>
    checkConfig({ cognito: { ...cognito, APP_CLIENT_SECRET }, apiGateway }, both);
  expect(() => check('s3cr3t')).toThrow(/^cognito\.APP_CLIENT_SECRET: The app client has a secret, .* create another/);
  expect(() => check('s3cr3t')).not.toThrow('s3cr3t');
  expect(() => check()).not.toThrow();
});

test.each([
  { logins: { 'accounts.google.com': 'a token' } },
  { developerIdentity: () => ({ identityId: '', token: '' }) },
])('guests beside what goes before them are refused: %#', (source) => {
  const message = 'guests: expected none together with logins and developerIdentity, which go before it';
  expect(() => createApig({ cognito, apiGateway }, { ...source, guests: true })).toThrow(message);
  expect(() => createApig({ cognito, apiGateway }, { ...source, guests: false })).not.toThrow();
});

// The hosts are botocore's.
test.each([
  ['us-gov-west-1', 'us-gov-west-1.amazonaws.com'],
  ['eusc-de-east-1', 'eusc-de-east-1.amazonaws.eu'],
  ['us-iso-east-1', 'us-iso-east-1.c2s.ic.gov'],
  ['us-isob-east-1', 'us-isob-east-1.sc2s.sgov.gov'],
  ['us-isof-south-1', 'us-isof-south-1.csp.hci.ic.gov'],
  ['eu-isoe-west-1', 'eu-isoe-west-1.cloud.adc-e.uk'],
])('pools of %s are at %s', (region, domain) => {
  const settings = {
    USER_POOL_ID: `${region}_AbCdEfGhI`,
    APP_CLIENT_ID: 'abc',
    IDENTITY_POOL_ID: `${region}:01234567-89ab-cdef-0123-456789abcdef`,
  };
  const URL = `https://abc.execute-api.${domain}/prod`;
  const { userPool, identityPool, ...checked } = checkConfig({ cognito: settings, apiGateway: { URL } }, both);
  expect(userPool?.endpoint).toBe(`https://cognito-idp.${domain}/`);
  expect(userPool?.providerName).toBe(`cognito-idp.${domain}/${region}_AbCdEfGhI`);
  expect(identityPool?.endpoint).toBe(`https://cognito-identity.${domain}/`);
  expect(checked.apiGateway.region).toBeUndefined(); // the host states it
});

test.each([
  'https://api.example.com/prod',
  'https://abc.lambda-url.eu-west-1.on.aws/prod',
  'https://execute-api.amazonaws.com',
])('the region is asked for where the URL is no API Gateway host: %s', (URL) => {
  expect(() => checkConfig({ cognito, apiGateway: { URL } }, both)).toThrow('apiGateway.REGION: expected a region');
});

test('pools in China are at China’s endpoints', () => {
  const settings = {
    USER_POOL_ID: 'cn-north-1_AbCdEfGhI',
    APP_CLIENT_ID: 'abc',
    IDENTITY_POOL_ID: 'cn-north-1:01234567-89ab-cdef-0123-456789abcdef',
  };
  const { userPool, identityPool } = checkConfig({ cognito: settings, apiGateway }, both);
  expect(userPool?.endpoint).toBe('https://cognito-idp.cn-north-1.amazonaws.com.cn/');
  expect(userPool?.providerName).toBe('cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_AbCdEfGhI');
  expect(identityPool?.endpoint).toBe('https://cognito-identity.cn-north-1.amazonaws.com.cn/');
});

test.each<[string, unknown, string]>([
  ['nothing', undefined, 'the configuration: expected an object { cognito: { … }, apiGateway: { … } }, got undefined'],
  ['no cognito', { apiGateway }, 'cognito: expected an object'],
  ['no apiGateway', { cognito }, 'apiGateway: expected an object { REGION, URL }, got undefined'],
  [
    'no pool',
    { cognito: { ...cognito, USER_POOL_ID: undefined }, apiGateway },
    "cognito.USER_POOL_ID: expected a user pool's id, such as 'eu-west-1_AbCdEfGhI', got undefined",
  ],
  ['an ARN for an id', { cognito: { ...cognito, USER_POOL_ID: 'arn:aws:x' }, apiGateway }, "got 'arn:aws:x'"],
  ['an empty client', { cognito: { ...cognito, APP_CLIENT_ID: '' }, apiGateway }, 'cognito.APP_CLIENT_ID: expected'],
  [
    'a user pool’s id for the identity pool',
    { cognito: { ...cognito, IDENTITY_POOL_ID: cognito.USER_POOL_ID }, apiGateway },
    'cognito.IDENTITY_POOL_ID: expected',
  ],
  [
    'regions that differ',
    { cognito: { ...cognito, REGION: 'us-east-1' }, apiGateway },
    "cognito.REGION is 'us-east-1', but cognito.USER_POOL_ID 'eu-west-1_AbCdEfGhI' is in eu-west-1",
  ],
  [
    'a region that is a number',
    { cognito: { ...cognito, REGION: 1 }, apiGateway },
    'cognito.REGION: expected a region',
  ],
  ['no URL', { cognito, apiGateway: { REGION: 'eu-west-1' } }, 'apiGateway.URL: expected'],
  [
    'a URL without a scheme',
    { cognito, apiGateway: { ...apiGateway, URL: 'abc123.execute-api.eu-west-1.amazonaws.com' } },
    'apiGateway.URL: expected a URL that begins with https://',
  ],
  ['a URL with a query', { cognito, apiGateway: { ...apiGateway, URL: 'https://a.example/?x=1' } }, 'without a query'],
  [
    'a custom domain without a region',
    { cognito, apiGateway: { URL: 'https://api.example.com/v1' } },
    'apiGateway.REGION: expected',
  ],
  [
    'an endpoint that is none',
    { cognito: { ...cognito, USER_POOL_ENDPOINT: 'localhost' }, apiGateway },
    'cognito.USER_POOL_ENDPOINT: expected',
  ],
  [
    'another endpoint that is none',
    { cognito: { ...cognito, IDENTITY_POOL_ENDPOINT: 1 }, apiGateway },
    'cognito.IDENTITY_POOL_ENDPOINT: expected',
  ],
])('%s: the setting is named at once', (_name, config, message) => {
  expect(() => createApig(config as ApigConfig)).toThrow(
    expect.objectContaining({ code: 'InvalidConfig', message: expect.stringContaining(message) as string }) as Error,
  );
});

test('a URL with a password in it is refused without showing it', () => {
  const url = 'https://user:hunter22@api.example.com/v1';
  expect(() => createApig({ cognito, apiGateway: { ...apiGateway, URL: url } })).toThrow(
    /^(?!.*hunter22).*without a user name/,
  );
});

test('without a user pool where something else stands in for it', () => {
  expect(() =>
    createApig({ apiGateway }, { credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' } }),
  ).not.toThrow();
  expect(() =>
    createApig({ cognito: { IDENTITY_POOL_ID: cognito.IDENTITY_POOL_ID }, apiGateway }, { guests: true }),
  ).not.toThrow();
  expect(() => createApig({ apiGateway }, { guests: true })).toThrow(/cognito: expected an object/);
  expect(() => createApig({ cognito: {}, apiGateway }, { guests: true })).toThrow(/cognito.IDENTITY_POOL_ID/);
});

test.each([
  [{ cognito, apigateway: apiGateway }, 'apigateway: expected it under the name apiGateway'],
  [{ Cognito: cognito, apiGateway }, 'Cognito: expected it under the name cognito'],
])('a section spelt in other letters is named: %#', (config, message) => {
  expect(() => createApig(config as unknown as ApigConfig)).toThrow(message);
});
