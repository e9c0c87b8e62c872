/** A signature that is wrong although all arrived as it was signed: the secret key, or what a request does not show of its signing. */
import type { Explanation } from '../../../src/explain/index';
import { newClient } from '../../../src/sigv4';
import type { ClientConfig, SignedRequest } from '../../../src/sigv4';
import { verifyRequest } from '../../../src/verify/index';
import type { VerifyOptions } from '../../../src/verify/index';
import { explainWords } from '../../support/explainWords';

const config = {
  accessKey: 'ASIAIOSFODNN7EXAMPLE',
  secretKey: 'wJalrXUtnFEMI/K7MDENG',
  endpoint: 'https://api.test/dev',
};
const sessionToken = 'EXAMPLETOKEN'.repeat(20);
const clientFor = (more: Partial<ClientConfig>) => newClient({ ...config, ...more });

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

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
  const { message, canonicalRequest, stringToSign } = result;
  const text =
    canonicalRequest === undefined
      ? message
      : `${MISMATCH}\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`;
  const explanation = explainWords({ status: 403, body: JSON.stringify({ message: text }) }, signed);
  expect(JSON.stringify(explanation)).not.toMatch(/EXAMPLETOKEN|wJalr|[0-9a-f]{64}/);
  return explanation;
}

const wrong = { credentials: () => ({ secretAccessKey: 'other' }) };
const wrongWithToken = { credentials: () => ({ secretAccessKey: 'other', sessionToken }) };

it.each([
  ['ABCDEFGHI', ' ABCD…FGHI'],
  ['ABCDEFGH', ''],
  ['abcdEFGHIJKLM', ''],
  ['ABCDEFGHIJkl', ''],
])(
  'the access key id %s, which may be a secret that was set in its place, is shown as "%s"',
  async (accessKey, shown) => {
    const signed = clientFor({ accessKey }).signRequest({ path: '/notes' });
    expect((await refused(signed, wrong))?.cause).toBe(
      `The gateway built the same canonical request and the same string to sign, and still got another signature: the secret access key is not the one that belongs to the access key id${shown}.`,
    );
  },
);

it.each([
  ['/a/.../b', false],
  ['/a/..b', false],
  ['/a/b/.', true],
  ['/a/b/..', true],
  ['/a/%2e/b', true],
  ['/a/%2E%2e/b', true],
])('whether the path %s was resolved is a doubt: %p', async (path, isDoubt) => {
  const { url, ...signed } = clientFor({}).signRequest({ path: '/x' });
  const given = clientFor({}).signRequest({ path });
  // The signer resolves dots before it sends; others do not.
  const explanation = await refused({ ...signed, ...given, url: url.replace('/x', path) }, wrong);
  expect(explanation?.code).toBe(isDoubt ? 'SignatureMismatch' : 'WrongSecretKey');
});

it('a token in the query of a request that is signed in its header is no doubt', async () => {
  const signed = clientFor({}).signRequest({ path: '/notes?x-amz-security-token=oken' });
  expect((await refused(signed, { credentials: () => ({ secretAccessKey: 'other' }) }))?.code).toBe('WrongSecretKey');
});

it('both doubts are named, one after the other', async () => {
  const url = clientFor({ sessionToken, signSessionToken: false }).presignUrl({ path: '//notes' });
  expect(await refused({ url }, { requireSignedSessionToken: true })).toMatchObject({
    difference:
      'the signature alone: everything that can be compared is equal; not known: whether the session token was signed, whether the path was resolved before it was signed',
  });
});

