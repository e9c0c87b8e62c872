/** Hosts that look like those of other rules, and are not. */
import { readAwsHost } from '../../src/sigv4';
import { signsFor } from '../support/sigV4Harness';

// The first two are botocore's; the others are no services yet. botocore knows AWS's regions as \w+-\w+-\d+.
describe('a label that only begins or ends as those with another name is a signing name itself', () => {
  test.each([
    ['apigateway.eu-west-1.amazonaws.com', 'apigateway eu-west-1'],
    ['health-agent.af-south-1.api.aws', 'health-agent af-south-1'],
    ['new-logs-view.eu-west-1.amazonaws.com', 'new-logs-view eu-west-1'],
    ['new-transcribe.eu-west-1.amazonaws.com', 'new-transcribe eu-west-1'],
    ['elbow.eu-west-1.amazonaws.com', 'elbow eu-west-1'],
    ['heatmaps.geo.eu-west-1.amazonaws.com/v2', 'geo eu-west-1'],
    ['maps.geodata.eu-west-1.amazonaws.com/v2', 'geodata eu-west-1'],
    ['lambda.ap-southeast-10.amazonaws.com', 'lambda ap-southeast-10'],
  ])('%s', (host, expected) => {
    expect(signsFor(`https://${host}`)).toBe(expected);
  });
});

test('a region in front of us-gov is not taken for that of all of us-gov', () => {
  const routes = 'https://routes.geo.us-gov-east-1.us-gov.amazonaws.com/v2'; // botocore's
  expect(signsFor(routes, { serviceName: 'geo-routes' })).toBe('geo-routes us-gov-east-1');
});

test('another store counts as AWS’s own, but not as bound to its region', () => {
  const store = { isAws: true, service: 's3', region: 'us-west-004' };
  expect(readAwsHost('s3.us-west-004.backblazeb2.com', 'https:')).toEqual(store);
  expect(readAwsHost('1234567890abcdef.r2.cloudflarestorage.com', 'https:')).toEqual({ ...store, region: 'auto' });
});
