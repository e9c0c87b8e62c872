// Requests signed by others' signers and sent over real HTTP: refused with any part of them changed.
import type { RefusalCode } from '../../src/verify';
import { path, record, secretAccessKey, signers, verifyAs } from '../support/otherSigners';
import type { Options, Wire } from '../support/otherSigners';
import { headerOf } from '../support/sigV4Harness';
import {
  dateOf,
  flip,
  nudge,
  setHeader,
  setParameter,
  setPart,
  setScope,
  signedHeadersOf,
  withParameter,
} from '../support/wireChanges';
import type { Change } from '../support/wireChanges';

const changes: [string, Change, RefusalCode][] = [
  ['the method', (wire) => ({ ...wire, method: 'PATCH' }), 'SignatureMismatch'],
  ['the case of the method', (wire) => ({ ...wire, method: wire.method.toLowerCase() }), 'SignatureMismatch'],
  ['the path', (wire) => ({ ...wire, target: wire.target.replace('/', '/x') }), 'SignatureMismatch'],
  [
    'a slash at the end of the path',
    (wire) => ({ ...wire, target: wire.target.replace(/(?=\?|$)/, 'x/') }),
    'SignatureMismatch',
  ],
  [
    'another escape in the path',
    (wire) => (wire.target.includes('a%20b') ? { ...wire, target: wire.target.replace('a%20b', 'a%21b') } : undefined),
    'SignatureMismatch',
  ],
  [
    'a query value',
    (wire) => (wire.target.includes('b=2') ? { ...wire, target: wire.target.replace('b=2', 'b=3') } : undefined),
    'SignatureMismatch',
  ],
  [
    'a query name',
    (wire) => (wire.target.includes('b=2') ? { ...wire, target: wire.target.replace('b=2', 'B=2') } : undefined),
    'SignatureMismatch',
  ],
  [
    'one query value fewer',
    (wire) => (wire.target.includes('b=2') ? { ...wire, target: wire.target.replace(/b=2&?/, '') } : undefined),
    'SignatureMismatch',
  ],
  [
    'one query value more',
    (wire) => ({ ...wire, target: `${wire.target}${wire.target.includes('?') ? '&' : '?'}z=1` }),
    'SignatureMismatch',
  ],
  [
    'the date, by a second',
    (wire) => setHeader(wire, 'x-amz-date', nudge) ?? setParameter(wire, 'X-Amz-Date', nudge),
    'SignatureMismatch',
  ],
  [
    'the date, to another form',
    (wire) => setHeader(wire, 'x-amz-date', () => '2026-01-01') ?? setParameter(wire, 'X-Amz-Date', () => '2026-01-01'),
    'InvalidDate',
  ],
  ['the expiry', (wire) => setParameter(wire, 'X-Amz-Expires', () => '800'), 'SignatureMismatch'],
  ['the expiry, to nothing', (wire) => setParameter(wire, 'X-Amz-Expires', () => '0'), 'InvalidExpires'],
  ['the expiry, to too much', (wire) => setParameter(wire, 'X-Amz-Expires', () => '604801'), 'InvalidExpires'],
  [
    'the token',
    (wire) =>
      setHeader(wire, 'x-amz-security-token', (value) => flip(value, 5)) ??
      setParameter(wire, 'X-Amz-Security-Token', (value) => flip(value, 5)),
    'InvalidSessionToken',
  ],
  [
    'no token',
    (wire) =>
      setHeader(wire, 'x-amz-security-token', () => undefined) ?? {
        ...wire,
        target: wire.target.replace(/&?X-Amz-Security-Token=[^&]*/, ''),
      },
    'InvalidSessionToken',
  ],
  ['the access key id', setScope(0, 'ASIAIOSFODNN7EXAMPLF'), 'UnknownAccessKey'],
  ["the scope's date", setScope(1, '20150830'), 'ScopeDateMismatch'],
  ["the scope's region", setScope(2, 'us-east-1'), 'RegionMismatch'],
  ["the scope's service", setScope(3, 's3'), 'ServiceMismatch'],
  ["the scope's end", setScope(4, 'aws5_request'), 'TerminatorMismatch'],
  ['a longer scope', setScope(4, 'aws4_request/x'), 'IncompleteSignature'],
  [
    "the signature's first character",
    (wire) => setPart(wire, 'Signature', (value) => flip(value, 0)),
    'SignatureMismatch',
  ],
  [
    "the signature's last character",
    (wire) => setPart(wire, 'Signature', (value) => flip(value, 63)),
    'SignatureMismatch',
  ],
  ["the signature's case", (wire) => setPart(wire, 'Signature', (value) => value.toUpperCase()), 'SignatureMismatch'],
  ['a shorter signature', (wire) => setPart(wire, 'Signature', (value) => value.slice(0, -1)), 'SignatureMismatch'],
  ['a longer signature', (wire) => setPart(wire, 'Signature', (value) => `${value}0`), 'SignatureMismatch'],
  ['no signature', (wire) => setPart(wire, 'Signature', () => ''), 'IncompleteSignature'],
  [
    'the algorithm',
    (wire) =>
      setHeader(wire, 'authorization', (value) => value.replace('SHA256', 'SHA1')) ??
      setParameter(wire, 'X-Amz-Algorithm', () => 'AWS4-HMAC-SHA1'),
    'UnsupportedAlgorithm',
  ],
  ['a signed header more', (wire) => setPart(wire, 'SignedHeaders', (value) => `${value};x-new`), 'SignatureMismatch'],
  [
    'both ways at once',
    (wire) =>
      headerOf(wire, 'authorization') === undefined
        ? { ...wire, headers: [...wire.headers, ['Authorization', 'x']] }
        : { ...wire, target: withParameter(wire.target, 'X-Amz-Signature=x') },
    'AmbiguousAuthentication',
  ],
  [
    'no signing at all',
    (wire) => setHeader(wire, 'authorization', () => undefined) ?? { ...wire, target: path },
    'MissingAuthentication',
  ],
  [
    'a broken escape in the query',
    (wire) => ({ ...wire, target: `${wire.target}${wire.target.includes('?') ? '&' : '?'}z=%zz` }),
    'MalformedQuery',
  ],
];