describe('a session token that was added to a presigned URL after signing', () => {
  const url = clientFor({ sessionToken, signSessionToken: false }).presignUrl();

  it('is named beside the secret key, since the gateway may want it signed', async () => {
    const explanation = await refused({ url }, { requireSignedSessionToken: true });
    expect(explanation).toEqual({
      code: 'SignatureMismatch',
      cause:
        'The gateway computed another signature from the same request. Either the secret access key is not the one that belongs to the access key id ASIA…MPLE; or the session token was added after signing (signSessionToken: false), and this gateway wants it signed.',
      difference:
        'the signature alone: everything that can be compared is equal; not known: whether the session token was signed',
      advice:
        'Leave signSessionToken at its default, true: the token then is among what is signed.\nTake access key id, secret access key and session token from the same credentials, at the same moment: a refresh between reading the one and the other mixes two sets. Look for white space or a lost character ("+", "/", "=") in a secret that was copied or read from a file.',
    });
  });

  it('is not named where it was signed', async () => {
    const signed = clientFor({ sessionToken }).presignUrl();
    const explanation = await refused({ url: signed }, { ...wrongWithToken, requireSignedSessionToken: true });
    expect(explanation).toEqual({
      code: 'WrongSecretKey',
      cause:
        'The gateway built the same canonical request and the same string to sign, and still got another signature: the secret access key is not the one that belongs to the access key id ASIA…MPLE.',
      difference: 'the signature alone: everything that was signed arrived unchanged',
      advice:
        'Take access key id, secret access key and session token from the same credentials, at the same moment: a refresh between reading the one and the other mixes two sets. Look for white space or a lost character ("+", "/", "=") in a secret that was copied or read from a file.',
    });
  });

  it('in a header: the advice is one that the signer follows', async () => {
    const signed = clientFor({ sessionToken, signSessionToken: false }).signRequest({});
    const explanation = await refused(signed, { requireSignedSessionToken: true });
    expect(explanation).toEqual({
      code: 'HeaderAdded',
      cause:
        'The gateway saw x-amz-security-token, which is not among the signed headers; x-amz-* headers have to be. It was added to the headers after signing.',
      difference: 'the header x-amz-security-token: arrived, but was not signed',
      advice: 'Leave signSessionToken at its default, true: this gateway wants the token signed.',
    });
  });
});

describe('a path that one side may have resolved', () => {
  const odd = clientFor({ normalizePath: false }).signRequest({ path: '/a//b' });

  it('is named beside the secret key', async () => {
    const explanation = await refused(odd, {});
    expect(explanation).toEqual({
      code: 'SignatureMismatch',
      cause:
        'The gateway computed another signature from the same request. Either the secret access key is not the one that belongs to the access key id ASIA…MPLE; or one side resolved "//", "." and ".." in the path and the other did not (normalizePath).',
      difference:
        'the signature alone: everything that can be compared is equal; not known: whether the path was resolved before it was signed',
      advice:
        'Join the parts of the URL with exactly one slash and without dots; or, where the gateway resolves none, sign with normalizePath: false.\nTake access key id, secret access key and session token from the same credentials, at the same moment: a refresh between reading the one and the other mixes two sets. Look for white space or a lost character ("+", "/", "=") in a secret that was copied or read from a file.',
    });
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
    expect(explanation).toEqual({
      code: 'PathChanged',
      cause:
        'Double slashes in the path were treated differently by the signer and the gateway. Or the signer left them as well (normalizePath: false): then the secret access key is wrong.',
      difference: 'the path: signed as "/dev/a/b", arrived as "/dev/a//b": double slashes were joined or added',
      advice:
        'Join the parts of the URL with exactly one slash; or, where the gateway keeps double slashes, sign with normalizePath: false.',
    });
  });
});

it('both doubts are named, and a short key id is not', async () => {
  const signed = clientFor({ accessKey: 'SHORTKEY', sessionToken, signSessionToken: false, normalizePath: false });
  const explanation = await refused(
    { url: signed.presignUrl({ path: '/a//b' }) },
    { ...wrongWithToken, normalizePath: false },
  );
  expect(explanation).toMatchObject({
    code: 'PathChanged',
    difference: 'the path: signed as "/dev/a/b", arrived as "/dev/a//b": double slashes were joined or added',
  });
});
