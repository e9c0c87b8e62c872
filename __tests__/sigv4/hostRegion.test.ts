/** Regions that are stated for hosts which have one themselves. */
import { newClient } from '../../src/sigv4';
import { configOf, signsFor } from '../support/sigV4Harness';
import { errorOf } from '../support/sigV4Refusal';

describe("a region that no signature for the host can have is an error: AWS's names are in lower case, and a regional host has one", () => {
  const API = 'https://abc.execute-api.eu-west-1.amazonaws.com/dev';

  test.each([
    [API, 'us-east-1', 'eu-west-1, that of the host abc.execute-api.eu-west-1.amazonaws.com'],
    ['https://bucket.s3-eu-west-1.amazonaws.com', 'us-east-1', 'eu-west-1, that of the host bucket.s3-eu-west-1'],
    ['https://abc.us-east-1.aoss.amazonaws.com', 'eu-west-1', 'us-east-1, that of the host abc.us-east-1.aoss'],
    [API, 'EU-WEST-1', 'a name such as eu-west-1'],
    ['https://api.example.com', 'US-GOV-WEST-1', 'a name such as eu-west-1'],
    ['https://api.example.com', 'Eu-West-1', 'a name such as eu-west-1'],
  ])('%s with %s', (endpoint, region, expected) => {
    const { option, message } = errorOf(() => newClient(configOf({ endpoint, region })));
    expect(option).toBe('region');
    expect(message).toContain(`region: expected ${expected}`);
    expect(message).toMatch(new RegExp(`got "${region}"$`));
  });

  test.each([
    ['https://my-us-east-1-bucket.s3.amazonaws.com', 'eu-west-1', 's3 eu-west-1'], // S3's global host
    ['https://bucket.s3-accelerate.amazonaws.com', 'eu-west-1', 's3 eu-west-1'],
    ['https://organizations.eu-west-1.api.aws', 'us-east-1', 'organizations us-east-1'],
    ['https://sts.amazonaws.com', 'eu-west-1', 'sts eu-west-1'],
    ['https://api.example.com', 'eu-west-1', 'execute-api eu-west-1'],
    ['https://s3.example.com', 'RegionOne', 'execute-api RegionOne'], // OpenStack's
  ])('but %s is signed for %s', (endpoint, region, expected) => {
    expect(signsFor(endpoint, { region })).toBe(expected);
  });

  test('nor is it where the host tells no service, or another is named: what stands behind may be anything', () => {
    const balancer = 'https://my-alb-1234567890.eu-west-1.elb.amazonaws.com';
    expect(signsFor(balancer, { serviceName: 'execute-api', region: 'us-east-1' })).toBe('execute-api us-east-1');
    expect(signsFor(API, { serviceName: 'mine', region: 'us-east-1' })).toBe('mine us-east-1');
  });

  test("the old client's bytes are those that were asked for", () => {
    expect(newClient(configOf({ endpoint: API, region: 'us-east-1', signSessionToken: false })).region).toBe(
      'us-east-1',
    );
  });
});
