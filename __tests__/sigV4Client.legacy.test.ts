import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sigV4Client, { newClient } from '../src/sigv4';
import type { ClientConfig, RequestToSign } from '../src/sigv4';
import { API, configOf, CREDENTIALS, headerOf, readAuthorization, startRecorder, TOKEN } from './sigV4Harness';
import type { Recorder } from './sigV4Harness';

interface Vector {
  date: string;
  config: ClientConfig;
  request: RequestToSign;
  expected: { url: string; headers: Record<string, string> };
}

const text = readFileSync(join(process.cwd(), '__tests__/vectors/legacy-vectors.json'), 'utf8');
const vectors = JSON.parse(text) as Vector[];

const signVector = ({ date, config, request }: Vector, changes: Partial<ClientConfig> = {}) =>
  sigV4Client.newClient({ ...config, ...changes }).signRequest({ ...request, date: new Date(date) });

describe('what the old client returned, to the byte', () => {
  test('160 requests', () => {
    expect(vectors).toHaveLength(160);
  });

  test.each(vectors.map((vector, i) => [i, vector.request.method, vector.request.path, vector] as const))(
    '%i: %s %s',
    (_i, _method, _path, vector) => {
      const { url, headers } = signVector(vector, { signSessionToken: false });
      expect(url).toBe(vector.expected.url);
      expect(JSON.stringify(headers)).toBe(JSON.stringify(vector.expected.headers)); // the order as well
    },
  );

  test('with the token signed, only the signed headers and the signature differ', () => {
    const vector = vectors.find(({ config }) => config.sessionToken !== undefined && config.region !== undefined)!;
    const { url, headers } = signVector(vector);
    expect(url).toBe(vector.expected.url);
    const { Authorization, ...others } = headers;
    const { Authorization: old, ...expected } = vector.expected.headers;
    expect(others).toEqual(expected);
    expect(old).not.toContain('x-amz-security-token');
    expect(Authorization).toMatch(/SignedHeaders=[^,]*x-amz-security-token/);
  });
});

let recorder: Recorder;
beforeAll(async () => {
  recorder = await startRecorder();
});
afterAll(() => recorder.close());

const call = (request: RequestToSign, config?: Partial<ClientConfig>) => recorder.call(request, config);
const sign = (request: RequestToSign, config?: Partial<ClientConfig>) =>
  newClient(configOf(config)).signRequest(request);
const signedNames = (headers: Record<string, string>) => readAuthorization(headers.Authorization).signedHeaders;

describe('kept from the old client', () => {
  test('the default export', () => {
    expect(sigV4Client.newClient).toBe(newClient);
  });

  test('endpoint, pathComponent, region and serviceName are readable', () => {
    const { endpoint, pathComponent, region, serviceName } = newClient(configOf());
    expect(endpoint + pathComponent).toBe(API);
    expect({ pathComponent, region, serviceName }).toEqual({
      pathComponent: '/dev',
      region: 'eu-west-1',
      serviceName: 'execute-api',
    });
  });

  test('Accept and Content-Type are application/json, or the defaults given', () => {
    expect(sign({ method: 'POST', body: {} }).headers).toMatchObject({
      Accept: 'application/json',
      'Content-Type': 'application/json',
    });
    const defaults = { defaultAcceptType: 'text/csv', defaultContentType: 'text/xml' };
    const { headers } = sign({ method: 'POST', body: '<a/>' }, defaults);
    expect(headers).toMatchObject({ Accept: 'text/csv', 'Content-Type': 'text/xml' });
    expect(signedNames(headers)).toEqual(['accept', 'content-type', 'host', 'x-amz-date']);
  });

  test.each(['GET', 'HEAD', 'get', 'head'])('no body on %s', async (method) => {
    const wire = await call({ method, body: { a: 1 } });
    expect(wire.body).toHaveLength(0);
    expect(wire.method).toBe(method.toUpperCase());
  });

  test.each(['GET', 'DELETE', 'POST'])('a Content-Type without a body is sent unsigned: %s', async (method) => {
    const plain = await call({ method });
    expect(headerOf(plain, 'content-type')).toBe('application/json');
    const given = await call({ method, headers: { 'content-type': 'text/plain' } });
    expect(headerOf(given, 'content-type')).toBe('text/plain');
    for (const wire of [plain, given]) {
      expect(readAuthorization(headerOf(wire, 'authorization')).signedHeaders).not.toContain('content-type');
    }
  });

  test('the headers, their names, case and order', () => {
    const { headers } = sign({ method: 'POST', body: {} }, { sessionToken: TOKEN });
    const names = ['Content-Type', 'Accept', 'x-amz-date', 'Authorization', 'x-amz-security-token'];
    expect(Object.keys(headers)).toEqual(names);
    expect(headers.Authorization).toContain(`Credential=${CREDENTIALS.accessKey}/20150830/eu-west-1/execute-api/aws4_`);
  });
});
