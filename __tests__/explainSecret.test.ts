/** A signature that is wrong although all arrived as it was signed: the secret key, or what a request does not show of its signing. */
import { explain } from '../src/explain/index';
import type { Explanation } from '../src/explain/index';
import { signatureRefused } from '../src/local/apiGateway/refusals';
import { newClient } from '../src/sigv4';
import type { ClientConfig, SignedRequest } from '../src/sigv4';
import { verifyRequest } from '../src/verify/index';
import type { VerifyOptions } from '../src/verify/index';

const config = {
  accessKey: 'ASIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG',
  endpoint: 'https://api.test/dev',
};
const sessionToken = 'EXAMPLETOKEN'.repeat(20);
const secret = 'the secret access key is not the one that belongs to the access key id ASIA…MPLE';
const clientFor = (more: Partial<ClientConfig>) => newClient({ ...config, ...more });

/** What `explain` says where a gateway with those rules refuses what was signed. */
async function refused(
  signed: Pick<SignedRequest, 'url'> & Partial<SignedRequest>,
  rules: Partial<VerifyOptions>,
): Promise<Explanation | undefined> {
  const { host, pathname, search } = new URL(signed.url);
  const target = pathname + search;
  const headers = Object.entries({ host, ...signed.headers });
  const found = {
    secretAccessKey: config.secretKey,
    ...(JSON.stringify(signed).includes('oken=') && { sessionToken }),
  };
  const result = await verifyRequest({ method: 'GET', target, headers }, { credentials: () => found, ...rules });
  if (result.ok) throw new Error('was accepted');
  const answer = signatureRefused(result);
  const explanation = explain({ status: answer.status, body: await answer.text() }, signed);
  expect(JSON.stringify(explanation)).not.toMatch(/EXAMPLETOKEN|wJalr|[0-9a-f]{64}/);
  return explanation;
}

const wrong = { credentials: () => ({ secretAccessKey: 'other' }) };
const wrongWithToken = { credentials: () => ({ secretAccessKey: 'other', sessionToken }) };

describe('a session token that was added to a presigned URL after signing', () => {
  const url = clientFor({ sessionToken, signSessionToken: false }).presignUrl();

  it('is named beside the secret key, since the gateway may want it signed', async () => {
    const explanation = await refused({ url }, { requireSignedSessionToken: true });
    expect(explanation).toMatchObject({ code: 'SignatureMismatch' });
    expect(explanation?.cause).toContain(secret);
    expect(explanation?.cause).toContain('the session token was added after signing');
    expect(explanation?.difference).toBe(
      'the signature alone: everything that can be compared is equal; not known: whether the session token was signed',
    );
    expect(explanation?.advice).toContain('signSessionToken');
  });

  it('is not named where it was signed', async () => {
    const signed = clientFor({ sessionToken }).presignUrl();
    const explanation = await refused({ url: signed }, { ...wrongWithToken, requireSignedSessionToken: true });
    expect(explanation).toMatchObject({ code: 'WrongSecretKey', cause: expect.stringContaining(secret) as string });
  });

  it('in a header: the advice is one that the signer follows', async () => {
    const signed = clientFor({ sessionToken, signSessionToken: false }).signRequest({});
    const explanation = await refused(signed, { requireSignedSessionToken: true });
    expect(explanation).toMatchObject({
      code: 'HeaderAdded',
      advice: expect.stringContaining('signSessionToken') as string,
    });
  });
});

describe('a path that one side may have resolved', () => {
  const odd = clientFor({ normalizePath: false }).signRequest({ path: '/a//b' });

  it('is named beside the secret key', async () => {
    const explanation = await refused(odd, {});
    expect(explanation).toMatchObject({ code: 'SignatureMismatch' });
    expect(explanation?.cause).toContain(secret);
    expect(explanation?.cause).toContain('resolved "//", "." and ".." in the path');
    expect(explanation?.difference).toContain('not known: whether the path was resolved before it was signed');
    expect(explanation?.advice).toContain('normalizePath');
  });

  it('is named with dots as well, which URL resolves unasked', async () => {
    const plain = clientFor({}).signRequest({ path: '/b' });
    for (const url of ['https://api.test/dev/a/../b', 'https://api.test/dev/./b', 'https://api.test/dev/%2E/b']) {
      expect(await refused({ ...plain, url }, wrong)).toMatchObject({ code: 'SignatureMismatch' });
    }
  });

  it('is not named where the path is plain', async () => {
    for (const path of ['/b', '/b/', '/.b/..c', '/b?q=//a/../b']) {
      const signed = clientFor({}).signRequest({ path });
      expect(await refused(signed, wrong)).toMatchObject({ code: 'WrongSecretKey' });
    }
  });

  it('names the secret key where neither side resolved it', async () => {
    const explanation = await refused(odd, { ...wrong, normalizePath: false });
    expect(explanation).toMatchObject({ code: 'PathChanged' });
    expect(explanation?.cause).toContain('the secret access key is wrong');
    expect(explanation?.advice).toContain('normalizePath');
  });
});

it.each(['a\u00A0', '\u00A0', '\u00A0a\u00A0\u00A0b', ' \t a \t b\t '])(
  'white space is trimmed as the signer does it: %j',
  async (value) => {
    const signed = clientFor({}).signRequest({ headers: { 'X-Note': value } });
    expect(await refused(signed, wrong)).toMatchObject({ code: 'WrongSecretKey' });
  },
);

it('white space in a header is read in a time that grows with its length alone', () => {
  const start = performance.now();
  const headers = { 'x-note': `a${' '.repeat(200_000)}b` };
  expect(explain({ status: 403, headers, body: '' }, clientFor({}).signRequest({}))).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(2000); // trimmed by /[ \t]+$/ it would be half a minute
});
