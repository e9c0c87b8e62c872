/** Compares two canonical requests. */
import type { CanonicalRequest, Recomputed, Signed } from '../read/index.js';
import { compareSignedHeaders } from './authorization.js';
import { compareHeaders } from './headers.js';
import { compareMethods } from './method.js';
import { comparePaths } from './path.js';
import { comparePayloads } from './payload.js';
import { compareQueries } from './query.js';
import type { Difference } from './types.js';

/**
 * Compares two canonical requests.
 * @param ours The signer's side.
 * @param theirs As the gateway has it.
 * @param signed The signed request.
 * @returns The differences. A rewritten method or host comes first, since it explains other changes.
 */
export function compareCanonicalRequests(ours: Recomputed, theirs: CanonicalRequest, signed: Signed): Difference[] {
  const { canonical } = ours;
  const headers = compareHeaders(ours, theirs, signed.words);
  return [
    compareMethods(canonical.method, theirs.method),
    compareSignedHeaders(canonical.signedHeaders, theirs.signedHeaders),
    ...headers.filter(isHost),
    comparePaths(canonical.path, theirs.path, signed),
    compareQueries(canonical.query, theirs.query),
    ours.isBodyKnown ? comparePayloads(canonical.payloadHash, theirs.payloadHash, signed.body) : undefined,
    ...headers.filter((difference) => !isHost(difference)),
  ].filter((difference) => difference !== undefined);
}

const isHost = ({ code }: Difference): boolean => code === 'HostChanged';
