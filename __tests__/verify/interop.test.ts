// Requests signed by others' signers and sent over real HTTP: taken as they are, and only with their keys, in their time.
import {
  accessKeyId,
  expiration,
  keys,
  origin,
  record,
  region,
  secretAccessKey,
  signers,
  verifyAs,
} from '../support/otherSigners';
import type { Options, Wire } from '../support/otherSigners';
import { headerOf } from '../support/sigV4Harness';
import { dateOf, signedHeadersOf } from '../support/wireChanges';

describe.each(Object.entries(signers))('%s', (_, { send, service = 'execute-api' }) => {
  let wire: Wire;
  let now: Date;
  const verify = (request: Wire, options?: Options) => verifyAs(service, now, request, options);

  beforeAll(async () => {
    wire = await record(send);
    now = new Date(dateOf(wire).getTime() + 1500);
  });

  it('is taken', async () => {
    const url = new URL(origin + wire.target);
    const kept = url.search
      .slice(1)
      .split('&')
      .filter((part) => !part.startsWith('X-Amz-'))
      .join('&');
    const parameters = [...url.searchParams].filter(([name]) => !name.startsWith('X-Amz-'));
    expect(await verify(wire)).toEqual({
      ok: true,
      caller: { accessKeyId, expiration, user: 'user@example.com' },
      accessKeyId,
      region,
      service,
      date: dateOf(wire),
      signedHeaders: signedHeadersOf(wire),
      place: headerOf(wire, 'authorization') === undefined ? 'query' : 'header',
      method: wire.method,
      host: headerOf(wire, 'host'),
      path: url.pathname,
      query: parameters,
      target: url.pathname + (kept === '' ? '' : `?${kept}`),
    });
  });

  it('is taken with what is not signed changed: other headers, the order of the query, + for a space', async () => {
    const signed = new Set([...signedHeadersOf(wire), 'authorization']);
    const headers = wire.headers.filter(([name]) => signed.has(name.toLowerCase())).reverse();
    const [target, search] = wire.target.split('?');
    const reversed = search?.split('&').reverse().join('&').replaceAll('%20', '+');
    const request = { ...wire, target: search === undefined ? wire.target : `${target}?${reversed}`, headers };
    expect(await verify({ ...request, headers: [...headers, ['x-forwarded-for', '127.0.0.1']] })).toMatchObject({
      ok: true,
    });
  });

  it('is refused with another secret, token or expired credentials', async () => {
    const other = { ...keys, secretAccessKey: secretAccessKey.replace('w', 'W') };
    expect(await verify(wire, { credentials: () => other })).toMatchObject({ code: 'SignatureMismatch' });
    const permanent = { accessKeyId, secretAccessKey, sessionToken: undefined } as unknown as typeof keys;
    expect(await verify(wire, { credentials: () => permanent })).toMatchObject({ code: 'InvalidSessionToken' });
    const expired = { ...keys, expiration: now };
    expect(await verify(wire, { credentials: () => expired })).toMatchObject({ code: 'CredentialsExpired' });
  });

  it('is refused too late and too early', async () => {
    const expiresIn = Number(/X-Amz-Expires=(\d+)/.exec(wire.target)?.[1] ?? 300);
    const at = (seconds: number) => verify(wire, { now: () => new Date(dateOf(wire).getTime() + seconds * 1000) });
    expect(await at(expiresIn)).toMatchObject({ ok: true });
    expect(await at(expiresIn + 1)).toMatchObject({ code: 'SignatureExpired' });
    expect(await at(-300)).toMatchObject({ ok: true });
    expect(await at(-301)).toMatchObject({ code: 'SignatureNotYetCurrent' });
  });
});
