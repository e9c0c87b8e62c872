/**
 * Random requests, signed, sent by `fetch` to a real server, and signed again as they arrived by aws4 and
 * @smithy/signature-v4. Needs no test runner: `node scripts/crosscheck.mjs 1000` runs it as well.
 */
import { ok, strictEqual } from 'node:assert';
import fc from 'fast-check';
import type { RequestToSign } from '../../src/sigv4';
import { anyRequest, bytesOf } from './sigV4Arbitraries';
import { headerOf, readAuthorization, readQuery, TOKEN } from './sigV4Harness';
import type { Recorder } from './sigV4Harness';

const wellFormed = (text: string) => new TextDecoder().decode(new TextEncoder().encode(text));
const textOf = (pairs: [string, string][]) =>
  pairs
    .map((pair) => JSON.stringify(pair))
    .sort()
    .join('\n');

/** The pairs that a request asks for: those of its path, read as a form, and those of `queryParams`. */
function pairsOf({ path = '', queryParams }: RequestToSign): [string, string][] {
  // Encoded first: `new URL` drops a fragment and what is blank at the end.
  const inPath = new URL('http://localhost/' + wellFormed(path).replace(/[^!-~]|#/gu, encodeURIComponent)).searchParams;
  const pairs = [...inPath];
  for (const [name, given] of Object.entries(queryParams ?? {})) {
    for (const value of [given].flat()) {
      if (value !== null && value !== undefined) pairs.push([wellFormed(name), wellFormed(String(value))]);
    }
  }
  return pairs;
}

/** Fails unless all of them have our signatures, and what arrives is what was asked for. */
export async function crosscheck(call: Recorder['call'], numRuns: number, seed: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyRequest, fc.boolean(), fc.boolean(), async (request, withToken, signBody) => {
      const wire = await call(request, { sessionToken: withToken ? TOKEN : undefined, signBody });
      strictEqual(wire.method, request.method?.toUpperCase());
      const expectedDate = new Date(request.date ?? NaN).toISOString().replace(/[:-]|\.\d+/g, '');
      strictEqual(headerOf(wire, 'x-amz-date'), expectedDate);
      ok(Buffer.from(wire.body).equals(bytesOf(request)), 'the body that arrived is not the one that was sent');
      strictEqual(textOf(readQuery(wire.target)), textOf(pairsOf(request)));
      const { signedHeaders } = readAuthorization(headerOf(wire, 'authorization'));
      const sent = wire.headers.map(([name]) => name.toLowerCase());
      const unsigned = sent.filter((name) => name.startsWith('x-') && !signedHeaders.includes(name));
      strictEqual(unsigned.join(), '');
      ok(signedHeaders.includes('host'), 'the host is not signed');
    }),
    { numRuns, seed },
  );
}
