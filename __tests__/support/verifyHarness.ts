import { createHash, createHmac } from 'node:crypto';
import aws4 from 'aws4';
import { verifyRequest } from '../../src/verify';
import type { VerifyOptions, VerifyResult, WireRequest } from '../../src/verify';
import { withParameter } from './wireChanges';

// The example keys of AWS's documentation, and its signing test suite's request `get-vanilla` with AWS's own signature.
export const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
export const now = (): Date => new Date('2015-08-30T12:36:00Z');
export const credential = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';
export const signature = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';
/** A request on the wire whose headers can be spread. */
export type Wire = Omit<WireRequest, 'headers'> & { headers: Record<string, string> };

export const vanilla: Wire = {
  method: 'GET',
  target: '/',
  headers: {
    Host: 'example.amazonaws.com',
    'X-Amz-Date': '20150830T123600Z',
    Authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  },
};

type Unset<Options> = { [Name in keyof Options]?: Options[Name] | undefined };

/** Without those that are undefined, which verifyRequest refuses. */
export const withoutUnset = <Options extends object>(options: Unset<Options>): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;

export function verify(request: Request | WireRequest, options: Unset<VerifyOptions> = {}): Promise<VerifyResult> {
  const credentials = (id: string) => (id === 'AKIDEXAMPLE' ? { secretAccessKey } : undefined);
  const all = { credentials, region: 'us-east-1', service: 'service', now, ...options };
  return verifyRequest(request, withoutUnset<VerifyOptions>(all));
}
export const withHeaders = (headers: Record<string, string | undefined>): WireRequest => ({
  ...vanilla,
  headers: { ...vanilla.headers, ...headers },
});

export interface Signing {
  service?: string;
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  sessionToken?: string;
  signQuery?: boolean;
}
/** Signed by aws4, as it would stand on the wire. */
export function signed({
  service = 'service',
  path = '/',
  sessionToken,
  signQuery = false,
  ...request
}: Signing): Wire {
  const { host = 'example.amazonaws.com', ...headers } = request.headers ?? {};
  const date = signQuery ? {} : { 'X-Amz-Date': '20150830T123600Z' };
  const dated = signQuery ? withParameter(path, 'X-Amz-Date=20150830T123600Z') : path;
  const result = aws4.sign(
    { ...request, service, region: 'us-east-1', path: dated, signQuery, headers: { Host: host, ...date, ...headers } },
    { accessKeyId: 'AKIDEXAMPLE', secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
  );
  const wire = Object.fromEntries(
    Object.entries(result.headers as Record<string, unknown>).map(([k, v]) => [k, String(v)]),
  );
  return { method: request.method ?? 'GET', target: result.path!, headers: wire, body: request.body };
}

/**
 * `GET /` signed by the specification's steps, for what aws4 cannot sign: it always adds x-amz-date, and trims more than
 * the white space of HTTP.
 *
 * @param headers to be signed: in lower case, sorted, `host` among them, their values as they are to be signed
 */
export function signBySteps(headers: Record<string, string>, secret: string = secretAccessKey): Wire {
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const empty = createHash('sha256').digest('hex');
  const canonicalRequest = `GET\n/\n\n${lines.join('')}\n${names}\n${empty}`;
  const hash = createHash('sha256').update(canonicalRequest).digest('hex');
  const scope = '20150830/us-east-1/service/aws4_request';
  const key = scope
    .split('/')
    .reduce<string | Buffer>((last, part) => createHmac('sha256', last).update(part).digest(), `AWS4${secret}`);
  const stringToSign = `AWS4-HMAC-SHA256\n20150830T123600Z\n${scope}\n${hash}`;
  const Signature = createHmac('sha256', key).update(stringToSign).digest('hex');
  const Authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${names}, Signature=${Signature}`;
  return { method: 'GET', target: '/', headers: { ...headers, Authorization } };
}