/** Parts that not all signers' requests have. */
const OF_SOME = [
  'another escape in the path',
  'a query value',
  'a query name',
  'one query value fewer',
  'the expiry',
  'the expiry, to nothing',
  'the expiry, to too much',
];

const tried = new Set<string>();
afterAll(() => {
  expect([...tried].sort()).toEqual(changes.map(([name]) => name).sort()); // each, with some signer
});

describe.each(Object.entries(signers))('%s', (_, { send, service = 'execute-api' }) => {
  let wire: Wire;
  let now: Date;
  const verify = (request: Wire, options?: Options) => verifyAs(service, now, request, options);

  beforeAll(async () => {
    wire = await record(send);
    now = new Date(dateOf(wire).getTime() + 1500);
  });

  it.each(changes)('is refused with a change: %s', async (name, change, code) => {
    const changed = change(wire);
    expect(changed !== undefined || OF_SOME.includes(name)).toBe(true);
    expect(changed).not.toEqual(wire);
    if (changed === undefined) return; // this signer's request has no such part
    tried.add(name);
    const result = await verify(changed);
    expect(result).toMatchObject({ ok: false, code });
    expect(JSON.stringify(result)).not.toContain(secretAccessKey);
  });

  it('is refused with any signed header changed, removed, or no longer signed', async () => {
    const names = signedHeadersOf(wire);
    for (const name of names) {
      const special: Partial<Record<string, [RefusalCode, RefusalCode, RefusalCode]>> = {
        host: ['SignatureMismatch', 'MalformedHost', 'HeaderNotSigned'],
        'x-amz-date': ['InvalidDate', 'IncompleteSignature', 'HeaderNotSigned'],
        'x-amz-security-token': ['InvalidSessionToken', 'InvalidSessionToken', 'SignatureMismatch'],
        'x-amz-content-sha256': ['PayloadHashMismatch', 'SignatureMismatch', 'HeaderNotSigned'],
      };
      const unsigned = name.startsWith('x-amz-') ? 'HeaderNotSigned' : 'SignatureMismatch';
      const expected = special[name] ?? ['SignatureMismatch', 'SignatureMismatch', unsigned];
      const others = names.filter((other) => other !== name);
      const got = await Promise.all([
        verify(setHeader(wire, name, (value) => `${value}x`)!),
        verify(setHeader(wire, name, () => undefined)!),
        verify(setPart(wire, 'SignedHeaders', () => others.join(';'))),
      ]);
      const codes = got.map((result) => (result.ok ? 'ok' : result.code));
      const none = others.length === 0 ? 'IncompleteSignature' : expected[2];
      expect([name, ...codes]).toEqual([name, expected[0], expected[1], none]);
    }
  });

  it('is refused with another body', async () => {
    const code = headerOf(wire, 'x-amz-content-sha256') === undefined ? 'SignatureMismatch' : 'PayloadHashMismatch';
    for (const other of [`${wire.body} `, wire.body === '' ? 'x' : '', `é${wire.body.slice(1)}`]) {
      expect(await verify({ ...wire, body: other })).toMatchObject({ ok: false, code });
    }
  });

  it('is refused with any one character of the signature changed', async () => {
    for (let at = 0; at < 64; at++) {
      const changed = setPart(wire, 'Signature', (value) => flip(value, at));
      expect(await verify(changed)).toMatchObject({ code: 'SignatureMismatch' });
    }
  });

  it('covers region and service, where the server expects none', async () => {
    const any = { region: undefined, service: undefined } as object; // left out
    expect(await verify(wire, any)).toMatchObject({ ok: true });
    expect(await verify(setScope(2, 'us-east-1')(wire)!, any)).toMatchObject({ code: 'SignatureMismatch' });
    expect(await verify(setScope(3, 'lambda')(wire)!, any)).toMatchObject({ code: 'SignatureMismatch' });
  });
});
