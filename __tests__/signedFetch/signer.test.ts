/** What a signer makes of requests that fetch does not send, and of those that are to go unsigned. */
import { createClock } from '../../src/signedFetch/clock';
import { createRequestSigner } from '../../src/signedFetch/signer';
import { createUnsignedSigner } from '../../src/signedFetch/unsignedSigner';
import { verifyRequest } from '../../src/verify';
import { ANY_KEYS } from '../support/signedFetchHarness';

const url = new URL('https://abc.execute-api.eu-west-1.amazonaws.com/dev/notes?limit=10');
const body = new TextEncoder().encode('{"a":1}');

test.each(['GET', 'HEAD', 'POST'])(
  "a %s that has a body and its type, as from axios's http adapter",
  async (method) => {
    const headers = new Headers({ 'content-type': 'application/json' });
    const signer = createRequestSigner({ credentials: ANY_KEYS });
    const signed = await signer.forRequest({ method, url, headers, body }).sign();
    expect(signed.body).toBe(body);
    const wire = { method, target: url.pathname + url.search, headers: { Host: url.host, ...signed.headers }, body };
    expect(await verifyRequest(wire, { credentials: () => ANY_KEYS })).toMatchObject({ ok: true });
  },
);

test('an unsigned request goes as it is, and nothing is done about its refusal', async () => {
  const headers = new Headers({ 'X-Mine': '1' });
  const attempts = createUnsignedSigner(createClock()).forRequest({ method: 'POST', url, headers, body });
  expect(await attempts.sign()).toEqual({ method: 'POST', url: url.href, headers: { 'x-mine': '1' }, body });
  const refusal = new Response('{}', { status: 403, headers: { 'x-amzn-errortype': 'ExpiredTokenException' } });
  expect(await attempts.recover(refusal, false)).toBe(false);
  expect(attempts.secrets()).toEqual([]);
});
