/** What fetch refuses, named in our words: the platform's own error shows the value. */
import { inspect } from 'node:util';
import { createSignedFetch } from '../../src/signedFetch/index';
import { ANY_KEYS } from '../support/signedFetchHarness';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const url = 'https://abc123.execute-api.eu-west-1.amazonaws.com/dev';

/** What a call rejects with; nothing is sent. */
async function refusalOf(input: string, init?: object): Promise<Error> {
  const fetch = () => Promise.reject(new Error('sent'));
  return createSignedFetch({ credentials: ANY_KEYS, fetch })(input, init).then(
    () => new Error('resolved'),
    (error: unknown) => error as Error,
  );
}

test.each([
  ['method', { method: SECRET }, 'InvalidOption'],
  ['redirect', { redirect: SECRET }, 'InvalidOption'],
  ['mode', { mode: SECRET }, 'InvalidOption'],
  ['credentials', { credentials: SECRET }, 'InvalidOption'],
  ['cache', { cache: SECRET }, 'InvalidOption'],
  ['referrerPolicy', { referrerPolicy: SECRET }, 'InvalidOption'],
  ['duplex', { duplex: SECRET }, 'InvalidOption'],
  ["headers['authorization']", { headers: { authorization: `Bearer ${SECRET}\n.` } }, 'InvalidHeader'],
  ["headers['x-key']", { headers: [['x-key', `${SECRET}\0`]] }, 'InvalidHeader'],
  ['headers', { headers: { [`${SECRET} `]: 'x' } }, 'InvalidHeader'],
])('%s is named, and not shown', async (option, init, code) => {
  const error = await refusalOf(url, init);
  expect(error).toMatchObject({ name: 'SigV4Error', code });
  expect(error.message).toContain(`${option}: expected `);
  expect(inspect(error, { depth: 10 })).not.toContain(SECRET);
});

test('an address that is none is named, and not shown', async () => {
  const error = await refusalOf(SECRET);
  expect(error).toMatchObject({ name: 'SigV4Error', code: 'InvalidOption' });
  expect(error.message).toContain('url: expected an absolute URL');
  expect(inspect(error, { depth: 10 })).not.toContain(SECRET);
});

test('what fetch refuses together is told in its own words', async () => {
  expect(await refusalOf(url, { body: 'GET has none' })).toMatchObject({ name: 'TypeError' });
});
