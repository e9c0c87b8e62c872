/** Passkeys through the browser's own interface, `navigator.credentials`, as Web Authentication Level 3 defines it: bytes in, bytes out. */
import { getPasskey, listPasskeys, registerPasskey } from '../../../src/apig/index';
import type { Apig } from '../../../src/apig/index';
import { rejection } from '../../support/signedFetchHarness';
import { softAuthenticator } from '../../support/softAuthenticator';
import { call, password, start } from '../../support/userAuthHarness';

const navigator = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
afterEach(() => {
  if (navigator) Object.defineProperty(globalThis, 'navigator', navigator);
  else Reflect.deleteProperty(globalThis, 'navigator');
  Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
});

function provide(credentials: unknown): void {
  Object.defineProperty(globalThis, 'navigator', { value: { credentials }, configurable: true });
  Object.defineProperty(globalThis, 'PublicKeyCredential', { value: Object, configurable: true });
}

interface Options {
  readonly challenge: Uint8Array;
  readonly rp: { readonly id: string };
  readonly rpId: string;
  readonly user: { readonly id: Uint8Array };
  readonly allowCredentials?: readonly { readonly id: Uint8Array }[];
}

/** A BufferSource in base64url; like a browser, it takes no text in its place. */
function fromBytes(bytes: unknown): string {
  if (!ArrayBuffer.isView(bytes)) throw new TypeError('The provided value is not of type BufferSource.');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
}

const toBytes = (text: string): ArrayBuffer => Uint8Array.from(Buffer.from(text, 'base64url')).buffer;

/** A browser with one passkey: the authenticator in software behind `navigator.credentials`. */
function browser() {
  const authenticator = softAuthenticator();
  const requests: Record<string, unknown>[] = [];
  const shown = (made: { id: string; type: string; response: Record<string, unknown> }, more: object = {}) => {
    const bytes = Object.entries(made.response).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    const response = { ...Object.fromEntries(bytes.map(([name, text]) => [name, toBytes(text)])), ...more };
    return { id: made.id, rawId: toBytes(made.id), type: made.type, authenticatorAttachment: 'platform', response };
  };
  const credentials = {
    create(request: { publicKey: Options }) {
      requests.push({ ...request });
      const { challenge, rp, user } = request.publicKey;
      fromBytes(user.id);
      const made = authenticator.create({ challenge: fromBytes(challenge), rp });
      return Promise.resolve(shown(made, { getTransports: () => ['internal', 'hybrid'] }));
    },
    get(request: { publicKey: Options }) {
      requests.push({ ...request });
      const { challenge, rpId, allowCredentials = [] } = request.publicKey;
      for (const { id } of allowCredentials) fromBytes(id);
      return Promise.resolve(shown(authenticator.get({ challenge: fromBytes(challenge), rpId }), { userHandle: null }));
    },
  };
  provide(credentials);
  return { authenticator, requests };
}

test('a passkey that the browser makes is registered, and logs the user in', async () => {
  const { authenticator, requests } = browser();
  const { apig } = await start();
  await apig.login('user@example.com', password);
  const identity = await call(apig);
  expect(await registerPasskey(apig)).toEqual({ id: authenticator.id });
  expect((await listPasskeys(apig)).map(({ id }) => id)).toEqual([authenticator.id]);
  expect(requests[0]).toMatchObject({ publicKey: { rp: { id: 'localhost' } } });
  await apig.logout();
  await apig.login('user@example.com', undefined, { passkey: getPasskey });
  expect(await call(apig)).toBe(identity);
  expect(Object.keys(requests[1]!)).toEqual(['publicKey']);
});

const challenge = { name: 'WEB_AUTHN', options: { challenge: '-_8', rpId: 'localhost' } } as const;

test('how the browser asks, and what ends that, is handed to it', async () => {
  const { requests } = browser();
  const { signal } = new AbortController();
  await getPasskey(challenge, { mediation: 'conditional', signal });
  await getPasskey(challenge, { mediation: 'required' });
  await getPasskey(challenge, { signal });
  const publicKey = expect.anything() as object;
  expect(requests).toEqual([
    { publicKey, mediation: 'conditional', signal },
    { publicKey, mediation: 'required' },
    { publicKey, signal },
  ]);
  expect(requests[0]!.signal).toBe(signal);
});

test('bytes are base64url in JSON, whatever bytes they are', async () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const inText = Buffer.from(all).toString('base64url'); // holds "-" and "_", and would end in "=="
  let asked: Options | undefined;
  const response = { clientDataJSON: all.buffer, authenticatorData: Uint8Array.of(1).buffer, userHandle: all.buffer };
  provide({
    get({ publicKey }: { publicKey: Options }) {
      asked = publicKey;
      return Promise.resolve({ id: 'an-id', type: 'public-key', response, authenticatorAttachment: 'cross-platform' });
    },
  });
  const allowCredentials = [{ type: 'public-key', id: inText, transports: ['usb'] }];
  const options = { challenge: inText, rpId: 'localhost', timeout: 60_000, allowCredentials, extensions: { id: 5 } };
  expect(await getPasskey({ name: 'WEB_AUTHN', options })).toStrictEqual({
    id: 'an-id',
    rawId: 'an-id',
    type: 'public-key',
    authenticatorAttachment: 'cross-platform',
    clientExtensionResults: {},
    response: { clientDataJSON: inText, authenticatorData: 'AQ', userHandle: inText },
  });
  expect(asked).toEqual({ ...options, challenge: all, allowCredentials: [{ ...allowCredentials[0], id: all }] });
});

test('how the device is reached goes along with a new passkey, where the browser tells', async () => {
  const { authenticator } = browser();
  const { apig } = await start();
  await apig.login('user@example.com', password);
  const sent: unknown[] = [];
  const watched: Pick<Apig, 'callUserPool'> = {
    callUserPool(operation, input) {
      if (operation === 'CompleteWebAuthnRegistration') sent.push((input as { Credential: unknown }).Credential);
      return apig.callUserPool(operation, input);
    },
  };
  await registerPasskey(watched);
  expect(sent).toEqual([
    expect.objectContaining({
      id: authenticator.id,
      response: {
        clientDataJSON: expect.any(String) as string,
        attestationObject: expect.any(String) as string,
        transports: ['internal', 'hybrid'],
      },
    }),
  ]);
});

test.each<[string, () => void]>([
  ['no navigator', () => undefined],
  [
    'a navigator without credentials',
    () => {
      provide(undefined);
    },
  ],
  [
    'credentials that know no passkeys',
    () => {
      browser();
      Reflect.deleteProperty(globalThis, 'PublicKeyCredential');
    },
  ],
])('where there is %s, that is said before anything is asked', async (_, prepare) => {
  prepare();
  const expected = {
    code: 'MissingDependency',
    message: 'Passkeys need Web Authentication, which pages on https and on localhost have, in every current browser.',
  };
  expect(await rejection(getPasskey(challenge))).toMatchObject(expected);
  const callUserPool = jest.fn();
  expect(await rejection(registerPasskey({ callUserPool }))).toMatchObject(expected);
  expect(callUserPool).not.toHaveBeenCalled();
});

test('what is no instance is refused by name', async () => {
  browser();
  expect(await rejection(registerPasskey({} as never))).toMatchObject({
    code: 'InvalidConfig',
    message: expect.stringMatching(/^apig: expected what createApig or configure gave, got /) as string,
  });
});
