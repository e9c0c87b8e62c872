/** The domains of AWS's partitions, as AWS SDK v3 has them. */
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity';
import { awsDomain, readPartition } from '../../src/sigv4/partitions';

const { endpointProvider } = new CognitoIdentityClient({ region: 'us-east-1' }).config;

function hostOf(region: string, useDualStack: boolean): string {
  const { url } = endpointProvider({ Region: region, UseDualStack: useDualStack, UseFIPS: false });
  return url.hostname;
}

const REGIONS = [
  'us-east-1',
  'eu-west-1',
  'ap-southeast-7',
  'cn-north-1',
  'cn-northwest-1',
  'us-gov-west-1',
  'eusc-de-east-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'us-isof-south-1',
  'eu-isoe-west-1',
];

test.each(REGIONS)('%s', (region) => {
  const host = hostOf(region, false);
  expect(`cognito-identity.${region}.${awsDomain(region)}`).toBe(host);
  expect(readPartition(host)?.prefix).toBe(`cognito-identity.${region}`);
});

test.each(['us-east-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1', 'us-isof-south-1'])(
  'the dual-stack host of %s is below the same partition',
  (region) => {
    const host = hostOf(region, true);
    expect(readPartition(host)?.prefix).toMatch(new RegExp(`^cognito-identity\\.${region}(\\.api)?$`));
    expect(readPartition(host)?.home).toBe(readPartition(hostOf(region, false))?.home);
  },
);

test.each(['amazonaws.com', 'example.com', 'amazonaws.com.example.com', 'abc.notamazonaws.com', 'aws'])(
  '%s is below none',
  (host) => {
    expect(readPartition(host)).toBeUndefined();
  },
);
