/** Tells by its hash how a body was changed on its way. The body itself is never shown. */
import { EMPTY_HASH, UNSIGNED_PAYLOAD } from '../../sigv4/index.js';
import { contentOf } from '../read/index.js';
import { findBodyChange } from './bodyChanges.js';
import type { Change, Difference } from './types.js';

/**
 * Compares two payload hashes.
 * @param ours As signed.
 * @param theirs As the gateway has it.
 * @param body The body that was signed, on which the usual changes are tried.
 */
export function comparePayloads(ours: string, theirs: string, body: unknown): Difference | undefined {
  if (ours === theirs) return undefined;
  if (ours === UNSIGNED_PAYLOAD) return unsignedPayload();
  const { what, cause, advice } = kindOfChange(ours, theirs, body);
  return { code: 'BodyChanged', place: 'the payload hash', what: `the body ${what}`, cause, advice };
}

function unsignedPayload(): Difference {
  return {
    code: 'UnsignedPayload',
    place: 'the payload hash',
    what: 'signed as "UNSIGNED-PAYLOAD", but the gateway wants the hash of the body',
    cause: 'The body was left out of the signature, which S3 allows, but this gateway does not.',
    advice: 'Sign the body: leave payloadHash and the header x-amz-content-sha256 away, or set them to its SHA-256.',
  };
}

function kindOfChange(ours: string, theirs: string, body: unknown): Change {
  if (theirs === EMPTY_HASH) {
    return {
      what: 'was signed, but arrived empty',
      cause:
        'The body was lost on the way to the gateway: a redirect, a proxy that drops bodies, or a client that was not given the body.',
      advice:
        'Pass the signed body to the HTTP client (fetch: body, axios: data), and call the final URL, not one that redirects.',
    };
  }
  if (ours === EMPTY_HASH) {
    return {
      what: 'was signed as empty, but one arrived',
      cause:
        'The request was signed without a body and sent with one. Clients that send "{}" or "null" by default do that, and so does signing an object that carries its body under another name.',
      advice: 'Sign with the body that is sent, or send none.',
    };
  }
  const content = contentOf(body);
  const found = content === undefined ? undefined : findBodyChange(content, theirs);
  const kind = found === undefined ? '' : `: ${found}`;
  return {
    what: `was changed after signing${kind || ' (its SHA-256 differs)'}`,
    cause: `The body that arrived is not the one that was signed${kind}. An HTTP client that serializes it again, or a proxy that rewrites it, does that.`,
    advice:
      'Send the body as it was signed: its text or bytes, not an object for the HTTP client to serialize; and let nothing on the way parse and print it again.',
  };
}
