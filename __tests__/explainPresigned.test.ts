/** Explained by damage: presigned URLs. */
import { explain } from '../src/explain/index';
import { sha256Hex } from '../src/sigv4';
import { clientFor, credentials, gatewayOf } from './support/explainHarness';
import type { Case } from './support/explainHarness';
import { changeTarget, setHeader } from './support/damagingProxy';
import type { Damage } from './support/damagingProxy';

interface Presigned extends Case {
  expiresIn?: number;
  headers?: Record<string, string>;
}

async function explained({ expiresIn, headers = {}, ...test }: Presigned) {
  const url = clientFor(test).presignUrl({ path: '/notes', queryParams: { q: 'a b' }, expiresIn });
  gatewayOf(test).proxy.damage = test.damage ?? (() => undefined);
  const response = await fetch(url, { headers });
  const refusal = { status: response.status, headers: response.headers, body: await response.text() };
  const explanation = explain(refusal, { method: 'GET', url });
  const text = JSON.stringify({ explanation });
  const piece = credentials.sessionToken.slice(20, 60);
  const pieces = [piece, encodeURIComponent(piece), /Signature=(\w+)/.exec(url)![1]!];
  for (const secret of pieces) expect(text).not.toContain(secret);
  return { status: response.status, ...explanation };
}

it('is accepted undamaged', async () => {
  expect(await explained({})).toEqual({ status: 200 });
});

const token: Damage = (message) => {
  message.target = message.target.replace(/(X-Amz-Security-Token=(?:%..|[^&%]){20})[^&]+/, '$1');
};

it.each<[string, string, string[], Presigned]>([
  [
    'a parameter added',
    'QueryChanged',
    ['"utm_source" arrived, but was not signed'],
    { damage: changeTarget(/$/, '&utm_source=mail') },
  ],
  ['a value changed', 'QueryChanged', ['"q": signed as "a b", arrived as "a"'], { damage: changeTarget('a%20b', 'a') }],
  [
    'the expiry changed',
    'QueryChanged',
    ['"X-Amz-Expires"', 'not shown'],
    { damage: changeTarget('X-Amz-Expires=300', 'X-Amz-Expires=900') },
  ],
  ['the path changed', 'PathChanged', ['a slash was added'], { damage: changeTarget('/notes', '/notes/') }],
  ['the host changed', 'HostChanged', ['"backend.internal"'], { damage: setHeader('host', 'backend.internal') }],
  ['the token cut', 'TokenInvalid', ['the query parameter X-Amz-Security-Token'], { damage: token }],
  ['the query lost', 'MissingAuthentication', ['the query with the signature'], { damage: changeTarget(/\?.*/, '') }],
  [
    'the signature lost',
    'IncompleteSignature',
    ['arrived without X-Amz-Signature'],
    { damage: changeTarget(/&X-Amz-Signature=\w+/, '') },
  ],
  [
    'an Authorization header beside it',
    'TwoSignatures',
    ['the header authorization'],
    { headers: { authorization: 'Bearer sample' } },
  ],
  ['a wrong secret', 'WrongSecretKey', ['the signature alone'], { config: { secretKey: sha256Hex('another') } }],
  ['expired', 'PresignedUrlExpired', ['valid until'], { expiresIn: 60, config: { now: () => Date.now() - 3_600_000 } }],
  ['a clock ahead', 'ClockAhead', ['too late'], { config: { now: () => Date.now() + 3_600_000 } }],
])('%s', async (_, code, difference, test) => {
  const explanation = await explained(test);
  expect(explanation).toMatchObject({ status: 403, code });
  for (const part of difference) expect(explanation.difference).toContain(part);
});

it('expired: says for how long it was valid, and since when it is no more', async () => {
  const { cause } = await explained({ expiresIn: 60, config: { now: () => Date.now() - 3_660_000 } });
  expect(cause).toMatch(/^The presigned URL was valid for 1 minute and expired 1 hour( \d seconds?)? ago\.$/);
});

it.each(['99999999999999', '604801', '0', '-1', '', 'x', 'Infinity'])(
  'with the expiry %p, which none can have: is compared by the clocks alone',
  (expires) => {
    const url = clientFor({}).presignUrl({ date: new Date('2026-01-01T00:00:00Z') });
    const message =
      'Signature expired: 20260101T000000Z is now earlier than 20260102T000000Z (20260102T000500Z - 5 min.)';
    const refusal = { status: 403, body: JSON.stringify({ message }) };
    const explanation = explain(refusal, { url: url.replace(/(X-Amz-Expires=)\d+/, `$1${expires}`) });
    expect(explanation).toMatchObject({ difference: expect.stringMatching(/: 1 day too early$/) as string });
    expect(explanation?.code).not.toBe('PresignedUrlExpired');
  },
);
