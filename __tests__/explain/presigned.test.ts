/** Explained by damage: presigned URLs. */
import { explain } from '../../src/explain/index';
import { sha256Hex } from '../../src/sigv4';
import { presign, read } from '../support/awsTexts';
import { changeTarget, setHeader } from '../support/damagingProxy';
import type { Damage } from '../support/damagingProxy';
import { clientFor, credentials, gatewayOf, NOW, withoutPort } from '../support/explainHarness';
import type { Case } from '../support/explainHarness';
import { HOUR } from '../support/clocks';

interface Presigned extends Case {
  expiresIn?: number;
  headers?: Record<string, string>;
}

async function explained({ expiresIn, headers = {}, ...test }: Presigned) {
  const url = clientFor(test).presignUrl({ path: '/notes', queryParams: { q: 'a b' }, expiresIn });
  gatewayOf(test).proxy.damage = test.damage ?? (() => undefined);
  const response = await fetch(url, { headers });
  const refusal = { status: response.status, headers: response.headers, body: await response.text() };
  const explanation = explain(refusal, { method: 'GET', url }, { now: () => NOW });
  const text = JSON.stringify({ explanation });
  const piece = credentials.sessionToken.slice(20, 60);
  const pieces = [piece, encodeURIComponent(piece), /Signature=(\w+)/.exec(url)![1]!];
  for (const secret of pieces) expect(text).not.toContain(secret);
  return { status: response.status, ...(explanation && withoutPort(explanation, test)) };
}

it('is accepted undamaged', async () => {
  expect(await explained({})).toEqual({ status: 200 });
});

const token: Damage = (message) => {
  message.target = message.target.replace(/(X-Amz-Security-Token=(?:%..|[^&%]){20})[^&]+/, '$1');
};

it.each<[string, object, Presigned]>([
  [
    'a parameter added',
    { code: 'QueryChanged', difference: 'the query: the query parameter "utm_source" arrived, but was not signed' },
    { damage: changeTarget(/$/, '&utm_source=mail') },
  ],
  [
    'a value changed',
    { code: 'QueryChanged', difference: 'the query: the query parameter "q": signed as "a b", arrived as "a"' },
    { damage: changeTarget('a%20b', 'a') },
  ],
  [
    'the expiry changed',
    {
      code: 'QueryChanged',
      difference:
        'the query: the query parameter "X-Amz-Expires": its value changed (not shown; both have 3 characters)',
    },
    { damage: changeTarget('X-Amz-Expires=300', 'X-Amz-Expires=900') },
  ],
  [
    'the path changed',
    {
      code: 'PathChanged',
      difference: 'the path: signed as "/dev/notes", arrived as "/dev/notes/": a slash was added at its end',
    },
    { damage: changeTarget('/notes', '/notes/') },
  ],
  [
    'the host changed',
    { code: 'HostChanged', difference: 'the host: signed as "127.0.0.1:port", arrived as "backend.internal"' },
    { damage: setHeader('host', 'backend.internal') },
  ],
  [
    'the token cut',
    {
      code: 'TokenInvalid',
      difference:
        'the query parameter X-Amz-Security-Token or the access key id: not of the same credentials, unknown to this gateway, or changed or dropped on the way',
    },
    { damage: token },
  ],
  [
    'the query lost',
    {
      code: 'MissingAuthentication',
      difference:
        'the query with the signature: signed, but perhaps dropped on the way; or the path "/dev/notes" with the method GET: perhaps unknown to the API',
    },
    { damage: changeTarget(/\?.*/, '') },
  ],
  [
    'the signature lost',
    {
      code: 'IncompleteSignature',
      difference: 'the query: signed as "AWS4-HMAC-SHA256 …", arrived without X-Amz-Signature',
    },
    { damage: changeTarget(/&X-Amz-Signature=\w+/, '') },
  ],
  [
    'an Authorization header beside it',
    { code: 'TwoSignatures', difference: 'the header authorization: sent along with a presigned URL' },
    { headers: { authorization: 'Bearer sample' } },
  ],
  [
    'a wrong secret',
    { code: 'WrongSecretKey', difference: 'the signature alone: everything that was signed arrived unchanged' },
    { config: { secretKey: sha256Hex('another') } },
  ],
  [
    'expired',
    {
      code: 'PresignedUrlExpired',
      cause: 'The presigned URL was valid for 1 minute and expired 1 hour ago.',
      difference:
        "the date: signed at 2024-05-01T10:59:00Z, valid until 2024-05-01T11:00:00Z, the gateway's clock shows 2024-05-01T12:00:00Z",
      advice:
        'Make a new URL right before it is used, or with a longer expiresIn (up to 604800 seconds). If it was made only just now, the clock of the device that made it is behind.',
    },
    { expiresIn: 60, config: { now: () => NOW - HOUR - 60_000 } },
  ],
  [
    'a clock ahead',
    {
      code: 'ClockAhead',
      difference:
        "the date: signed at 2024-05-01T13:00:00Z, the gateway's clock shows 2024-05-01T12:00:00Z: 1 hour too late",
    },
    { config: { now: () => NOW + HOUR } },
  ],
])('%s', async (_, expected, test) => {
  expect(await explained(test)).toMatchObject({ status: 403, ...expected });
});

const EXPIRED = 'Signature expired: 20240501T120000Z is now earlier than 20240502T120000Z (20240502T120500Z - 5 min.)';

it.each(['99999999999999', '604801', '0', '0.5', '-1', '', 'x', 'Infinity'])(
  'with the expiry %p, which none can have: is compared by the clocks alone',
  (expires) => {
    const url = presign().replace(/(X-Amz-Expires=)\d+/, `$1${expires}`);
    expect(read({ message: EXPIRED }, { url })).toMatchObject({
      code: 'ClockBehind',
      difference: expect.stringMatching(/: 1 day too early$/) as string,
    });
  },
);

it.each(['1', '604800'])('with the expiry %p, which is a limit', (expires) => {
  const url = presign().replace(/(X-Amz-Expires=)\d+/, `$1${expires}`);
  expect(read({ message: EXPIRED }, { url })?.code).toBe('PresignedUrlExpired');
});
