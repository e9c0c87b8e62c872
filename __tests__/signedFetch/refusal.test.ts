/** Whose refusal it is: what is not idempotent is sent again only after the gateway's own. */
import { createSignedFetch } from '../../src/signedFetch/index';
import type { CredentialProvider } from '../../src/signedFetch/index';
import { areFarApart } from '../../src/util/index';
import { answer, ANY_KEYS, closeAll, onPage, startServer } from '../support/signedFetchHarness';

afterAll(closeAll);

describe("what is not idempotent is sent twice only after the gateway's own refusal", () => {
  const EXPIRED =
    'Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z (20150830T124600Z - 5 min.)';
  const EARLY =
    'Signature not yet current: 20150830T123600Z is still later than 20150830T122730Z (20150830T122600Z + 90 sec.)';
  const TOKEN = 'The security token included in the request is expired';
  const typed = (type: string): Record<string, string> => ({ 'x-amzn-errortype': type });

  /** How often a request is sent that is refused once, by a provider that always has other keys. */
  async function count(method: string, status: number, message: string, headers: Record<string, string>) {
    const json = { 'content-type': 'application/json', ...headers };
    const server = await startServer(answer(status, json, JSON.stringify({ message })), answer(200));
    const credentials: CredentialProvider = ({ forceRefresh }) => ({
      ...ANY_KEYS,
      accessKeyId: forceRefresh ? 'AKIDOTHER' : 'AKIDEXAMPLE',
    });
    await createSignedFetch({ credentials, retry: false })(server.url, { method, body: 'x' });
    return server.seen.length;
  }

  test.each<[string, number, string, Record<string, string>]>([
    ['an API that writes of an expired link', 403, 'Signature expired: this document link is no longer good', {}],
    ['an API that quotes AWS', 403, `${EXPIRED} Try again.`, {}],
    ['an API that passes on what its own call got', 400, `upstream: ${TOKEN}`, {}],
    ["an API with AWS's words and another status", 400, TOKEN, {}],
    ['an API that passes on the header of its own call', 403, 'Log in again.', typed('ExpiredTokenException')],
    ['an API with an error type of its own', 403, TOKEN, typed('ValidationException')],
  ])('not after %s', async (_, status, message, headers) => {
    for (const method of ['POST', 'PATCH']) {
      expect(await count(method, status, message, headers)).toBe(1);
      expect(await onPage(() => count(method, status, message, headers))).toBe(1);
    }
  });

  test.each<[string, Record<string, string>]>([
    [EXPIRED, typed('InvalidSignatureException')],
    [EARLY, typed('InvalidSignatureException')],
    [TOKEN, typed('ExpiredTokenException')],
    [`${TOKEN.replace('expired', 'invalid')}.`, typed('UnrecognizedClientException')],
  ])('%s', async (message, headers) => {
    for (const method of ['POST', 'PATCH', 'PUT']) {
      expect(await count(method, 403, message, headers)).toBe(2);
    }
  });

  test.each([EXPIRED, EARLY, TOKEN])('where a page cannot see the header: %s', async (message) => {
    expect(await count('POST', 403, message, {})).toBe(1); // nothing is hidden outside a browser
    expect(await onPage(() => count('POST', 403, message, {}))).toBe(2);
    expect(await count('PUT', 403, message, {})).toBe(2);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html and API Gateway's own "- 5 min."
test('AWS takes signatures that are at most five minutes from its time', () => {
  const FIVE_MINUTES = 300_000;
  const time = Date.UTC(2015, 7, 30);
  for (const sign of [-1, 1]) {
    expect(areFarApart(time, time + sign * FIVE_MINUTES)).toBe(false);
    expect(areFarApart(time, time + sign * (FIVE_MINUTES + 1))).toBe(true);
  }
});
