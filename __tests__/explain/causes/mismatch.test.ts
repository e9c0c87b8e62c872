/** The gateway computed another signature. */
import { body, canonicalLines, mismatch, read, sha256, sign } from '../../support/awsTexts';
import { setHeader } from '../../support/damagingProxy';
import { credentials, isExplained, post, withQuery } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

const message = mismatch(canonicalLines());
/** Of a gateway that saw something else than its message shows. */
const otherwise = mismatch(['another canonical request'], canonicalLines());

it.each<Row>([
  [
    'wrong secret key',
    {
      code: 'WrongSecretKey',
      cause: `The gateway built the same canonical request and the same string to sign, and still got another signature: the secret access key is not the one that belongs to the access key id ASIA…${credentials.accessKeyId.slice(-4)}.`,
      difference: 'the signature alone: everything that was signed arrived unchanged',
      advice:
        'Take access key id, secret access key and session token from the same credentials, at the same moment: a refresh between reading the one and the other mixes two sets. Look for white space or a lost character ("+", "/", "=") in a secret that was copied or read from a file.',
    },
    { request: { ...post, ...withQuery }, config: { secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' } },
  ],
  [
    'signature changed on the way',
    { code: 'WrongSecretKey', difference: 'the signature alone: everything that was signed arrived unchanged' },
    { damage: setHeader('authorization', (value) => value.replace(/.$/, (c) => (c === '0' ? '1' : '0'))) },
  ],
])('%s', isExplained);

it('is found by the hash where a log has masked what it shows in a way of its own', () => {
  const shown = canonicalLines({ 'x-amz-security-token': 'REDACTED BY THE LOG' });
  expect(read({ message: mismatch(canonicalLines(), shown) })?.code).toBe('WrongSecretKey');
});

it('is found in a text whose beginning is lost', () => {
  const lost = mismatch(canonicalLines({ accept: '*/*' })).replace(/^[^]*?(?=The Canonical)/, '');
  expect(read({ message: lost })?.difference).toBe('the header accept: signed as "application/json", arrived as "*/*"');
});

it('in the token is told without showing it', () => {
  const lines = canonicalLines({ 'x-amz-security-token': 'OTHERTOKEN'.repeat(48) });
  expect(read({ message: mismatch(lines) })).toMatchObject({
    code: 'HeaderChanged',
    difference:
      'the header x-amz-security-token: its value changed (not shown; signed with 496, arrived with 480 characters)',
  });
});

it('is not put down to the keys where the body that was signed is not known', () => {
  const { url, headers, method } = sign();
  const unknown = { url, headers, method, body: new Blob([body]) };
  expect(read({ message: otherwise }, unknown)).toEqual({
    code: 'SignatureMismatch',
    cause: 'The gateway computed another signature. Everything that can be compared here is equal.',
    difference: 'not comparable: the body',
    advice:
      'Most likely something of this changed after signing: the body. If not, the secret access key does not belong to the access key id.',
  });
  expect(read({ message }, { ...unknown, payloadHash: sha256(body) })?.code).toBe('WrongSecretKey');
});

it('is not put down to the keys where a header is not known and no string to sign was given', () => {
  const { Accept: _, ...headers } = sign().headers;
  const xml = `<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>${canonicalLines().join('\n')}</CanonicalRequest></Error>`;
  expect(read(xml, { ...sign(), headers })).toMatchObject({
    code: 'SignatureMismatch',
    difference: 'not comparable: the header accept',
  });
  expect(read(xml)?.code).toBe('WrongSecretKey');
});

it('is not put down to the keys where a signed header is not known', () => {
  const { Accept: _, ...headers } = sign().headers;
  expect(read({ message: otherwise }, { ...sign(), headers })).toEqual({
    code: 'SignatureMismatch',
    cause: 'The gateway computed another signature. Everything that can be compared here is equal.',
    difference: 'not comparable: the header accept',
    advice:
      'Most likely something of this changed after signing: the header accept. If not, the secret access key does not belong to the access key id.',
  });
  expect(read({ message: otherwise }, { ...sign(), headers, body: new Blob([body]) })?.difference).toBe(
    'not comparable: the body, the header accept',
  );
});

it('is not put down to the keys where the hash is of something that is not shown', () => {
  expect(read({ message: otherwise })).toEqual({
    code: 'SignatureMismatch',
    cause: 'The gateway computed another signature. Everything that can be compared here is equal.',
    difference: 'not comparable: the values that are masked in the message (the session token)',
    advice:
      'Most likely something of this changed after signing: the values that are masked in the message (the session token). If not, the secret access key does not belong to the access key id.',
  });
});

it('without the string to sign is put down to the keys where all is known', () => {
  const short = message.slice(0, message.indexOf('AWS4-HMAC'));
  expect(read({ message: short })?.code).toBe('WrongSecretKey');
  expect(read({ message: short }, { ...sign(), body: new Blob([body]) })?.difference).toBe('not comparable: the body');
});

it('without the canonical request names what to check', () => {
  expect(read({ message: message.split('\n')[0]! })).toEqual({
    code: 'SignatureMismatch',
    cause: 'The gateway computed another signature than the request carries; its answer does not say what it saw.',
    advice:
      "Check in this order: the secret access key belongs to the access key id; the signed URL, method, headers and body are sent as they were signed; no proxy or CDN changes host, path, query, content-type or body; region and service are the gateway's; the clock is right.",
  });
});

it('of a request that was not signed, or cannot be read', () => {
  const expected = {
    code: 'SignatureMismatch',
    cause:
      'The gateway computed another signature than the request carries; what was signed cannot be read from the request given here.',
    advice:
      "Check in this order: the secret access key belongs to the access key id; the signed URL, method, headers and body are sent as they were signed; no proxy or CDN changes host, path, query, content-type or body; region and service are the gateway's; the clock is right.",
  };
  for (const signed of [{ url: sign().url }, { ...sign(), url: 'no url' }]) {
    expect(read({ message }, signed)).toEqual(expected);
  }
});

it('whose text was replaced', () => {
  for (const type of ['InvalidSignatureException', 'SignatureDoesNotMatch']) {
    expect(read({ message: 'No entry.' }, sign(), { headers: { 'x-amzn-ErrorType': type } })).toEqual({
      code: 'SignatureMismatch',
      cause: 'The gateway refused the signature, and its answer does not say why.',
      advice:
        "Look whether a gateway response of your own replaces the text of INVALID_SIGNATURE (it should pass $context.error.message on). Check in this order: the secret access key belongs to the access key id; the signed URL, method, headers and body are sent as they were signed; no proxy or CDN changes host, path, query, content-type or body; region and service are the gateway's; the clock is right.",
    });
  }
});
