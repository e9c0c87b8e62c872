import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sigV4Client from '../../src/sigv4';
import type { ClientConfig, RequestToSign } from '../../src/sigv4';

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
