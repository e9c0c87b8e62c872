// What reads text that strangers write, each with valid texts to begin from, and what must hold for all others.
import { readdirSync, readFileSync } from 'node:fs';
import { importSource } from '../importSource.mjs';
import { documents } from './documents.mjs';

const lib = await importSource(`
  export { createApigClientFactory } from './src/generatedSdk/index.js';
  export { explain } from './src/explain/index.js';
  export { readPasted } from './src/pasted/index.js';
  export { newClient, SigV4ClientError } from './src/sigv4/index.js';
  export { redact } from './src/util/index.js';
  export { verifyRequest } from './src/verify/index.js';
`);

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const DATE = new Date('2026-11-27T04:32:00Z');
const now = () => DATE;

const client = lib.newClient({
  credentials: KEYS,
  endpoint: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod',
  now,
});
const REQUESTS = [
  { path: '/notes' },
  { path: '/notes/1/a b/é', queryParams: { tag: ['a', 'b'], q: "!'()*" } },
  { method: 'POST', path: '/notes', body: { content: 'Buy milk' }, headers: { 'x-two': ' a   b ' } },
  { method: 'PUT', path: '/', body: 'text', payloadHash: 'UNSIGNED-PAYLOAD' },
];

/** A request over the wire. */
function wireOf({ method, url, headers, body = '' }) {
  const { host, pathname, search } = new URL(url);
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${pathname}${search}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** A request of the wire as a server hands it on; nothing is corrected. */
function parseWire(text) {
  const end = text.indexOf('\r\n\r\n');
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end + 4)];
  const [first = '', ...lines] = head.split('\r\n');
  const [, method = '', target = ''] = /^(\S*) ?(.*)$/s.exec(first) ?? [];
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { method, target, headers, body };
}

const signed = REQUESTS.map((request) => client.signRequest(request));
const presigned = ['/notes', '/files/a%20b?x=1'].map((path) => ({
  method: 'GET',
  url: client.presignUrl({ path, expiresIn: 300 }),
  headers: {},
}));
const wires = [...signed, ...presigned].map(wireOf);
const verify = (text) =>
  lib.verifyRequest(parseWire(text), {
    credentials: (id) => (id === KEYS.accessKeyId ? KEYS : undefined),
    now,
    allowUnsignedPayload: true,
  });

/** What was verified of the texts that a signature is for: no other text may be accepted for anything else. */
const meant = new Set();
for (const wire of wires) meant.add(await describe(wire));

async function describe(text) {
  const { ok, method, host, path, query } = await verify(text);
  const { body, headers } = parseWire(text);
  const isUnsigned =
    headers.some(([, value]) => value === 'UNSIGNED-PAYLOAD') ||
    /x-amz-signature/i.test(text.slice(0, text.indexOf('\r\n')));
  return ok ? JSON.stringify([method, host, path, query, isUnsigned ? '' : body]) : undefined;
}

const samples = new URL('../../__tests__/vectors/pasted/', import.meta.url);
const pasted = readdirSync(samples).map((name) => readFileSync(new URL(name, samples), 'utf8'));
const refusals = [
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.' +
    "\n\nThe Canonical String for this request should have been\n'GET\n/prod/notes\n\naccept:application/json\nhost:abc123.execute-api.eu-west-1.amazonaws.com\nx-amz-date:20261127T043200Z\n\naccept;host;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'" +
    "\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20261127T043200Z\n20261127/eu-west-1/execute-api/aws4_request\n0000000000000000000000000000000000000000000000000000000000000000'\n",
  'Signature expired: 20261127T033200Z is now earlier than 20261127T042700Z (20261127T043200Z - 5 min.)',
  'User: arn:aws:sts::123456789012:assumed-role/notes-users/CognitoIdentityCredentials is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:abc123/prod/GET/notes',
  "Credential should be scoped to a valid region, not 'eu-west-1'. ",
  '<?xml version="1.0"?><Error><Code>SignatureDoesNotMatch</Code><Message>x</Message><CanonicalRequest>GET\n/</CanonicalRequest></Error>',
  'Missing Authentication Token',
].flatMap((message) => [message, JSON.stringify({ message })]);

/** Ours, or a programming error of ours that must not be. */
export const isOurs = (error) => error instanceof lib.SigV4ClientError;

/** For each: the texts to begin from, and what is done with one. It throws, or gives what is wrong as a text. */
export const targets = {
  verifyRequest: {
    corpus: wires,
    async run(text) {
      const described = await describe(text);
      if (described !== undefined && !meant.has(described)) return `it accepted ${described}`;
    },
  },
  explain: {
    corpus: refusals,
    run(body) {
      lib.explain({ status: 403, headers: { 'x-amzn-errortype': body.slice(0, 60) }, body }, signed[0], { now });
      const cut = body.length >> 1;
      const request = { ...signed[2], url: `https://abc123.execute-api.eu-west-1.amazonaws.com/${body.slice(0, cut)}` };
      lib.explain({ status: 403, headers: [['x-amzn-errortype', 'InvalidSignatureException']], body }, request, {
        now,
      });
      lib.explain(
        { status: 400, body: { message: body } },
        { ...signed[0], headers: { [body.slice(cut)]: body } },
        { now },
      );
    },
  },
  readPasted: {
    corpus: [...pasted, ...refusals],
    run(text) {
      for (const { refusal, signed: request } of lib.readPasted(text))
        lib.explain(refusal, request ?? { url: '' }, { now });
    },
  },
  redact: {
    corpus: [
      ...refusals,
      ...wires,
      `{"token":"eyJ${'a'.repeat(90)}.eyJ${'b'.repeat(90)}.c","secret":"${KEYS.secretAccessKey}"}`,
    ],
    run(text) {
      const shown = lib.redact(text, [KEYS.secretAccessKey]);
      if (typeof shown !== 'string') return 'it gave no text';
      if (shown.includes(KEYS.secretAccessKey)) return 'it showed the secret';
    },
  },
  createApigClientFactory: {
    corpus: documents,
    async run(text) {
      const factory = await lib.createApigClientFactory(`{${text.slice(1)}`); // text that begins otherwise is an address
      factory.newClient();
    },
  },
};
