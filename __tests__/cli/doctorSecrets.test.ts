/** What `sigv4-client doctor` prints of an address with a password in it. */
import { run, write } from '../support/cliHarness';

const URL = 'https://alice:Wrong-pass-7@abc123.execute-api.eu-west-1.amazonaws.com/dev';
const config = {
  cognito: {
    USER_POOL_ID: 'eu-west-1_AbCdEfGhI',
    APP_CLIENT_ID: '1h57kf5cpq17m0eml12example',
    IDENTITY_POOL_ID: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef',
  },
  apiGateway: { URL },
};

it('is the fault of the configuration, without the password', async () => {
  write('password.json', JSON.stringify(config));
  const ended = await run(['doctor', '/notes', '--config', 'password.json']);
  expect(ended.code).toBe(1);
  expect(ended.out).toContain('apiGateway.URL: expected a URL without a user name and password in it');
  expect(ended.out + ended.err).not.toContain('Wrong-pass-7');
});

it('is an error of the command line, without the password', async () => {
  const ended = await run(['doctor', URL]);
  expect(ended.code).toBe(2);
  expect(ended.err).toContain('expected a URL without a user name and a password');
  expect(ended.out + ended.err).not.toContain('Wrong-pass-7');
});
