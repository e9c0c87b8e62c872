/** Options that are not known are refused, with the nearest that is. */
import { cognitoIdentityCredentials, createApig } from '../../../src/apig/index';
import type { ApigConfig, ApigOptions } from '../../../src/apig/index';
import { configure as configureWithAwsSdk, createApig as createApigWithAwsSdk } from '../../../src/apig/invokeApig';
import { rejection } from '../../support/signedFetchHarness';

const cognito = {
  REGION: 'us-east-1',
  USER_POOL_ID: 'us-east-1_AbCdEfGhI',
  APP_CLIENT_ID: '1h57kf5cpq17m0eml12EXAMPLE',
  IDENTITY_POOL_ID: 'us-east-1:01234567-89ab-cdef-0123-456789abcdef',
};
const apiGateway = { REGION: 'us-east-1', URL: 'https://abc123.execute-api.us-east-1.amazonaws.com/dev' };
const config = { cognito, apiGateway };
const refused = (message: string) =>
  expect.objectContaining({ name: 'AuthError', code: 'InvalidConfig', message }) as Error;

test.each([
  [{ guest: true }, 'guest: expected a known option, such as guests, got Boolean'],
  [{ authTimout: 1000 }, 'authTimout: expected a known option, such as authTimeout, got 1000'],
  [{ clientSecret: 'a-secret' }, /^clientSecret: expected a known option, such as \w+, got a string of 8 characters$/],
])('createApig: %p', (options, message) => {
  for (const create of [createApig, createApigWithAwsSdk, configureWithAwsSdk] as (typeof createApig)[]) {
    expect(() => create(config, options as ApigOptions)).toThrow(message);
  }
});

test('shareWithAwsConfig is known where aws-sdk is, and named there', () => {
  expect(() => createApigWithAwsSdk(config, { shareWithAwsConfig: false })).not.toThrow();
  expect(() => createApigWithAwsSdk(config, { shareAwsConfig: true } as ApigOptions)).toThrow(
    'such as shareWithAwsConfig',
  );
  expect(() => createApig(config, { shareWithAwsConfig: false } as ApigOptions)).toThrow(
    'shareWithAwsConfig: expected',
  );
});

test('options that are undefined count as not given', () => {
  const options = { guest: undefined, guests: undefined, storage: undefined, authTimeout: undefined };
  expect(() => createApig(config, options)).not.toThrow();
});

test.each<[object, string]>([
  [
    { ...config, cognito: { ...cognito, USER_POOL: 'x' } },
    'cognito.USER_POOL: expected a known option, such as cognito.USER_POOL_ID, got a string of 1 characters',
  ],
  [
    { ...config, apiGateway: { ...apiGateway, url: 'https://a.example' } },
    'apiGateway.url: expected a known option, such as apiGateway.',
  ],
])('the configuration %#', (given, message) => {
  expect(() => createApig(given as ApigConfig)).toThrow(message);
});

test('what tutorial configurations carry beside the two sections is left alone', () => {
  const tutorial = { MAX_ATTACHMENT_SIZE: 5_000_000, s3: { REGION: 'us-east-1', BUCKET: 'uploads' }, ...config };
  expect(() => createApig(tutorial)).not.toThrow();
});

test.each([-1, 0, NaN, '1000', null])('authTimeout: %p', (authTimeout) => {
  const options = { authTimeout } as unknown as ApigOptions;
  expect(() => createApig(config, options)).toThrow(/^authTimeout: expected milliseconds above 0, got /);
});

test.each([5, null, 'now', new Date()])('now: %p', (now) => {
  const act = () => createApig(config, { now } as never);
  expect(act).toThrow(/^now: expected a function that gives a valid Date, or milliseconds since 1970, got /);
});

test('cognitoIdentityCredentials', () => {
  const identityPoolId = cognito.IDENTITY_POOL_ID;
  expect(() => cognitoIdentityCredentials({ identityPoolId, login: {} } as { identityPoolId: string })).toThrow(
    refused('login: expected a known option, such as logins, got Object'),
  );
  expect(() => cognitoIdentityCredentials({ identityPoolId, timeout: -1 })).toThrow(
    refused('timeout: expected milliseconds above 0, got -1'),
  );
});

test('the callbacks of login', async () => {
  const callbacks = { smsCode: () => '123456' } as object;
  expect(await rejection(createApig(config).login('user@example.com', 'Passw0rd!', callbacks))).toEqual(
    refused('smsCode: expected a known option, such as mfaCode, got Function'),
  );
});

describe('the options of logout', () => {
  test('are refused where they are not known', async () => {
    const options = { globally: true } as object;
    expect(await rejection(createApig(config).logout(options))).toEqual(
      refused('globally: expected a known option, such as global, got Boolean'),
    );
  });

  test.each([
    ['of a page', new Event('click')],
    ['of React', { nativeEvent: {}, type: 'click', isTrusted: true, target: null }],
  ])('are none in an event %s, which comes where logout itself is handed to a button', async (_where, event) => {
    await expect(createApig(config).logout(event as object)).resolves.toBeUndefined();
  });
});
