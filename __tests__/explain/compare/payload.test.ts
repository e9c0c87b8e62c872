/** Explained by damage: the body. */
import { changeBody } from '../../support/damagingProxy';
import { isExplained, post } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';
import { canonicalLines, mismatch, read, sha256, sign } from '../../support/awsTexts';

it.each<Row>([
  [
    'other text',
    {
      code: 'BodyChanged',
      cause:
        'The body that arrived is not the one that was signed. An HTTP client that serializes it again, or a proxy that rewrites it, does that.',
      difference: 'the payload hash: the body was changed after signing (its SHA-256 differs)',
      advice:
        'Send the body as it was signed: its text or bytes, not an object for the HTTP client to serialize; and let nothing on the way parse and print it again.',
    },
    { request: post, damage: changeBody((text) => text.replace('1', '3')) },
  ],
  [
    'emptied',
    {
      code: 'BodyChanged',
      cause:
        'The body was lost on the way to the gateway: a redirect, a proxy that drops bodies, or a client that was not given the body.',
      difference: 'the payload hash: the body was signed, but arrived empty',
      advice:
        'Pass the signed body to the HTTP client (fetch: body, axios: data), and call the final URL, not one that redirects.',
    },
    { request: post, damage: changeBody(() => '') },
  ],
  [
    'added',
    {
      code: 'BodyChanged',
      cause:
        'The request was signed without a body and sent with one. Clients that send "{}" or "null" by default do that, and so does signing an object that carries its body under another name.',
      difference: 'the payload hash: the body was signed as empty, but one arrived',
      advice: 'Sign with the body that is sent, or send none.',
    },
    { request: { method: 'DELETE' }, damage: changeBody(() => '{}') },
  ],
  [
    'a line break added',
    {
      code: 'BodyChanged',
      cause:
        'The body that arrived is not the one that was signed: a line break was added at its end. An HTTP client that serializes it again, or a proxy that rewrites it, does that.',
      difference: 'the payload hash: the body was changed after signing: a line break was added at its end',
      advice:
        'Send the body as it was signed: its text or bytes, not an object for the HTTP client to serialize; and let nothing on the way parse and print it again.',
    },
    { request: post, damage: changeBody((text) => `${text}\n`) },
  ],
  [
    'left out of the signature',
    {
      code: 'UnsignedPayload',
      cause: 'The body was left out of the signature, which S3 allows, but this gateway does not.',
      difference: 'the payload hash: signed as "UNSIGNED-PAYLOAD", but the gateway wants the hash of the body',
      advice: 'Sign the body: leave payloadHash and the header x-amz-content-sha256 away, or set them to its SHA-256.',
    },
    { request: { ...post, payloadHash: 'UNSIGNED-PAYLOAD' } },
  ],
  [
    'bytes changed',
    {
      code: 'BodyChanged',
      difference: 'the payload hash: the body was changed after signing: white space at its ends was removed',
    },
    { request: { method: 'PUT', body: Uint8Array.of(0, 255, 128) }, damage: changeBody((text) => text) },
  ],
])('%s', isExplained);

it('of which only the hash is known', () => {
  const signed = { ...sign(), body: new Blob(['x']), payloadHash: sha256('signed') };
  expect(read({ message: mismatch(canonicalLines({}, 'other')) }, signed)?.difference).toBe(
    'the payload hash: the body was changed after signing (its SHA-256 differs)',
  );
});
