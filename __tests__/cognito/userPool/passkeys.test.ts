/** Passkeys, from the registration to a signed call. */
import { deletePasskey, listPasskeys } from '../../../src/apig/index';
import type { Apig, LoginCallbacks } from '../../../src/apig/index';
import { rejection } from '../../support/signedFetchHarness';
import { softAuthenticator } from '../../support/softAuthenticator';
import { call, password, start } from '../../support/userAuthHarness';

/** A passkey for the user who is logged in, as a page would make it. */
async function register(apig: Apig) {
  const authenticator = softAuthenticator();
  const { CredentialCreationOptions: options } = await apig.callUserPool('StartWebAuthnRegistration');
  const Credential = authenticator.create(options as { challenge: string; rp: { id: string } });
  await apig.callUserPool('CompleteWebAuthnRegistration', { Credential });
  return authenticator;
}

test('a passkey: registered, listed, logged in with, deleted', async () => {
  const { apig } = await start();
  await apig.login('user@example.com', password);
  const identity = await call(apig);
  const authenticator = await register(apig);
  const [passkey, ...others] = await listPasskeys(apig);
  expect(others).toEqual([]);
  expect(passkey).toEqual({
    id: authenticator.id,
    name: 'Passkey 1',
    relyingPartyId: 'localhost',
    createdAt: expect.any(Date) as Date,
  });
  await apig.logout();

  const asked = jest.fn(({ options }: { options: object }) =>
    authenticator.get(options as { challenge: string; rpId: string }),
  );
  await apig.login('user@example.com', undefined, { passkey: asked, mfaCode: () => 'unused' }); // the passkey goes first
  expect(asked).toHaveBeenCalledWith({
    name: 'WEB_AUTHN',
    options: expect.objectContaining({ rpId: 'localhost', userVerification: 'preferred' }) as object,
  });
  expect(await call(apig)).toBe(identity);
  await deletePasskey(apig, authenticator.id);
  expect(await listPasskeys(apig)).toEqual([]);
  expect(await rejection(deletePasskey(apig, authenticator.id))).toMatchObject({ name: 'AuthError' });
});

test('what is no instance, and no id, is refused by name', async () => {
  const noInstance = /^apig: expected what createApig or configure gave, got /;
  expect(await rejection(listPasskeys(undefined as never))).toMatchObject({
    message: expect.stringMatching(noInstance) as string,
  });
  expect(await rejection(deletePasskey('an-id' as never, undefined as never))).toMatchObject({
    code: 'InvalidConfig',
    message: expect.stringMatching(noInstance) as string,
  });
  const apig = { callUserPool: () => Promise.resolve({}) };
  expect(await rejection(deletePasskey(apig, undefined as never))).toMatchObject({
    code: 'InvalidInput',
    message: 'id: expected the id of a passkey, as listPasskeys has it, got undefined',
  });
});

test('a list of many passkeys is read to its end', async () => {
  const { apig } = await start();
  await apig.login('user@example.com', password);
  const made = [];
  for (let i = 0; i < 3; i++) made.push((await register(apig)).id);
  const paged: Pick<Apig, 'callUserPool'> = {
    callUserPool: (operation, input) => apig.callUserPool(operation, { ...input, MaxResults: 1 }),
  };
  expect((await listPasskeys(paged)).map(({ id }) => id)).toEqual(made);
});

test('the time at which a passkey was made is read as the service writes it, in seconds', async () => {
  const listed = { CredentialId: 'an-id', FriendlyCredentialName: 'Phone', RelyingPartyId: 'example.com' };
  // Unix epoch 1730800000 is 2024-11-05T09:46:40Z (`date -u -d @1730800000`).
  const apig = { callUserPool: () => Promise.resolve({ Credentials: [{ ...listed, CreatedAt: 1730800000.5 }] }) };
  expect(await listPasskeys(apig)).toEqual([
    { id: 'an-id', name: 'Phone', relyingPartyId: 'example.com', createdAt: new Date('2024-11-05T09:46:40.500Z') },
  ]);
});

describe('what cannot be gone through is named', () => {
  test('a passkey that is none', async () => {
    const { apig } = await start();
    await apig.login('user@example.com', password);
    const authenticator = await register(apig);
    await apig.logout();
    const sign = (passkey: LoginCallbacks['passkey']) =>
      rejection(apig.login('user@example.com', undefined, { passkey: passkey! }));
    expect(await sign(() => 'a text' as never)).toMatchObject({ code: 'InvalidInput' });
    const cancelled = new Error('cancelled');
    expect(await sign(() => Promise.reject(cancelled))).toBe(cancelled);
    const elsewhere = await sign(({ options }) =>
      authenticator.get(options as never, { origin: 'https://evil.example' }),
    );
    expect(elsewhere).toMatchObject({ code: 'InvalidConfig' });
    const forged = await sign(({ options }) => softAuthenticator().get(options as never, { id: authenticator.id }));
    expect(forged).toMatchObject({ code: 'NotAuthorized' });
    expect(apig.getCurrentUser()).toBeNull();
  });
});
