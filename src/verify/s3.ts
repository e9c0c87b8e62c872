/** What S3 reads differently from other services. */
import type { QueryPart } from './query.js';
import type { Wire } from './wire.js';

/** The signing names whose paths are encoded once and not normalized, and whose payload may be unsigned. */
const S3_NAMES = ['s3', 's3express', 's3-object-lambda', 's3-outposts'];

/** Whether a service, by its signing name, reads requests as S3 does. */
export const readsAsS3 = (service: string): boolean => S3_NAMES.includes(service);

/**
 * A request as S3 reads it: a raw `+` in the path is a space, and of several parameters of one name only the first counts. The others
 * are not signed and therefore removed.
 */
export function asS3Reads(wire: Wire): Wire {
  const first = new Map<string, QueryPart>();
  for (const part of wire.query) if (!first.has(part.pair[0])) first.set(part.pair[0], part);
  return { ...wire, path: wire.path.replaceAll('+', '%20'), query: [...first.values()] };
}

/**
 * Whether the escapes of a path are UTF-8, as those of S3's keys are. Others cannot be decoded, so that `/%FF` would have the same
 * signature as `/%25FF`, which is another key.
 */
export function hasUtf8Path({ path }: Wire): boolean {
  return (path.match(/(?:%[\da-f]{2})+/gi) ?? []).every((escapes) => {
    try {
      return decodeURIComponent(escapes) !== '';
    } catch {
      return false;
    }
  });
}
