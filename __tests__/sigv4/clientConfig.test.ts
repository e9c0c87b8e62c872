import { inspect } from 'node:util';
import { newClient } from '../../src/sigv4';
import type { ClientConfigWithCredentials } from '../../src/sigv4';
import { API, configOf, CREDENTIALS, DATE, readAuthorization, TOKEN } from '../support/sigV4Harness';
import { clientOf, errorOf, expectRefusal } from '../support/sigV4Refusal';
import type { Refusal } from '../support/sigV4Refusal';

describe('what is missing or malformed is refused', () => {
  const keys = ['accessKey', 'secretKey'].flatMap((option): Refusal[] => [
    [`a missing ${option}`, { [option]: undefined }, 'InvalidCredentials', option, /undefined/],
    [`a null ${option}`, { [option]: null }, 'InvalidCredentials', option, /Null/i],
    [`an empty ${option}`, { [option]: '' }, 'InvalidCredentials', option, / 0 characters/],
    [`a blank ${option}`, { [option]: '   ' }, 'InvalidCredentials', option, /3 characters/],
    [`a ${option} with a line break`, { [option]: 'AKID\n' }, 'InvalidCredentials', option, /5 characters/],
    [`a number as ${option}`, { [option]: 12 }, 'InvalidCredentials', option, /number|12/i],
    [`an object as ${option}`, { [option]: {} }, 'InvalidCredentials', option, /object/i],
  ]);
  test.each(['accessKey', 'secretKey'])('a missing %s is said in one word', (option) => {
    expect(errorOf(() => clientOf({ [option]: undefined })).message).toBe(`${option}: expected text, got undefined`);
  });

  const endpoints = [
    undefined,
    null,
    '',
    'abc.execute-api.eu-west-1.amazonaws.com/dev',
    '/dev',
    'ftp://example.com',
    'https://',
    'https:///dev',
    'https://exa mple.com',
    'https://example.com:99999',
    'https://user:password@example.com',
    'https://example.com/dev?stage=1',
    'https://example.com/dev#top',
    42,
    {},
  ].map((endpoint): Refusal => [`endpoint ${inspect(endpoint)}`, { endpoint }, 'InvalidEndpoint', 'endpoint', /./]);

  test.each<Refusal>([
    ...keys,
    ...endpoints,
    ...['AKIA/X', 'AKIA,X', 'undefined', 'null'].map((accessKey): Refusal => {
      return [`accessKey '${accessKey}'`, { accessKey }, 'InvalidCredentials', 'accessKey', /characters/];
    }),
    ...['eu-west-1/', 'eu,west', 'undefined', '/'].map((region): Refusal => {
      return [`region '${region}'`, { region }, 'InvalidOption', 'region', /^"/];
    }),
    ['serviceName a/b', { serviceName: 'a/b' }, 'InvalidOption', 'serviceName', /^"a\/b"$/],
    ['service a/b', { service: 'a/b' }, 'InvalidOption', 'service', /^"a\/b"$/],
    [
      'an access key id as secretKey',
      { secretKey: 'AKIAIOSFODNN7EXAMPLE' },
      'InvalidCredentials',
      'secretKey',
      /20 char/,
    ],
    ["the text 'undefined' as secretKey", { secretKey: 'undefined' }, 'InvalidCredentials', 'secretKey', /9 char/],
    ["the text 'undefined' as token", { sessionToken: 'undefined' }, 'InvalidCredentials', 'sessionToken', /9 char/],
    ["the text 'null' as token", { sessionToken: 'null' }, 'InvalidCredentials', 'sessionToken', /4 characters/],
    ['a number as sessionToken', { sessionToken: 7 }, 'InvalidCredentials', 'sessionToken', /number|7/i],
    ['a sessionToken with CR/LF', { sessionToken: 'a\r\nb' }, 'InvalidCredentials', 'sessionToken', /4 characters/],
    ['a number as region', { region: 1 }, 'InvalidOption', 'region', /1/],
    ['a region with a space', { region: 'eu west' }, 'InvalidOption', 'region', /eu west/],
    ['an object as serviceName', { serviceName: {} }, 'InvalidOption', 'serviceName', /object|\{\}/i],
    ['a bigint as region', { region: 1n }, 'InvalidOption', 'region', /./],
    ['a bigint as endpoint', { endpoint: 1n }, 'InvalidEndpoint', 'endpoint', /./],
    ['a symbol as endpoint', { endpoint: Symbol('a') }, 'InvalidEndpoint', 'endpoint', /symbol/i],
    ['an object without prototype', { endpoint: Object.create(null) as unknown }, 'InvalidEndpoint', 'endpoint', /./],
    ['an empty object as hash', { hash: {} }, 'InvalidOption', 'hash', /Object/],
    ['null as hash', { hash: null }, 'InvalidOption', 'hash', /null/],
    ...['signSessionToken', 'signBody', 'normalizePath', 'doubleEncodePath'].flatMap((option) =>
      ['false', null, 0].map((value): Refusal => {
        return [
          `${option}: ${String(value)}`,
          { [option]: value },
          'InvalidOption',
          option,
          /5 characters|null|0|Number/,
        ];
      }),
    ),
    ...['region', 'service', 'serviceName'].map((option): Refusal => {
      const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
      return [
        `a secret key as ${option}`,
        { [option]: secret },
        'InvalidOption',
        option,
        /^a string of 40 characters$/,
      ];
    }),
    ['a number as now', { now: 5 }, 'InvalidOption', 'now', /5/],
    ['CR/LF in defaultAcceptType', { defaultAcceptType: 'a\r\nb: c' }, 'InvalidHeader', 'defaultAcceptType', /7 char/],
    ['CR/LF in defaultContentType', { defaultContentType: 'a\nb' }, 'InvalidHeader', 'defaultContentType', /3 char/],
  ])('%s', (_name, changes, code, option, came) => {
    expectRefusal(() => clientOf(changes as object), code, option, came);
  });

  test.each([undefined, null, 'text'])('%j in place of the configuration', (config) => {
    expectRefusal(() => newClient(config as never), 'InvalidOption', 'config', /./);
  });

  test('the endpoint, which is no secret, is shown; one with a password is not', () => {
    expect(errorOf(() => clientOf({ endpoint: 'ftp://h' })).message).toContain('"ftp://h"');
    const { message } = errorOf(() => clientOf({ endpoint: 'https://u:hunter2@h' }));
    expect(message).not.toContain('hunter2');
  });
});

describe('`credentials` in place of the keys', () => {
  const { accessKey: accessKeyId, secretKey: secretAccessKey } = CREDENTIALS;
  const credentials = { accessKeyId, secretAccessKey, sessionToken: TOKEN };
  const config: ClientConfigWithCredentials = { credentials, endpoint: API, now: () => DATE };

  test('sign as the keys do', () => {
    const signed = newClient(configOf({ sessionToken: TOKEN })).signRequest({ path: '/notes' });
    expect(newClient(config).signRequest({ path: '/notes' })).toEqual(signed);
    const expiring = { ...credentials, expiration: new Date(), identityId: 'eu-west-1:1' };
    expect(newClient({ ...config, credentials: expiring }).signRequest({ path: '/notes' })).toEqual(signed);
  });

  test('may have no token, and old names that are undefined', () => {
    const keys = { accessKeyId, secretAccessKey };
    const client = newClient({ ...config, credentials: keys, accessKey: undefined, secretKey: undefined });
    expect(client.signRequest({}).headers).not.toHaveProperty('x-amz-security-token');
    expect(client.signRequest({})).toEqual(newClient(configOf()).signRequest({}));
  });

  test.each([{ accessKey: accessKeyId }, { secretKey: secretAccessKey }, { sessionToken: TOKEN }])(
    'beside %o are refused',
    (beside) => {
      const given = { ...config, ...beside } as never;
      expectRefusal(() => newClient(given), 'InvalidCredentials', 'credentials', /Object/);
      expect(errorOf(() => newClient(given)).message).toMatch(/secretAccessKey, sessionToken } alone/);
    },
  );

  test.each<[string, unknown, RegExp]>([
    ['a promise', Promise.resolve(credentials), /^Promise \(await it first\)$/],
    ['a function', () => credentials, /^Function$/],
    ['an async function', async () => Promise.resolve(credentials), /^AsyncFunction$/],
  ])('from %s are refused, and the error says what to do, in the copied file as well', (_name, given, came) => {
    const act = () => newClient({ ...config, credentials: given } as never);
    expectRefusal(act, 'InvalidCredentials', 'credentials', came);
    expect(errorOf(act).message).toContain('(a function: await what it gives)');
  });

  test.each<[string, unknown, string, RegExp]>([
    ['null', null, 'credentials', /null/],
    ['text', 'AKIDEXAMPLE', 'credentials', /11 characters/],
    ['no key id', { secretAccessKey }, 'credentials.accessKeyId', /undefined/],
    ['no secret', { accessKeyId }, 'credentials.secretAccessKey', /undefined/],
    [
      "a key under Cognito's name",
      { AccessKeyId: accessKeyId, secretAccessKey },
      'credentials.accessKeyId',
      /undefined/,
    ],
    ['an empty secret', { accessKeyId, secretAccessKey: '' }, 'credentials.secretAccessKey', / 0 characters/],
    ['a token with a space', { ...credentials, sessionToken: 'a b' }, 'credentials.sessionToken', /3 characters/],
  ])('%s is refused', (_name, given, option, came) => {
    expectRefusal(() => newClient({ ...config, credentials: given } as never), 'InvalidCredentials', option, came);
  });
});

