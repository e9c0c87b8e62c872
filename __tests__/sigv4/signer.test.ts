/** Which headers are signed, and the options for more and for fewer, beside what smithy and aws4 sign. */
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { createSignedFetch } from '../../src/signedFetch/index';
import { newClient } from '../../src/sigv4';
import type { ClientConfig } from '../../src/sigv4';
import { configOf, headerOf, NodeSha256, readAuthorization, useRecorder } from '../support/sigV4Harness';
import { clientOf, expectRefusal } from '../support/sigV4Refusal';

const recorder = useRecorder();

/** What a proxy or a tracing agent may change on the way. */
const CHANGING = {
  From: 'user@example.com',
  'Max-Forwards': '3',
  'User-Agent': 'app/1.0',
  'X-Amzn-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793',
};
const TRACING = { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', tracestate: 'a=1' };

function signedNames(headers: Record<string, string>, changes: Partial<ClientConfig> = {}): string[] {
  const signed = newClient(configOf(changes)).signRequest({ method: 'POST', headers, body: '{}' });
  for (const [name, value] of Object.entries(headers)) expect(signed.headers[name]).toBe(value); // sent all the same
  return readAuthorization(signed.headers.Authorization).signedHeaders;
}

describe('what proxies change is not signed by default', () => {
  test('as with smithy', async () => {
    const signer = new SignatureV4({
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      region: 'eu-west-1',
      service: 'execute-api',
      sha256: NodeSha256,
      applyChecksum: false,
    });
    const accept = { accept: 'application/json', 'content-type': 'application/json' };
    const headers = { host: 'abc123.execute-api.eu-west-1.amazonaws.com', ...accept, ...CHANGING };
    const theirs = await signer.sign(new HttpRequest({ method: 'POST', path: '/dev', headers, body: '{}' }));
    const { signedHeaders } = readAuthorization(theirs.headers.authorization);
    expect(signedNames(CHANGING)).toEqual(signedHeaders.filter((name) => name !== 'x-amz-content-sha256'));
  });

  // https://www.w3.org/TR/trace-context/: every service on the way writes them anew
  test('nor what traces a request', () => {
    expect(signedNames(TRACING)).toEqual(['accept', 'content-type', 'host', 'x-amz-date']);
  });
});

describe('unsignedHeaders', () => {
  test('are sent and not signed, whatever their case, the signer’s own among them', async () => {
    const unsignedHeaders = ['X-Note', 'ACCEPT', 'content-type'];
    const headers = { 'x-note': 'a', 'x-other': 'b' };
    const wire = await recorder.call({ method: 'POST', headers, body: { a: 1 } }, { unsignedHeaders });
    expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toEqual(['host', 'x-amz-date', 'x-other']);
    expect(['x-note', 'accept', 'content-type'].map((name) => headerOf(wire, name))).toEqual([
      'a',
      'application/json',
      'application/json',
    ]);
  });

  test('may have names that only begin or end as those that must be signed', async () => {
    const headers = { 'hosted-by': 'a', 'my-host': 'b', 'my-x-amz-date': 'c', other: 'd' };
    const wire = await recorder.call({ headers }, { unsignedHeaders: ['hosted-by', 'my-host', 'my-x-amz-date'] });
    const { signedHeaders } = readAuthorization(headerOf(wire, 'authorization'));
    expect(signedHeaders).toEqual(['accept', 'host', 'other', 'x-amz-date']);
  });

  test('hold for presigned URLs and for createSignedFetch', async () => {
    const unsignedHeaders = ['X-Note'];
    const headers = { 'x-note': 'a', 'x-other': 'b' };
    const url = new URL(newClient(configOf({ unsignedHeaders })).presignUrl({ headers }));
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-other');
    let authorization: string | null = null;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const send: typeof fetch = (_input, init) => {
      authorization = new Headers(init?.headers).get('authorization');
      return Promise.resolve(new Response());
    };
    await createSignedFetch({ credentials, unsignedHeaders, fetch: send })(recorder.url(), { headers });
    expect(readAuthorization(authorization!).signedHeaders).toEqual(['accept', 'host', 'x-amz-date', 'x-other']);
  });

  test.each<[string, unknown, RegExp]>([
    ['host', ['Host'], /4 characters/],
    ['AWS’s own', ['x-amz-date'], /10 characters/],
    ['the token', ['X-Amz-Security-Token'], /20 characters/],
    ['an empty name', [''], / 0 characters/],
    ['no name', [5], /5/],
    ['text', 'x-note', /6 characters/],
    ['a Set', new Set(['x-note']), /Set/],
  ])('%s is refused', (_name, unsignedHeaders, came) => {
    expectRefusal(() => clientOf({ unsignedHeaders }), 'InvalidOption', 'unsignedHeaders', came);
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const act = () => createSignedFetch({ credentials, unsignedHeaders: unsignedHeaders as string[] });
    expectRefusal(act, 'InvalidOption', 'unsignedHeaders', came);
  });
});

describe('extraSignedHeaders', () => {
  const extraSignedHeaders = ['User-Agent', 'traceparent', 'Content-Type'];

  test('are signed where a request states them', async () => {
    const headers = { 'user-agent': 'app/1.0', 'content-type': 'text/csv' };
    const wire = await recorder.call({ method: 'GET', headers }, { extraSignedHeaders });
    expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).toEqual([
      'accept',
      'content-type',
      'host',
      'user-agent',
      'x-amz-date',
    ]);
  });

  test('by createSignedFetch as well', async () => {
    let authorization: string | null = null;
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
    const send: typeof fetch = (_input, init) => {
      authorization = new Headers(init?.headers).get('authorization');
      return Promise.resolve(new Response());
    };
    const signedFetch = createSignedFetch({ credentials, extraSignedHeaders, fetch: send });
    await signedFetch(recorder.url(), { headers: { 'user-agent': 'app/1.0' } });
    expect(readAuthorization(authorization!).signedHeaders).toEqual(['accept', 'host', 'user-agent', 'x-amz-date']);
  });

  test('and not where it does not', async () => {
    const wire = await recorder.call({ method: 'GET' }, { extraSignedHeaders });
    const { signedHeaders } = readAuthorization(headerOf(wire, 'authorization'));
    expect(signedHeaders).toEqual(['accept', 'host', 'x-amz-date']);
  });

  test('may have names that begin or end as that of the signature’s own header', async () => {
    const headers = { 'authorization-info': 'a', 'proxy-authorization': 'b' };
    const wire = await recorder.call({ headers }, { extraSignedHeaders: Object.keys(headers) });
    const { signedHeaders } = readAuthorization(headerOf(wire, 'authorization'));
    expect(signedHeaders).toEqual(['accept', 'authorization-info', 'host', 'proxy-authorization', 'x-amz-date']);
  });

  test('cannot be the signature’s own header, nor unsigned ones', () => {
    const act = (changes: object) => () => clientOf(changes);
    expectRefusal(act({ extraSignedHeaders: ['Authorization'] }), 'InvalidOption', 'extraSignedHeaders', /13 char/);
    const both = { extraSignedHeaders: ['x-a'], unsignedHeaders: ['X-A'] };
    expectRefusal(act(both), 'InvalidOption', 'extraSignedHeaders', /3 characters/);
    expectRefusal(act({ extraSignedHeaders: {} }), 'InvalidOption', 'extraSignedHeaders', /Object/);
  });
});
