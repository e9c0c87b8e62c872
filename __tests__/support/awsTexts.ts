/** Refusals in the forms in which AWS sends them, as developers report them in public threads; the values are samples. */
import { createHash } from 'node:crypto';
import type { Explanation, Refusal, SignedParts } from '../../src/explain/index';
import { newClient } from '../../src/sigv4';
import type { ClientConfig, RequestToSign, SignedRequest } from '../../src/sigv4';
import { explainWords } from './explainWords';

export const sessionToken = `IQoJb3JpZ2luX2Vj${'EXAMPLETOKEN'.repeat(40)}`;
export const host = 'abc123.execute-api.eu-west-1.amazonaws.com';
export const date = new Date('2024-05-01T12:00:00Z');
export const body = '{"text":"very private"}';
const config = {
  accessKey: 'ASIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG',
  sessionToken,
  endpoint: `https://${host}/dev`,
};

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A signed `POST /notes`. */
export function sign(request: RequestToSign = {}, more: Partial<ClientConfig> = {}): SignedRequest {
  return newClient({ ...config, ...more }).signRequest({ method: 'POST', path: '/notes', date, body, ...request });
}

/** The URL of a presigned `GET /notes`. */
export const presign = (more: Partial<ClientConfig> = {}): string =>
  newClient({ ...config, ...more }).presignUrl({ path: '/notes', date });

/** The canonical request of `sign()`, written out by hand, with other headers or another body. */
export function canonicalLines(headers: Record<string, string> = {}, sent = body): string[] {
  const all = {
    accept: 'application/json',
    'content-type': 'application/json',
    host,
    'x-amz-date': '20240501T120000Z',
    'x-amz-security-token': sessionToken,
    ...headers,
  };
  const names = Object.keys(all).sort() as (keyof typeof all)[];
  const lines = names.map((name) => `${name}:${all[name]}`);
  return ['POST', '/dev/notes', '', ...lines, '', names.join(';'), sha256(sent)];
}

/**
 * API Gateway's message about a signature that does not match.
 * @param lines The canonical request that it computed.
 * @param shown What its message shows of it: a log may have masked something.
 */
export function mismatch(lines: readonly string[], shown: readonly string[] = lines): string {
  const hash = sha256(lines.join('\n'));
  return (
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.' +
    `\n\nThe Canonical String for this request should have been\n'${shown.join('\n')}'` +
    `\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20240501T120000Z\n20240501/eu-west-1/execute-api/aws4_request\n${hash}'\n`
  );
}

/** The explanation of an answer with that body, or with that JSON. */
export function read(
  answer: string | object,
  signed: SignedParts = sign(),
  more: Partial<Refusal> = {},
): Explanation | undefined {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return explainWords({ status: 403, headers: {}, body: text, ...more }, signed, { now: () => date });
}
