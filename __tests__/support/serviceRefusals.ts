/** Requests to services other than API Gateway, and what they answer, in the words in which it is reported in public. */
import type { Explanation, Refusal, SignedParts } from '../../src/explain/index';
import { newClient } from '../../src/sigv4';
import { date } from './awsTexts';
import { explainWords } from './explainWords';

export const keys = { accessKey: 'AKIAIOSFODNN7EXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG' };
export const USER = 'arn:aws:sts::123456789012:assumed-role/App/session';

export const signFor = (host: string, service: string, path = '/', body?: string): SignedParts =>
  newClient({ ...keys, endpoint: `https://${host}`, region: 'eu-west-1', service }).signRequest({
    method: body === undefined ? 'GET' : 'POST',
    path,
    date,
    ...(body === undefined ? {} : { body }),
  });

export const functionUrl = signFor('abcdefghij.lambda-url.eu-west-1.on.aws', 'lambda');
export const appSync = signFor('abcdefghij.appsync-api.eu-west-1.amazonaws.com', 'appsync', '/graphql', '{}');
export const bedrock = signFor('bedrock-runtime.eu-west-1.amazonaws.com', 'bedrock', '/model/m/invoke', '{}');
export const agentCore = signFor(
  'bedrock-agentcore.eu-west-1.amazonaws.com',
  'bedrock-agentcore',
  '/runtimes/r/invocations',
  '{}',
);
export const openSearch = signFor('search-notes-abc.eu-west-1.es.amazonaws.com', 'es', '/notes/_search');
export const serverless = signFor('abc.eu-west-1.aoss.amazonaws.com', 'aoss', '/notes/_search');
export const s3 = signFor('bucket.s3.eu-west-1.amazonaws.com', 's3', '/key');
export const lattice = signFor('notes-0123.7d67968.vpc-lattice-svcs.eu-west-1.on.aws', 'vpc-lattice-svcs');

/** What a service answers. */
export interface Answer {
  status?: number;
  type?: string;
  body: string | object;
}
export function read(signed: SignedParts, { status = 403, type, body }: Answer): Explanation | undefined {
  const headers = type === undefined ? {} : { 'x-amzn-ErrorType': type };
  const refusal: Refusal = { status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
  return explainWords(refusal, signed, { now: () => date });
}
export const unsigned = ({ url, method }: SignedParts): SignedParts => ({ url, method });
export const denied = (action: string, resource: string, why: string, user = USER): string =>
  `User: ${user} is not authorized to perform: ${action} on resource: ${resource} because ${why}`;
export const xml = (code: string, message: string, more = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more}<RequestId>4442587FB7D0A2F9</RequestId></Error>`;

/** Jest gives these as `any`. */
export const containing = (text: string): unknown => expect.stringContaining(text);

/** Advice that belongs to API Gateway alone. */
export const API_GATEWAY_ADVICE = /execute-api|stage|gateway response|deployed|API key/i;
