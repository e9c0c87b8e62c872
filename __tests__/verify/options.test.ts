/** What verifyRequest takes for options, and what it refuses in words. */
import { runInNewContext } from 'node:vm';
import { VerifyError, verifyRequest } from '../../src/verify';
import type { VerifyOptions } from '../../src/verify';
import { LOOK_SECRET } from '../support/secretTexts';
import { now, secretAccessKey, vanilla, verify } from '../support/verifyHarness';

it.each<[string, Record<string, unknown>]>([
  ['credentials: expected a function', { credentials: { secretAccessKey } }],
  ["maxSkewSeconds: expected seconds, from 0 to a day's 86400, got -1", { maxSkewSeconds: -1 }],
  ["maxSkewSeconds: expected seconds, from 0 to a day's 86400, got NaN", { maxSkewSeconds: NaN }],
  ["maxSkewSeconds: expected seconds, from 0 to a day's 86400, got 300000", { maxSkewSeconds: 300_000 }],
  ['region: expected a name; left out, any will do, got ""', { region: '' }],
  ['service: expected a name; left out, any will do, got ""', { service: '' }],
  [
    'now: expected a function that gives a valid Date, or milliseconds since 1970, got Date',
    { now: () => new Date(NaN) },
  ],
  ['now: expected a function that gives a valid Date, or milliseconds since 1970, got NaN', { now: () => NaN }],
  ['now: expected a function that gives a valid Date, or milliseconds since 1970, got -1', { now: () => -1 }],
  ['now: expected a function that gives a valid Date, or milliseconds since 1970, got a string', { now: () => '2015' }],
  ['now: expected a function that gives a valid Date, or milliseconds since 1970, got Date', { now: now() }],
  ['maxSkew: expected a known option, such as maxSkewSeconds, got 60', { maxSkew: 60 }],
  ['serviceName: expected a known option, such as service, got "execute-api"', { serviceName: 'execute-api' }],
])('throws for a wrong option: %s', async (message, options) => {
  const wrong = verify(vanilla, options);
  await expect(wrong).rejects.toBeInstanceOf(VerifyError);
  await expect(wrong).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringContaining(message) as string,
  });
  await expect(wrong).rejects.not.toMatchObject({ message: expect.stringContaining(secretAccessKey) as string });
});

it.each(LOOK_SECRET)('tells %s that stands in the place of a name by its length', async (_, secret) => {
  const wrong = verify(vanilla, { [secret]: 1 });
  await expect(wrong).rejects.toThrow(/a string of \d+ characters.*: expected a known option/);
  await expect(wrong).rejects.not.toThrow(secret);
});

it('takes an unknown option that is undefined as not given', async () => {
  expect(await verify(vanilla, { maxSkew: undefined } as object)).toMatchObject({ ok: true });
});

it.each(['region', 'service'])('refuses %s that is there and undefined: an environment that lacks it', async (name) => {
  const options = { credentials: () => ({ secretAccessKey }), now, [name]: undefined } as unknown as VerifyOptions;
  await expect(verifyRequest(vanilla, options)).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringContaining(`${name}: expected a name; left out, any will do, got undefined`) as string,
  });
});

it.each([undefined, null, 'x', () => undefined])('throws for options that are %p', async (options) => {
  const wrong = verifyRequest(vanilla, options as unknown as VerifyOptions);
  await expect(wrong).rejects.toMatchObject({ name: 'VerifyError', code: 'InvalidOption' });
});

it('takes the time of a clock as a Date or in milliseconds, whichever frame the Date is of', async () => {
  const milliseconds = now().getTime();
  const ofOtherRealm = runInNewContext(`new Date(${milliseconds})`) as Date;
  for (const time of [milliseconds, ofOtherRealm]) {
    expect(await verify(vanilla, { now: () => time })).toMatchObject({ ok: true, date: now() });
  }
  expect(await verify(vanilla, { now: () => milliseconds + 301_000 })).toMatchObject({ code: 'SignatureExpired' });
});

it.each([0, 253_402_300_799_999])('takes a clock at the end of what a date can say: %d', async (time) => {
  const result = await verify(vanilla, { now: () => time });
  expect(result).toMatchObject({ code: time === 0 ? 'SignatureNotYetCurrent' : 'SignatureExpired' });
});

it.each(['normalizePath', 'doubleEncodePath', 'allowUnsignedPayload', 'requireSignedSessionToken'])(
  'refuses %s where it is neither on nor off: a text of the environment would count as on',
  async (option) => {
    for (const value of ['false', '0', 'no', {}, null]) {
      const options = { [option]: value } as object;
      await expect(verify(vanilla, options)).rejects.toMatchObject({
        code: 'InvalidOption',
        message: expect.stringContaining(`${option}: expected true or false`) as string,
      });
    }
  },
);

it('takes the names of unsigned headers in any case, and nothing else', async () => {
  const wire = { ...vanilla, headers: { ...vanilla.headers, 'x-amz-foo': '1' } };
  expect(await verify(wire)).toMatchObject({ code: 'HeaderNotSigned' });
  expect(await verify(wire, { unsignedHeaders: ['X-Amz-Foo'] })).toMatchObject({ ok: true });
  for (const unsignedHeaders of ['x-amz-foo', null, [5]] as never[]) {
    await expect(verify(wire, { unsignedHeaders })).rejects.toMatchObject({
      code: 'InvalidOption',
      message: expect.stringMatching(/^unsignedHeaders: expected an array of header names, got /) as string,
    });
  }
});
