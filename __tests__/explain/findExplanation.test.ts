/** What is said to whom: each has options of their own, and advice names those at hand. */
import { findExplanation } from '../../src/explain/findExplanation';
import type { SignedParts } from '../../src/explain/index';
import type { Signer } from '../../src/explain/signers';
import { canonicalLines, date, host, mismatch, sign } from '../support/awsTexts';

const adviceTo = (signer: Signer | undefined, message: string, signed: SignedParts): string | undefined =>
  findExplanation({ status: 403, body: JSON.stringify({ message }) }, signed, () => Number(date), signer)?.advice;

const REGION = "Credential should be scoped to a valid region, not 'eu-west-3'. ";
const SERVICE = "Credential should be scoped to correct service: 'lambda'. ";

/** What no client of this package signs, since it knows the host's region. */
const wrongRegion: SignedParts = {
  ...sign(),
  headers: { ...sign().headers, Authorization: sign().headers.Authorization!.replace('eu-west-1', 'eu-west-3') },
};

const INVOKE_URL =
  'it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.';
const NO_SUCH_ROUTE =
  'API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added.';
const SIGN =
  'Sign the request: send what signRequest returns, with its headers (fetch(signed.url, signed)), or call it with createSignedFetch or signAxios.';
const KEEP_ACCEPT =
  'Send the signed headers as they are and let proxies pass accept on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be,';
const ONE_SLASH = 'Join the parts of the URL with exactly one slash';

/** The gateway's canonical request of `sign({ path })`, with its path as given here. */
function withPath(path: string): string {
  const lines = canonicalLines();
  lines[1] = path;
  return mismatch(lines);
}

interface Row {
  readonly message: string;
  readonly signed: SignedParts;
  readonly functions: string;
  readonly invokeApig: string;
  readonly commandLine: string;
}

it.each<[string, Row]>([
  [
    'the region that the host names',
    {
      message: REGION,
      signed: wrongRegion,
      functions: "Pass 'eu-west-1' as region.",
      invokeApig: "Pass 'eu-west-1' as apiGateway.REGION.",
      commandLine: "Pass 'eu-west-1' as --region, or as AWS_REGION.",
    },
  ],
  [
    'a region that no host names',
    {
      message: REGION,
      signed: sign({}, { region: 'eu-west-3', endpoint: 'https://api.example.com' }),
      functions: `Pass the region that the API is deployed in as region: ${INVOKE_URL}`,
      invokeApig: `Pass the region that the API is deployed in as apiGateway.REGION: ${INVOKE_URL}`,
      commandLine: `Pass the region that the API is deployed in as --region, or as AWS_REGION: ${INVOKE_URL}`,
    },
  ],
  [
    'the region of another service',
    {
      message: REGION,
      signed: sign({}, { region: 'eu-west-3', endpoint: 'https://files.example.com', service: 's3' }),
      functions:
        'Pass the region of what is called as region. A custom domain name does not show it, so there it has to be given.',
      invokeApig:
        'Pass the region of what is called as apiGateway.REGION. A custom domain name does not show it, so there it has to be given.',
      commandLine:
        'Pass the region of what is called as --region, or as AWS_REGION. A custom domain name does not show it, so there it has to be given.',
    },
  ],
  [
    'a function URL behind a name of its own',
    {
      message: SERVICE,
      signed: sign({}, { endpoint: 'https://function.example.com' }),
      functions: "Pass serviceName: 'lambda' to newClient, or service: 'lambda' to createSignedFetch or signAxios.",
      invokeApig:
        "invokeApig signs for API Gateway alone: call it with createSignedFetch({ credentials: apig.credentials, service: 'lambda' }) of sigv4-client.",
      commandLine: 'Pass --service lambda.',
    },
  ],
  [
    'no signature',
    {
      message: 'Missing Authentication Token',
      signed: { url: `https://${host}/dev/notes` },
      functions: `${SIGN} ${NO_SUCH_ROUTE}`,
      invokeApig: `Leave out sign: false where the route has IAM authorization. ${NO_SUCH_ROUTE}`,
      commandLine: `${SIGN} ${NO_SUCH_ROUTE}`,
    },
  ],
  [
    'a header that a proxy changes',
    {
      message: mismatch(canonicalLines({ accept: '*/*' })),
      signed: sign(),
      functions: `${KEEP_ACCEPT} sign with unsignedHeaders: ['accept']: it is then sent, and not signed.`,
      invokeApig: `${KEEP_ACCEPT} call it with createSignedFetch({ credentials: apig.credentials, unsignedHeaders: ['accept'] }) of sigv4-client: it is then sent, and not signed.`,
      commandLine: `${KEEP_ACCEPT} call it from code, with createSignedFetch({ credentials, unsignedHeaders: ['accept'] }) of sigv4-client: it is then sent, and not signed.`,
    },
  ],
  [
    'slashes that the gateway keeps',
    {
      message: withPath('/dev//notes'),
      signed: sign({ path: '//notes' }),
      functions: `${ONE_SLASH}; or, where the gateway keeps double slashes, sign with normalizePath: false.`,
      invokeApig: `${ONE_SLASH}; or, where the gateway keeps double slashes, call it with createSignedFetch({ credentials: apig.credentials, normalizePath: false }) of sigv4-client.`,
      commandLine: `${ONE_SLASH}; or, where the gateway keeps double slashes, call it from code, with createSignedFetch({ credentials, normalizePath: false }) of sigv4-client.`,
    },
  ],
])('%s', (_, { message, signed, ...advice }) => {
  expect(adviceTo(undefined, message, signed)).toBe(advice.functions);
  for (const signer of ['functions', 'invokeApig', 'commandLine'] as const) {
    expect(adviceTo(signer, message, signed)).toBe(advice[signer]);
  }
});

it('a path that may not have been resolved, beside a wrong key', () => {
  const signed = sign({ path: '//notes' });
  for (const [signer, how] of [
    ['functions', 'sign with normalizePath: false'],
    [
      'invokeApig',
      'call it with createSignedFetch({ credentials: apig.credentials, normalizePath: false }) of sigv4-client',
    ],
  ] as const) {
    const advice = `${ONE_SLASH} and without dots; or, where the gateway resolves none, ${how}.\nTake access key id`;
    expect(adviceTo(signer, mismatch(canonicalLines()), signed)).toContain(advice);
  }
});
