/** A secret that was set by mistake, in place of an id, a region or a URL, is in no error. */
import { createAccount } from '../../../src/cognito/index.js';
import { inspect } from 'node:util';
import { cognitoIdentityCredentials, createApig } from '../../../src/apig/index';
import type { ApigConfig } from '../../../src/apig/index';
import { closeAll, rejection, startServer } from '../../support/signedFetchHarness';

afterAll(closeAll);

const cognito = {
  REGION: 'eu-west-1',
  USER_POOL_ID: 'eu-west-1_AbCdEfGhI',
  APP_CLIENT_ID: '1h57kf5cpq17m0eml12EXAMPLE',
  IDENTITY_POOL_ID: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef',
};
const apiGateway = { REGION: 'eu-west-1', URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod' };

const SECRETS = [
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
  '1abc2def3ghi4jkl5mno6pqr7stu8vwx9yza0bcd1efg2hij3kl4',
];
const SETTINGS: [name: string, with_: (secret: string) => object][] = [
  ...Object.keys(cognito).map((name): [string, (secret: string) => object] => [
    `cognito.${name}`,
    (secret) => ({ cognito: { ...cognito, [name]: secret }, apiGateway }),
  ]),
  ['cognito.USER_POOL_ENDPOINT', (secret) => ({ cognito: { ...cognito, USER_POOL_ENDPOINT: secret }, apiGateway })],
  [
    'cognito.IDENTITY_POOL_ENDPOINT',
    (secret) => ({ cognito: { ...cognito, IDENTITY_POOL_ENDPOINT: secret }, apiGateway }),
  ],
  ['apiGateway.URL', (secret) => ({ cognito, apiGateway: { ...apiGateway, URL: secret } })],
  ['apiGateway.REGION', (secret) => ({ cognito, apiGateway: { ...apiGateway, REGION: secret } })],
  [
    'the user pool’s region',
    (secret) => ({ cognito: { ...cognito, USER_POOL_ID: `${secret}_AbCdEfGhI` }, apiGateway }),
  ],
  ['a query', (secret) => ({ cognito, apiGateway: { ...apiGateway, URL: `https://api.example.com/?key=${secret}` } })],
  ['a fragment', (secret) => ({ cognito, apiGateway: { ...apiGateway, URL: `https://api.example.com/#${secret}` } })],
];

test.each(SETTINGS)('%s', (_, config) => {
  for (const secret of SECRETS) {
    let error: unknown;
    try {
      createApig(config(secret) as ApigConfig);
    } catch (thrown) {
      error = thrown;
    }
    // What has the form of the setting is taken, and what comes of it is tested below.
    if (error === undefined) continue;
    expect(error).toMatchObject({ name: 'AuthError', code: 'InvalidConfig' });
    expect(inspect(error)).not.toContain(secret);
  }
});

test('is told by its length', () => {
  const [secret] = SECRETS;
  expect(() => createApig({ cognito: { ...cognito, USER_POOL_ID: secret! }, apiGateway })).toThrow(
    "cognito.USER_POOL_ID: expected a user pool's id, such as 'eu-west-1_AbCdEfGhI', got a string of 20 characters",
  );
  expect(() => createApig({ cognito: { ...cognito, REGION: SECRETS[3]! }, apiGateway })).toThrow(
    "cognito.REGION: expected a region, such as 'eu-west-1', got a string of 52 characters",
  );
  expect(() => cognitoIdentityCredentials({ identityPoolId: secret! })).toThrow('got a string of 20 characters');
  expect(() => createApig({ cognito: { ...cognito, USER_POOL_ID: 'my-pool' }, apiGateway })).toThrow("got 'my-pool'");
});

test.each(SECRETS.filter((secret) => /^[\w+-]+$/.test(secret)))(
  'for the app client: %s comes back in the pool’s own words, and is hidden there',
  async (secret) => {
    const text = JSON.stringify({
      __type: 'ResourceNotFoundException',
      message: `User pool client ${secret} does not exist.`,
    });
    const pool = await startServer(() => new Response(text, { status: 400 }));
    const settings = { ...cognito, APP_CLIENT_ID: secret, USER_POOL_ENDPOINT: pool.url };
    const apig = createApig({ cognito: settings, apiGateway });
    for (const call of [
      apig.login('user@example.com', 'Passw0rd!'),
      createAccount(apig).forgotPassword('user@example.com'),
    ]) {
      const error = await rejection(call);
      expect(error).toMatchObject({ code: 'InvalidConfig', message: expect.stringContaining('[hidden]') as string });
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
    }
  },
);

test.each(SECRETS)(
  'in an endpoint, %s is not shown where no answer comes, nor where one cannot be read',
  async (secret) => {
    const page = await startServer(() => new Response('<html>'));
    for (const url of [`http://127.0.0.1:9/${secret}`, `${page.url}/${secret}`]) {
      const settings = { ...cognito, USER_POOL_ENDPOINT: url, IDENTITY_POOL_ENDPOINT: url };
      const apig = createApig({ cognito: settings, apiGateway }, { guests: true });
      for (const call of [createAccount(apig).forgotPassword('user@example.com'), apig.getAwsCredentials()]) {
        const error = await rejection(call);
        expect(error).toMatchObject({ name: 'AuthError' });
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
      }
    }
  },
);

test('in a path, where the answer cannot be read', async () => {
  const page = await startServer(() => new Response('<html>'));
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' };
  const apig = createApig({ apiGateway: { REGION: 'eu-west-1', URL: page.url } }, { credentials });
  for (const secret of SECRETS) {
    const error = await rejection(apig.invokeApig({ path: `/${secret}` }));
    expect((error as Error).message).not.toContain(secret);
  }
});
