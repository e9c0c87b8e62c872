import { createHash } from 'node:crypto';
import { VerifyError } from '../../src/verify';
import type { VerifyCredentials, WireRequest } from '../../src/verify';
import {
  credential,
  now,
  secretAccessKey,
  signBySteps,
  signed,
  vanilla,
  verify,
  withHeaders,
} from '../support/verifyHarness';

describe('the scope', () => {
  it('names all that is wrong with it', async () => {
    const Authorization = vanilla.headers.Authorization!.replace(credential, 'AKIDEXAMPLE/20150829/c/d/e');
    expect(await verify(withHeaders({ Authorization }))).toMatchObject({
      code: 'RegionMismatch',
      message:
        "Credential should be scoped to a valid region, not 'c'. Credential should be scoped to correct service: 'service'. " +
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. " +
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from '20150830T123600Z'.",
    });
  });
});

describe('the session token', () => {
  const sessionToken = 'token/+=';
  const credentials = () => ({ secretAccessKey, sessionToken });

  it.each([
    ['signed in the header', signed({ sessionToken }), true],
    ['signed in the query', signed({ sessionToken, signQuery: true }), true],
    [
      'added to the headers after signing',
      { ...vanilla, headers: { ...vanilla.headers, 'x-amz-security-token': sessionToken } },
      false,
    ],
    ['added to the query after signing', addToQuery(signed({ signQuery: true })), false],
  ])('%s: taken', async (_, request, isSigned) => {
    expect(await verify(request, { credentials })).toMatchObject({ ok: true });
    expect(await verify(request, { credentials, requireSignedSessionToken: true })).toMatchObject({ ok: isSigned });
  });

  function addToQuery(wire: WireRequest): WireRequest {
    return { ...wire, target: `${wire.target}&X-Amz-Security-Token=${encodeURIComponent(sessionToken)}` };
  }

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['another', 'token/+-'],
    ['longer', 'token/+=='],
    ['shorter', 'token/+'],
  ])('%s: refused', async (_, token) => {
    const headers = { ...vanilla.headers, 'x-amz-security-token': token };
    expect(await verify({ ...vanilla, headers }, { credentials })).toMatchObject({
      code: 'InvalidSessionToken',
      message: 'The security token included in the request is invalid.',
    });
  });

  it('twice: refused', async () => {
    const headers = Object.entries(signed({ sessionToken }).headers);
    expect(await verify({ ...vanilla, headers }, { credentials })).toMatchObject({ ok: true });
    headers.push(['x-amz-security-token', sessionToken]);
    expect(await verify({ ...vanilla, headers }, { credentials })).toMatchObject({ code: 'InvalidSessionToken' });
  });

  it.each(['GET', 'POST'])(
    'added to the query of a %s signed in the header: refused as any parameter is',
    async (method) => {
      const wire = signed({ method, sessionToken, path: '/?a=b' });
      for (const added of [encodeURIComponent(sessionToken), 'other', '']) {
        const target = `${wire.target}&X-Amz-Security-Token=${added}`;
        expect(await verify({ ...wire, target }, { credentials })).toMatchObject({ code: 'SignatureMismatch' });
      }
    },
  );

  it('in the query of a request signed in the header: a parameter like any other, in place of no token', async () => {
    const path = `/?X-Amz-Security-Token=${encodeURIComponent(sessionToken)}`;
    expect(await verify(signed({ path, sessionToken }), { credentials })).toMatchObject({ ok: true });
    expect(await verify(signed({ path }), { credentials })).toMatchObject({ code: 'InvalidSessionToken' });
    expect(await verify(signed({ path }))).toMatchObject({ ok: true }); // with permanent credentials
  });

  it('empty, added to a presigned URL of permanent credentials: refused', async () => {
    const wire = signed({ signQuery: true });
    const target = `${wire.target}&X-Amz-Security-Token=`;
    expect(await verify({ ...wire, target })).toMatchObject({ code: 'SignatureMismatch' });
  });

  it('of permanent credentials: refused', async () => {
    expect(await verify(signed({ sessionToken }))).toMatchObject({ code: 'InvalidSessionToken' });
  });

  it('reaches the lookup', async () => {
    const asked: unknown[] = [];
    const lookup = (...args: unknown[]): undefined => void asked.push(args);
    expect(await verify(signed({ sessionToken }), { credentials: lookup })).toMatchObject({ code: 'UnknownAccessKey' });
    expect(asked).toEqual([['AKIDEXAMPLE', sessionToken]]);
  });
});

