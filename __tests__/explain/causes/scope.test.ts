/** Explained by damage and by AWS's texts: the credential scope. */
import { read, sign } from '../../support/awsTexts';
import { isExplained } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

it.each<Row>([
  [
    'region',
    {
      code: 'WrongRegion',
      cause: "The request was signed for another region than the gateway's.",
      difference: 'the region in the credential scope: signed for "eu-west-1", which is not the gateway\'s',
      advice:
        'Pass the region that the API is deployed in as region: it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.',
    },
    { config: { region: 'eu-west-1' } },
  ],
  [
    'service',
    {
      code: 'WrongService',
      cause: "The request was signed for another service than the gateway's.",
      difference: 'the service in the credential scope: signed for "lambda", wanted is "execute-api"',
      advice:
        "Pass serviceName: 'execute-api' to newClient, or service: 'execute-api' to createSignedFetch or signAxios.",
    },
    { config: { serviceName: 'lambda' } },
  ],
  [
    'region and service',
    {
      code: 'WrongRegion',
      cause: "The request was signed for another region and another service than the gateway's.",
      difference:
        'the region in the credential scope: signed for "eu-west-1", which is not the gateway\'s\nthe service in the credential scope: signed for "lambda", wanted is "execute-api"',
      advice:
        "Pass the region that the API is deployed in as region: it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.\nPass serviceName: 'execute-api' to newClient, or service: 'execute-api' to createSignedFetch or signAxios.",
    },
    { config: { region: 'eu-west-1', serviceName: 'lambda' } },
  ],
])('%s', isExplained);

it.each<[message: string, expected: object]>([
  [
    "Credential should be scoped to a valid region, not 'eu-west-1'. ",
    {
      code: 'WrongRegion',
      cause: "The request was signed for another region than the gateway's.",
      difference: 'the region in the credential scope: signed for "eu-west-1", which is not the gateway\'s',
      advice:
        'Pass the region that the API is deployed in as region: it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.',
    },
  ],
  [
    "Credential should be scoped to a valid region, not 'eu-west-1'. Credential should be scoped to correct service: 'execute-api'. ",
    {
      code: 'WrongRegion',
      cause: "The request was signed for another region and another service than the gateway's.",
      difference:
        'the region in the credential scope: signed for "eu-west-1", which is not the gateway\'s\nthe service in the credential scope: signed for "execute-api", wanted is "execute-api"',
      advice:
        'Pass the region that the API is deployed in as region: it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.\nThe service is the right one; the gateway did not know the host as its own: check the custom domain name and the Host header that arrives.',
    },
  ],
  [
    "Credential should be scoped to a valid region, not 'us-east-1'. ",
    {
      code: 'AuthorizationChanged',
      cause:
        'The gateway read another signature than was made: the credential scope differs. The Authorization header (of a presigned URL: its query) was changed or replaced after signing, or the answer belongs to another attempt.',
      difference: 'the credential scope: signed with the region "eu-west-1", arrived with "us-east-1"',
      advice:
        'Send the Authorization header exactly as it was made, let nothing else on the way sign or rewrite it, and compare the answer with the very request it refused.',
    },
  ],
  [
    'Credential should be scoped to a valid region.',
    {
      code: 'WrongRegion',
      difference: 'the region in the credential scope: signed for "eu-west-1", which is not the gateway\'s',
    },
  ],
  [
    "Credential should be scoped to correct service: 'execute-api'.",
    {
      code: 'WrongService',
      difference: 'the service in the credential scope: signed for "execute-api", wanted is "execute-api"',
    },
  ],
  [
    "Credential should be scoped to correct service: 'lambda'.",
    {
      code: 'WrongService',
      difference: 'the service in the credential scope: signed for "execute-api", wanted is "lambda"',
    },
  ],
  [
    'Credential should be scoped to correct service.',
    {
      code: 'WrongService',
      difference: 'the service in the credential scope: signed for "execute-api", wanted is "execute-api"',
    },
  ],
  [
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ",
    {
      code: 'WrongScope',
      cause: 'The credential scope is not one that the gateway takes.',
      difference: 'the end of the credential scope: it has to be "aws4_request"',
      advice: 'End the credential scope with /aws4_request.',
    },
  ],
  [
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20240430' != '20240501', from '20240501T120000Z'.",
    {
      code: 'WrongScope',
      cause: 'The credential scope is not one that the gateway takes.',
      difference: 'the date in the credential scope: scope of "20240430", but x-amz-date is of "20240501"',
      advice: 'Take the date of the scope from x-amz-date: both are UTC, and both are made anew for each signature.',
    },
  ],
  [
    'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP',
    {
      code: 'WrongScope',
      difference: 'the date in the credential scope: scope of "20240501", but x-amz-date is of "20240501"',
    },
  ],
])('%s', (message, expected) => {
  expect(read({ message })).toMatchObject(expected);
});

it('reads from the text what a request without a signature does not say', () => {
  const url = 'https://api.example.com/';
  const region = "Credential should be scoped to a valid region, not 'eu-west-3'. ";
  expect(read({ message: region }, { url })?.difference).toBe(
    'the region in the credential scope: signed for "eu-west-3", which is not the gateway\'s',
  );
  const at = 'https://abc.execute-api.eu-west-3.amazonaws.com/';
  expect(read({ message: region }, { url: at })?.difference).toBe(
    'the region in the credential scope: signed for "eu-west-3", which is not the gateway\'s',
  );
  const dates =
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20240430' != '20240501', from '20240501T120000Z'.";
  expect(read({ message: dates }, { url })?.difference).toBe(
    'the date in the credential scope: scope of "20240430", but x-amz-date is of "20240501"',
  );
});

it('names the region that the host states', () => {
  const message = 'Credential should be scoped to a valid region.';
  const endpoints = [
    'https://abc.execute-api.us-west-2.amazonaws.com/dev',
    'https://abc.lambda-url.us-west-2.on.aws',
    'wss://abc.execute-api.us-west-2.amazonaws.com/dev',
    'http://abc.execute-api.us-west-2.amazonaws.com/dev',
  ];
  for (const endpoint of endpoints) {
    expect(read({ message }, sign({}, { endpoint, region: 'eu-west-1', signSessionToken: false }))).toMatchObject({
      difference: 'the region in the credential scope: signed for "eu-west-1", but the host is in "us-west-2"',
      advice: "Pass 'us-west-2' as region.",
    });
  }
  for (const url of ['ftp://abc.execute-api.us-west-2.amazonaws.com/', 'no url']) {
    expect(read({ message }, { ...sign(), url })?.advice).toMatch(/^Pass the region that the API is deployed in/);
  }
});