describe('region and service', () => {
  const serviceOf = (changes: object) =>
    readAuthorization(clientOf(changes).signRequest({}).headers.Authorization).service;

  test('region defaults to us-east-1', () => {
    expect(newClient(configOf()).region).toBe('eu-west-1');
    const endpoint = 'https://api.example.com';
    expect(newClient(configOf({ endpoint, region: 'ap-south-1' })).region).toBe('ap-south-1');
    expect(newClient(configOf({ endpoint })).region).toBe('us-east-1');
  });

  test('an explicit option wins, an empty one does not count', () => {
    const endpoint = 'https://abc.lambda-url.eu-central-1.on.aws';
    const explicit = newClient(configOf({ endpoint, region: 'us-west-2', serviceName: 'execute-api' }));
    expect([explicit.region, explicit.serviceName]).toEqual(['us-west-2', 'execute-api']);
    const empty = newClient(configOf({ endpoint, region: '', serviceName: null }));
    expect([empty.region, empty.serviceName]).toEqual(['eu-central-1', 'lambda']);
  });

  test('`service` and `serviceName` are one', () => {
    expect(serviceOf({ service: 'lambda' })).toBe('lambda');
    expect(serviceOf({ serviceName: 'lambda' })).toBe('lambda');
    expect(serviceOf({ service: 'lambda', serviceName: 'lambda' })).toBe('lambda');
    expect(serviceOf({ service: 'lambda', serviceName: '' })).toBe('lambda');
    expect(serviceOf({ service: null, serviceName: 'lambda' })).toBe('lambda');
    expect(clientOf({ service: 'lambda' }).serviceName).toBe('lambda');
  });

  test('and are refused where they differ', () => {
    const act = () => clientOf({ service: 'lambda', serviceName: 's3' });
    expectRefusal(act, 'InvalidOption', 'serviceName', /^"s3"$/);
    expect(errorOf(act).message).toContain('the same as service');
  });

  test.each(['region', 'service', 'serviceName'])('a malformed %s is refused and shown', (option) => {
    expectRefusal(() => clientOf({ [option]: 'a b' }), 'InvalidOption', option, /^"a b"$/);
  });
});

