/** Which region a command signs for. */
import { regionOf } from '../../../src/cli/request';

const config = {
  cognito: { USER_POOL_ID: 'eu-west-1_Pool', APP_CLIENT_ID: 'client', IDENTITY_POOL_ID: 'eu-west-1:id' },
  apiGateway: { REGION: 'eu-west-1', URL: 'https://api.example.com/v1' },
};
const AWS_HOST = 'https://abc123.execute-api.eu-central-1.amazonaws.com/dev';

test.each([
  ['--region before all', `${config.apiGateway.URL}/notes`, 'us-east-2', 'us-east-2'],
  ['that of the configuration for its API', `${config.apiGateway.URL}/notes`, undefined, 'eu-west-1'],
  ['that of the host, which is read later on', AWS_HOST, undefined, undefined],
  ['that of the profile or the environment for other hosts', 'https://other.example.com', undefined, 'us-west-2'],
])('%s', (_, url, stated, expected) => {
  expect(regionOf(url, { stated, config, usual: 'us-west-2' })).toBe(expected);
});

test('without a configuration', () => {
  expect(regionOf('https://api.example.com/', { stated: undefined, config: undefined, usual: 'us-west-2' })).toBe(
    'us-west-2',
  );
  expect(regionOf(AWS_HOST, { stated: undefined, config: undefined, usual: 'us-west-2' })).toBeUndefined();
});
