/** What is said to those who call with `invokeApig`, whose settings and options have names of their own. */
import { findExplanation } from '../../src/explain/findExplanation';
import type { SignedParts } from '../../src/explain/index';
import { date, host, sign } from '../support/awsTexts';

const explainTo = (signer: 'invokeApig' | undefined, message: string, signed: SignedParts) =>
  findExplanation({ status: 403, body: JSON.stringify({ message }) }, signed, () => Number(date), signer);

const REGION = "Credential should be scoped to a valid region, not 'eu-west-3'. ";
const SERVICE = "Credential should be scoped to correct service: 'lambda'. ";

/** What no client of this package signs, since it knows the host's region. */
const wrongRegion: SignedParts = {
  ...sign(),
  headers: { ...sign().headers, Authorization: sign().headers.Authorization!.replace('eu-west-1', 'eu-west-3') },
};

it.each<[string, SignedParts, advice: string, toInvokeApig: string]>([
  [REGION, wrongRegion, "Pass region: 'eu-west-1'.", "Set apiGateway.REGION: 'eu-west-1'."],
  [
    REGION,
    sign({}, { region: 'eu-west-3', endpoint: 'https://api.example.com' }),
    'Pass the region that the API is deployed in as region: it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.',
    'Pass the region that the API is deployed in as apiGateway.REGION: it stands in its invoke URL (https://id.execute-api.REGION.amazonaws.com). A custom domain name does not show it, so there it has to be given.',
  ],
  [
    SERVICE,
    sign(),
    "Pass serviceName: 'lambda'.",
    "invokeApig signs for API Gateway alone: call this URL with createSignedFetch({ credentials: apig.credentials, service: 'lambda' }) of sigv4-client.",
  ],
  [
    'Missing Authentication Token',
    { url: `https://${host}/dev/notes` },
    'Send what signRequest returns, with its headers: fetch(signed.url, signed). API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added.',
    'Leave out sign: false where the route has IAM authorization. API Gateway answers the same for a path or method that the API does not have: check the stage, the path and the method, and that the API was deployed after they were added.',
  ],
])('%s', (message, signed, advice, toInvokeApig) => {
  expect(explainTo(undefined, message, signed)?.advice).toBe(advice);
  expect(explainTo('invokeApig', message, signed)?.advice).toBe(toInvokeApig);
});