it.each(Object.getOwnPropertyNames(Object.prototype))(
  'the access key id %s is nobody, also where the lookup is an object',
  async (name) => {
    const keys: Record<string, { secretAccessKey: string }> = { AKIDEXAMPLE: { secretAccessKey } };
    const credentials = (id: string) => keys[id];
    const { Authorization } = vanilla.headers;
    const claimed = withHeaders({ Authorization: Authorization!.replace('AKIDEXAMPLE', name) });
    expect(await verify(claimed, { credentials })).toMatchObject({ ok: false, code: 'UnknownAccessKey' });
    expect(await verify(vanilla, { credentials })).toMatchObject({ ok: true });
  },
);

describe('the payload', () => {
  const unsigned = { 'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD' };
  const put = { method: 'PUT', path: '/bucket/key', body: 'text' };

  it('of S3 may be unsigned, unless that is ruled out', async () => {
    const wire = signed({ ...put, service: 's3', headers: unsigned });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
    expect(await verify({ ...wire, body: 'other' }, { service: 's3' })).toMatchObject({ ok: true });
    const strict = await verify(wire, { service: 's3', allowUnsignedPayload: false });
    expect(strict).toMatchObject({ code: 'UnsignedPayload' });
    expect((strict as { canonicalRequest?: string }).canonicalRequest).toContain(
      createHash('sha256').update('text').digest('hex'),
    );
  });

  it('of any other service may not, unless that is allowed', async () => {
    const wire = signed({ ...put, headers: unsigned });
    expect(await verify(wire)).toMatchObject({ code: 'UnsignedPayload' });
    expect(await verify(wire, { allowUnsignedPayload: true })).toMatchObject({ ok: true });
  });

  it('of a presigned S3 URL is unsigned', async () => {
    const wire = signed({ path: '/bucket/key', service: 's3', signQuery: true });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
  });

  it('is compared with the hash that was sent', async () => {
    const wire = signed({ ...put, service: 's3' });
    expect(await verify(wire, { service: 's3' })).toMatchObject({ ok: true });
    expect(await verify({ ...wire, body: 'other' }, { service: 's3' })).toMatchObject({ code: 'PayloadHashMismatch' });
  });
});

describe('what the lookup gives', () => {
  const date = '20150830T123600Z';
  const lookup = (found: object) => ({ credentials: () => found as VerifyCredentials });

  it.each<[unknown, string, string]>([
    [undefined, 'undefined', 'undefined'],
    [null, 'null', 'null'],
    ['', 'a string of 0 characters', ''],
    [12345, 'Number', '12345'],
    [['private'], 'Array', 'private'],
  ])('with the secretAccessKey %p: an error, even where the request is signed with that as text', async (...row) => {
    const [wrong, got, text] = row;
    const forged = signBySteps({ host: 'example.amazonaws.com', 'x-amz-date': date }, text);
    const message = `credentials.secretAccessKey: expected a string that is not empty, got ${got}`;
    const result = verify(forged, lookup({ secretAccessKey: wrong }));
    await expect(result).rejects.toBeInstanceOf(VerifyError);
    await expect(result).rejects.toMatchObject({ code: 'InvalidOption', message });
  });

  it('without a secretAccessKey: an error', async () => {
    await expect(verify(vanilla, lookup({}))).rejects.toBeInstanceOf(VerifyError);
  });

  it.each<[unknown, string]>([
    [new Date(NaN), 'Date'],
    ['2015-08-29', 'a string of 10 characters'],
    ['', 'a string of 0 characters'],
    [NaN, 'NaN'],
    [{}, 'Object'],
  ])('with the expiration %p: an error', async (expiration, got) => {
    const result = verify(vanilla, lookup({ secretAccessKey, expiration }));
    await expect(result).rejects.toBeInstanceOf(VerifyError);
    await expect(result).rejects.toMatchObject({
      code: 'InvalidOption',
      message: `credentials.expiration: expected a valid Date, milliseconds since 1970, or undefined, got ${got}`,
    });
  });

  it('with a sessionToken that is no text: an error that does not show it', async () => {
    const result = verify(vanilla, lookup({ secretAccessKey, sessionToken: { private: 1 } }));
    await expect(result).rejects.toBeInstanceOf(VerifyError);
    await expect(result).rejects.toMatchObject({
      message: 'credentials.sessionToken: expected a string or undefined, got Object',
    });
  });

  it('with an expiration in milliseconds: good until then', async () => {
    const time = now().getTime();
    expect(await verify(vanilla, lookup({ secretAccessKey, expiration: time + 1 }))).toMatchObject({ ok: true });
    // The last two are seconds by mistake, and no time at all: expired long ago.
    for (const expiration of [time, time / 1000, 0]) {
      const result = await verify(vanilla, lookup({ secretAccessKey, expiration }));
      const message = 'The security token included in the request is expired';
      expect(result).toMatchObject({ code: 'CredentialsExpired', message });
    }
  });

  it('with null for what it does not have: taken, as databases give it', async () => {
    const found = { secretAccessKey, sessionToken: null, expiration: null };
    expect(await verify(vanilla, lookup(found))).toMatchObject({ ok: true });
  });
});
