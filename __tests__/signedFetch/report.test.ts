/** What the error of an API that is down says: of CORS only where a browser may be hiding an answer. */
import { createApig } from '../../src/apig';
import { createSignedFetch } from '../../src/index';
import { ANY_KEYS, closedUrl, onPage, rejection } from '../support/signedFetchHarness';

/** What both ways of calling say of a server that is not there. */
async function messagesFor(url: string): Promise<string[]> {
  const options = { credentials: ANY_KEYS, retry: false } as const;
  const { invokeApig } = createApig({ apiGateway: { REGION: 'us-east-1', URL: url } }, options);
  const errors = [
    await rejection(createSignedFetch(options)(`${url}/notes`)),
    await rejection(invokeApig({ path: '/notes' })),
  ];
  return errors.map((error) => (error as Error).message);
}

test('in Node, and in a page of the same origin: neither of CORS nor of browsers', async () => {
  const url = await closedUrl();
  const message = `GET /notes: no answer from ${url}. Check the network and the URL.`;
  expect(await messagesFor(url)).toEqual([message, message]);
  expect(await onPage(() => messagesFor(url), url)).toEqual([message, message]);
});

test('in a page of another origin: that a refusal without CORS headers looks the same', async () => {
  const messages = await onPage(async () => messagesFor(await closedUrl()));
  for (const message of messages)
    expect(message).toMatch(/URL; a refusal without CORS headers looks like this as well\.$/);
});
