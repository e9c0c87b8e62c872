/** Keys that come under another name than the one that is read, and are told instead of missed. */
import { newClient } from '../../src/sigv4';
import { errorOf } from '../support/sigV4Refusal';

test.each([
  ['accessKeyId', { AccessKeyId: 'AKID', SecretKey: 'secret', SessionToken: 'token' }, 'AccessKeyId'],
  ['accessKeyId', { accessKey: 'AKID', secretKey: 'secret' }, 'accessKey'],
  ['accessKeyId', { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' }, 'AWS_ACCESS_KEY_ID'],
  ['accessKeyId', { access_key: 'AKID', secretAccessKey: 'secret' }, 'access_key'],
  ['accessKeyId', { awsAccessKeyId: 'AKID', secretAccessKey: 'secret' }, 'awsAccessKeyId'],
  ['secretAccessKey', { accessKeyId: 'AKID', secretKey: 'secret' }, 'secretKey'],
  ['secretAccessKey', { accessKeyId: 'AKID', SECRET_ACCESS_KEY: 'secret' }, 'SECRET_ACCESS_KEY'],
  ['secretAccessKey', { accessKeyId: 'AKID', aws_secret_key: 'secret' }, 'aws_secret_key'],
  ['secretAccessKey', { accessKeyId: 'AKID', SecretAccessKey: 'secret' }, 'SecretAccessKey'],
  ['secretAccessKey', { accessKeyId: 'AKID', awsSecretAccessKey: 'secret' }, 'awsSecretAccessKey'],
  ['secretAccessKey', { accessKeyId: 'AKID', secretAccessKey: null, secretKey: 'secret' }, 'secretKey'],
])('a key under another name is told: %s of %o', (name, credentials, other) => {
  const act = () => newClient({ endpoint: 'https://api.example.com', credentials } as never);
  expect(errorOf(act).message).toBe(`credentials.${name}: expected it under this name, not as ${other}, got undefined`);
});

test('a key that is stated and unset is not told to be under another name', () => {
  const credentials = { accessKeyId: undefined, secretAccessKey: 'secret' };
  const act = () => newClient({ endpoint: 'https://api.example.com', credentials } as never);
  expect(errorOf(act).message).toBe('credentials.accessKeyId: expected text, got undefined');
});

test.each([
  ['accessKeyId', { myAccessKey: 'AKID', accessKeyIds: 'AKID', accessToken: 'token', secretAccessKey: 'secret' }],
  ['secretAccessKey', { accessKeyId: 'AKID', mySecretKey: 'secret', secretKeys: 'secret', secretId: 'secret' }],
])('a name of something else is not taken for the key’s: %s of %o', (name, credentials) => {
  const act = () => newClient({ endpoint: 'https://api.example.com', credentials } as never);
  expect(errorOf(act).message).not.toContain('not as');
  expect(errorOf(act).option).toMatch(new RegExp(`^(?:credentials\\.${name}|access|my|secret)`));
});

test('a token with a typing error in its name is told, since without it AWS refuses the request', () => {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret', sesionToken: 'token' };
  const act = () => newClient({ endpoint: 'https://api.example.com', credentials });
  expect(errorOf(act).message).toBe(
    'sesionToken: expected it under the name sessionToken, got a string of 5 characters',
  );
});