describe('an unknown option is refused, with the nearest that is known', () => {
  test.each([
    ['serviceNme', 'serviceName'],
    ['acessKey', 'accessKey'],
    ['secret', 'secretKey'],
    ['endPoint', 'endpoint'],
    ['Region', 'region'],
    ['accessKeyId', 'accessKey'],
    ['token', 'sessionToken'],
  ])('%s: %s', (given, nearest) => {
    const act = () => clientOf({ [given]: 'a' });
    expectRefusal(act, 'InvalidOption', given, /^a string of 1 characters$/);
    expect(errorOf(act).message).toContain(`a known option, such as ${nearest},`);
  });

  test('but not where it is undefined', () => {
    expect(clientOf({ serviceNme: undefined }).region).toBe('eu-west-1');
  });
});

test.each(['', undefined])('%j as the token is none, as an unset variable leaves it', (sessionToken) => {
  const { accessKey: accessKeyId, secretKey: secretAccessKey } = CREDENTIALS;
  const withoutToken = newClient(configOf()).signRequest({});
  expect(withoutToken.headers).not.toHaveProperty('x-amz-security-token');
  expect(newClient(configOf({ sessionToken })).signRequest({})).toEqual(withoutToken);
  const credentials = { accessKeyId, secretAccessKey, sessionToken };
  expect(newClient({ credentials, endpoint: API, now: () => DATE }).signRequest({})).toEqual(withoutToken);
});

test('Accept and Content-Type are application/json, or the defaults given', () => {
  expect(newClient(configOf()).signRequest({ method: 'POST', body: {} }).headers).toMatchObject({
    Accept: 'application/json',
    'Content-Type': 'application/json',
  });
  const defaults = { defaultAcceptType: 'text/csv', defaultContentType: 'text/xml' };
  const { headers } = newClient(configOf(defaults)).signRequest({ method: 'POST', body: '<a/>' });
  expect(headers).toMatchObject({ Accept: 'text/csv', 'Content-Type': 'text/xml' });
  expect(readAuthorization(headers.Authorization).signedHeaders).toEqual([
    'accept',
    'content-type',
    'host',
    'x-amz-date',
  ]);
});
