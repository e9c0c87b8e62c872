/** What people hand over by mistake in their first hour with verifyRequest, and the words that tell them. */
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { VerifyError, verifyRequest } from '../../src/verify';
import type { WireRequest } from '../../src/verify';
import { now, secretAccessKey, signed, vanilla, verify } from '../support/verifyHarness';

test.each([
  ['rawBody', { ...vanilla, rawBody: 'x' }],
  ['path', { ...vanilla, path: '/a' }],
  ['url', Object.assign(Object.create(null) as object, { ...vanilla, url: '/a' })],
])(
  'a part of the request under another name, %s, is an error, since it would not be verified',
  async (name, request) => {
    const wrong = verify(request);
    await expect(wrong).rejects.toBeInstanceOf(VerifyError);
    await expect(wrong).rejects.toMatchObject({
      code: 'InvalidRequest',
      message: `request.${name}: expected only method, target, headers, body`,
    });
  },
);

test('but not where it is undefined, nor of an object that a server has made', async () => {
  expect(await verify({ ...vanilla, path: undefined } as WireRequest)).toMatchObject({ ok: true });
  const headers = Object.entries(vanilla.headers).flat();
  const incoming = new IncomingMessage(new Socket());
  const request = Object.assign(incoming, { method: 'GET', target: '/', headers }) as unknown as WireRequest;
  expect(await verify(request)).toMatchObject({ ok: true });
});

test('a request whose host header was left behind is told so', async () => {
  const { Host, ...headers } = vanilla.headers;
  expect(Host).toBe('example.amazonaws.com');
  expect(await verify({ ...vanilla, headers })).toMatchObject({
    ok: false,
    code: 'MalformedHost',
    message: "Request requires a 'Host' header that is a host, with or without a port.",
  });
});

test('a method in lower case, which is not the one that was signed, is told so', async () => {
  const { message, code } = (await verify({ ...vanilla, method: 'get' })) as { message: string; code: string };
  expect(code).toBe('SignatureMismatch');
  expect(message).toMatch(/Consult the service documentation for details\. The method came in lower case\.$/);
  const other = (await verify({ ...vanilla, method: 'POST' })) as { message: string };
  expect(other.message).toMatch(/Consult the service documentation for details\.$/);
});

test('one that was signed in lower case, as fetch sends `patch`, is good', async () => {
  expect(await verify(signed({ method: 'patch' }))).toMatchObject({ ok: true, method: 'patch' });
});

test.each([0, 86_400])('a skew of %d seconds is taken', async (maxSkewSeconds) => {
  const credentials = () => ({ secretAccessKey });
  expect(await verifyRequest(vanilla, { credentials, now, maxSkewSeconds })).toMatchObject({ ok: true });
});
