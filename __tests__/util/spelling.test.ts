/** Slips of the hand where other names may stand beside the known ones: they are told, and what is another's goes through. */
import { explain } from '../../src/explain/index';
import { createSignedFetch } from '../../src/signedFetch/index';
import { newClient } from '../../src/sigv4';
import { ANY_KEYS, rejection } from '../support/signedFetchHarness';

const url = 'http://127.0.0.1/x';
const answered: typeof fetch = () => Promise.resolve(new Response());

test.each(['metod', 'methd', 'Method', 'timeOut', 'header', 'bodyy', 'signl', 'redirct', 'credentails'])(
  'fetch: %s',
  async (name) => {
    const call = createSignedFetch({ credentials: ANY_KEYS, fetch: answered })(url, { [name]: 'x' });
    expect(await rejection(call)).toMatchObject({ code: 'InvalidOption', option: name });
  },
);

test.each(['agent', 'cf', 'next', 'dispatcher', 'compress', 'proxy', 'tls', 'client', 'size', 'follow', 'onRequest'])(
  'fetch hands on what others know: %s',
  async (name) => {
    const signedFetch = createSignedFetch({ credentials: ANY_KEYS, fetch: answered });
    expect((await signedFetch(url, { [name]: {} })).status).toBe(200);
  },
);

test.each(['sesionToken', 'sessionTokn', 'SessionToken'])('credentials: %s', (name) => {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x', [name]: 'a-token' };
  expect(() => newClient({ credentials, endpoint: url })).toThrow(
    `${name}: expected it under the name sessionToken, got a string of 7 characters`,
  );
  expect(() => newClient({ credentials, endpoint: url })).not.toThrow('a-token');
});

test('credentials may hold what SDKs add', () => {
  const credentials = {
    ...ANY_KEYS,
    expiration: new Date(),
    credentialScope: 'x',
    accountId: '1',
    identityId: 'x',
    $source: {},
  };
  expect(() => newClient({ credentials, endpoint: url })).not.toThrow();
});

test.each<[object, object, string]>([
  [{ status: 403, header: {}, body: '' }, { url }, 'header: expected it under the name headers, got Object'],
  [
    { status: 403, body: '' },
    { methd: 'POST', url },
    'methd: expected it under the name method, got a string of 4 characters',
  ],
])('explain: %j, %j', (refusal, signed, message) => {
  expect(() => explain(refusal as never, signed as never)).toThrow(message);
});
