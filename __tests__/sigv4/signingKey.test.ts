import { createHash, createHmac } from 'node:crypto';
import { deriveSigningKey, newClient } from '../../src/sigv4';
import type { HashEngine } from '../../src/sigv4';
import { configOf, CREDENTIALS, DATE, expectRightSignature, useRecorder } from '../support/sigV4Harness';
import { SHARED } from '../vectors/awsSuite';
import { DAY } from '../support/clocks';

/** An engine that tells whether a signing key was derived, which takes four keys, or remembered. */
function countingEngine() {
  let keys = 0;
  const hash: HashEngine = {
    sha256: (data) => createHash('sha256').update(data).digest('hex'),
    hmac(key) {
      keys++;
      return (message) => createHmac('sha256', key).update(message).digest('hex');
    },
  };
  const derives = (act: () => unknown): boolean => {
    const before = keys;
    act();
    return keys - before >= 4;
  };
  return { hash, derives };
}

describe('signing keys are remembered', () => {
  test('for a day, region, service and secret, across clients', () => {
    const { hash, derives } = countingEngine();
    const sign = (changes = {}, date: Date | number = DATE) =>
      derives(() =>
        newClient(configOf({ endpoint: 'https://api.example.com', hash, ...changes })).signRequest({ date }),
      );
    expect(sign()).toBe(true);
    expect(sign()).toBe(false);
    expect(sign({}, DATE.getTime() + 3_600_000)).toBe(false);
    expect(sign({ region: 'us-west-2' })).toBe(true);
    expect(sign({ serviceName: 'lambda' })).toBe(true);
    expect(sign({ secretKey: 'another' })).toBe(true);
    expect(sign({ accessKey: 'ANOTHER' })).toBe(true);
    expect(sign({}, DATE.getTime() + DAY)).toBe(true);
  });

  test('a client looks for its key once a day: afterwards it hashes the canonical request alone', () => {
    const asked: unknown[] = [];
    const { hash } = countingEngine();
    const sha256: HashEngine['sha256'] = (data) => (asked.push(data), hash.sha256(data));
    const client = newClient(configOf({ hash: { ...hash, sha256 } }));
    client.signRequest({});
    asked.length = 0;
    client.signRequest({ path: '/notes' });
    expect(asked).toEqual([expect.stringMatching(/^GET\n\/dev\/notes\n/)]);
  });

  test('presigning uses the same ones', () => {
    const { hash, derives } = countingEngine();
    const client = newClient(configOf({ hash }));
    expect(derives(() => client.presignUrl())).toBe(true);
    expect(derives(() => client.signRequest({}))).toBe(false);
  });

  test("two engines in turn do not drive out each other's", () => {
    const engines = [countingEngine(), countingEngine()];
    const derived = [0, 1, 0, 1].map((i) => {
      const { hash, derives } = engines[i]!;
      return derives(() => newClient(configOf({ hash })).signRequest({}));
    });
    expect(derived).toEqual([true, true, false, false]);
  });

  test('at most 32 of them', () => {
    const { hash, derives } = countingEngine();
    const endpoint = 'https://api.example.com';
    const sign = (i: number) =>
      derives(() => newClient(configOf({ endpoint, hash, region: `eu-west-${i}` })).signRequest({}));
    for (let i = 0; i < 100; i++) expect(sign(i)).toBe(true);
    const remembered = Array.from({ length: 100 }, (_, i) => 99 - i).findIndex((i) => sign(i));
    expect(remembered).toBeGreaterThan(8);
    expect(remembered).toBeLessThanOrEqual(32);
  });

  test('none of an earlier day once a new one has come', () => {
    const { hash, derives } = countingEngine();
    const sign = (date: number) => derives(() => newClient(configOf({ hash })).signRequest({ date }));
    const [today, tomorrow] = [DATE.getTime(), DATE.getTime() + DAY];
    expect([sign(today), sign(tomorrow), sign(tomorrow), sign(today)]).toEqual([true, true, false, true]);
  });
});

describe('and never the wrong one', () => {
  const recorder = useRecorder();

  test('two secrets under one access key id, in turn', async () => {
    const [one, two] = [CREDENTIALS.secretKey, 'another+secret/access/key'].map((secretKey) => ({
      secretKey,
      client: newClient(configOf({ endpoint: recorder.url(), secretKey })),
    }));
    for (const { client, secretKey } of [one!, two!, one!, two!, one!]) {
      const wire = await recorder.send(client.signRequest({}));
      await expect(expectRightSignature(wire, secretKey)).resolves.toBeUndefined();
    }
  });

  test('parts that run into each other', async () => {
    for (const [accessKey, region, serviceName] of [
      ['AKIDEXAMPLE', 'eu-west-1', 'execute-api'],
      ['AKIDEXAMPLE2', 'eu-west-1', 'execute-api'],
      ['AKIDEXAMPLE20150830', 'eu-west-1', 'execute-api'],
      ['AKIDEXAMPLE', 'eu-west-1e', 'xecute-api'],
    ] as const) {
      const wire = await recorder.call({ path: '/' }, { accessKey, region, serviceName });
      expect(wire).toMatchObject({ method: 'GET' });
    }
  });

  test('one client across midnight, forth and back', async () => {
    let now = new Date('2024-12-31T23:59:59.999Z').getTime();
    const client = newClient(configOf({ endpoint: recorder.url(), now: () => now }));
    for (const step of [0, 1, 999, -1001, DAY, -DAY, 365 * DAY, -365 * DAY]) {
      now += step;
      const signed = client.signRequest({ path: '/notes' });
      const expected = new Date(now).toISOString().replace(/[:-]|\.\d+/g, '');
      expect(signed.headers['x-amz-date']).toBe(expected);
      expect(signed.headers.Authorization).toContain(`/${expected.slice(0, 8)}/`);
      await expectRightSignature(await recorder.send(signed));
    }
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html (ListUsers)
test("the key of the worked example of AWS's documentation", () => {
  const { secretAccessKey } = SHARED;
  const key = deriveSigningKey({ secretAccessKey, date: '20150830', region: 'us-east-1', service: 'iam' });
  expect(Buffer.from(key).toString('hex')).toBe('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
});

it.each(['secretAccessKey', 'date', 'region', 'service'])('is not derived without %s', (name) => {
  const input = { secretAccessKey: 'x', date: '20150830', region: 'us-east-1', service: 'iam', [name]: undefined };
  expect(() => deriveSigningKey(input as never)).toThrow(`${name}: expected text, got undefined`);
});

it('does not show a secret that is no text', () => {
  const input = { secretAccessKey: 123456789, date: '20150830', region: 'us-east-1', service: 'iam' };
  expect(() => deriveSigningKey(input as never)).toThrow(/^secretAccessKey: expected text, got (?!.*1234)/);
});
