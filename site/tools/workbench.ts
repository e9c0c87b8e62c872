/** The signer's workbench: a request and keys, and the four stages of the signature as they change. */
import { SIGNERS } from '../../src/explain/signers.js';
import { readSigned, recompute } from '../../src/explain/read/index.js';
import { calculateSignature, createStringToSign, deriveSigningKey, newClient, toHex } from '../../src/sigv4/index.js';
import type { SignedRequest } from '../../src/sigv4/index.js';
import { asCurl, asFetch, asTypeScript } from './copies.js';
import type { Described } from './copies.js';
import { afterTyping, copyButton, find, make } from './dom.js';

const form = find('workbench') as HTMLFormElement;
const stages = find('stages');
const problem = find('problem');
const field = (name: string): string => (form.elements.namedItem(name) as HTMLInputElement).value;

/** How long a presigned URL is good, in seconds. */
const EXPIRES_IN = 300;

let signed: SignedRequest | undefined;
let described: Described | undefined;

/** The lines `Name: value` of the field. */
function readHeaders(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    if (colon < 1) throw new Error(`Headers: expected "Name: value", got ${JSON.stringify(line)}`);
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return Object.fromEntries(pairs);
}

function sign(): [secret: string, parts: SignedRequest] {
  const { origin, pathname, search } = new URL(field('url'));
  const [secretAccessKey, sessionToken] = [field('secret').trim(), field('token').trim()];
  const [region, service, signedHost] = ['region', 'service', 'signedHost'].map((name) => field(name).trim());
  const elsewhere = signedHost ? { signedHost } : {};
  const credentials = {
    accessKeyId: field('key').trim(),
    secretAccessKey,
    ...(sessionToken !== '' && { sessionToken }),
  };
  const config = {
    credentials,
    endpoint: origin,
    ...elsewhere,
    ...(region && { region }),
    ...(service && { service }),
  };
  const client = newClient(config);
  const date = new Date(field('date'));
  const [path, method, body] = [pathname + search, field('method'), field('body')];
  const headers = readHeaders(field('headers'));
  described = {
    endpoint: origin,
    path,
    method,
    headers,
    body,
    region: client.region,
    service: client.serviceName,
    hasToken: sessionToken !== '',
    ...elsewhere,
    ...(field('place') === 'query' && { expiresIn: EXPIRES_IN }),
  };
  if (described.expiresIn !== undefined) {
    const url = client.presignUrl({ method, path, date, expiresIn: described.expiresIn });
    return [secretAccessKey, { url, method, headers: {}, ...elsewhere }];
  }
  const parts = client.signRequest({ method, path, headers, date, ...(body !== '' && { body }) });
  return [secretAccessKey, parts];
}

/** The texts of the four stages, each a function of the specification. */
function readStages(secretAccessKey: string, parts: SignedRequest): readonly (readonly [string, string, string])[] {
  const request = readSigned(parts, SIGNERS.functions);
  const recomputed = recompute(request);
  if (!recomputed) throw new Error('The URL cannot be signed');
  const { scope: credentialScope, amzDate, region, service } = request;
  const canonicalRequest = recomputed.text;
  const stringToSign = createStringToSign({ amzDate, credentialScope, canonicalRequest });
  const signingKey = deriveSigningKey({ secretAccessKey, date: amzDate.slice(0, 8), region, service });
  const signature = calculateSignature(signingKey, stringToSign);
  const where = request.place === 'query' ? new URL(parts.url).search : (parts.headers.Authorization ?? '');
  if (!where.includes(signature)) throw new Error('The stages and the signer disagree: please report this request');
  return [
    [
      '1. Canonical request',
      'The request in one agreed form: method, path, query, headers, their names, the hash of the body.',
      canonicalRequest,
    ],
    ['2. String to sign', 'The algorithm, the time, the credential scope, and the hash of stage 1.', stringToSign],
    [
      '3. Signing key',
      'HMAC of date, region, service and aws4_request, one into the next, beginning with the secret.',
      toHex(signingKey),
    ],
    [
      '4. Signature',
      `HMAC of stage 2 with stage 3. It goes into ${request.place === 'query' ? 'the query' : 'the header Authorization'}.`,
      `${signature}\n\n${request.place === 'query' ? parts.url : where}`,
    ],
  ];
}

let shown: string[] = [];

function show(): void {
  try {
    const [secret, parts] = sign();
    const texts = readStages(secret, parts);
    signed = parts;
    problem.textContent = '';
    const sections = texts.map(([title, note, text], i) => showStage(title, note, text, shown[i]));
    shown = texts.map(([, , text]) => text);
    stages.replaceChildren(...sections);
  } catch (error) {
    signed = undefined;
    problem.textContent = error instanceof Error ? error.message : String(error);
  }
  for (const button of find('copies').querySelectorAll('button')) button.disabled = signed === undefined;
}

/** A stage, with the lines marked that are not those of before. */
function showStage(title: string, note: string, text: string, before: string | undefined): HTMLElement {
  const old = new Set(before?.split('\n'));
  const lines = text.split('\n').map((line) => {
    const isNew = before !== undefined && !old.has(line);
    return make('span', { class: isNew ? 'line changed' : 'line' }, line === '' ? ' ' : line);
  });
  return make(
    'section',
    {},
    make('h2', {}, title),
    make('p', { class: 'quiet' }, note),
    make('pre', { class: 'wrapped', tabindex: '0', role: 'region', 'aria-label': title }, ...lines),
  );
}

const presignedOr = (text: (parts: SignedRequest) => string) => () => (signed ? text(signed) : '');
find('copies').append(
  copyButton('Copy as fetch', presignedOr(asFetch)),
  copyButton('Copy as curl', presignedOr(asCurl)),
  copyButton('Copy as TypeScript', () => (described ? asTypeScript(described) : '')),
);
find('now').addEventListener('click', () => {
  (form.elements.namedItem('date') as HTMLInputElement).value = new Date().toISOString().slice(0, 19) + 'Z';
  show();
});
form.addEventListener('input', afterTyping(show));
form.addEventListener('submit', (event) => {
  event.preventDefault();
});
show();
