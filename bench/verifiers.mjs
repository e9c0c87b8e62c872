// The server's side: what a check takes beside a signature and beside the bare hash of the body, with the same engine.
import { cryptoJsHash, newClient } from '../dist/esm/index.js';
import { nodeHash } from '../dist/esm/hash/node.js';
import { verifyRequest } from '../dist/esm/verify/index.js';
import { ours } from './signers.mjs';
import { credentials, host, origin, region, service } from './workloads.mjs';

const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } = credentials;
const SIGNED_AT = Date.UTC(2026, 0, 1);
const encoder = new TextEncoder();
const client = newClient({ accessKey, secretKey, sessionToken, region, endpoint: origin, now: () => SIGNED_AT });

/** Checks requests as a server has them: pairs of headers, and the body's bytes. */
function verifier(name, hash) {
  const wires = new WeakMap();
  const options = { credentials: () => credentials, region, service, now: () => SIGNED_AT, hash };
  return {
    name,
    prepare(request) {
      const { method, path, query: queryParams, body } = request;
      const signed = client.signRequest({ method, path, queryParams, body });
      const { pathname, search } = new URL(signed.url);
      const headers = [
        ['Host', host],
        ...Object.entries(signed.headers),
        ['User-Agent', 'bench'],
        ['Accept-Encoding', 'gzip'],
      ];
      wires.set(request, { method, target: pathname + search, headers, body: body && encoder.encode(body) });
    },
    async sign(request) {
      const { ok } = await verifyRequest(wires.get(request), options);
      if (!ok) throw new Error(`${name} refused a good request`);
    },
  };
}

/** The hash of the body alone. */
function hashing(name, hash) {
  const bodies = new WeakMap();
  return {
    name,
    prepare: (request) => bodies.set(request, encoder.encode(request.body ?? '')),
    sign: (request) => hash.sha256(bodies.get(request)),
  };
}

export const withNodeHash = [
  ours('sign, nodeHash', { hash: nodeHash }),
  verifier('verifyRequest, nodeHash', nodeHash),
  hashing('hash of the body, nodeHash', nodeHash),
];

export const withCryptoJs = [
  ours('sign'),
  verifier('verifyRequest', cryptoJsHash),
  hashing('hash of the body', cryptoJsHash),
];
