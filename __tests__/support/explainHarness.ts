/** What the tests of `explain` share: a real gateway behind a real proxy that damages requests. */
import type { Explanation } from '../../src/explain/index';
import { CredentialStore, startApiGateway } from '../../src/local';
import type { IssuedCredentials, LocalApiGateway } from '../../src/local';
import { newClient } from '../../src/sigv4';
import type { ClientConfig, RequestToSign, SigV4Client, SignedRequest } from '../../src/sigv4';
import { startDamagingProxy } from './damagingProxy';
import type { Damage, DamagingProxy } from './damagingProxy';
import { explainWords } from './explainWords';

/** The clock of the gateway and, unless a test sets its own, of the signer and the device: it stands still. */
export const NOW = Date.parse('2024-05-01T12:00:00Z');

/** Lets everything through but deleting below `/admin`. */
const policy = {
  Statement: [
    { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/*' },
    { Effect: 'Deny', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/DELETE/admin*' },
  ],
} as const;
/** Lets nothing through but reading the notes. */
const narrowPolicy = {
  Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/GET/notes' },
} as const;

let storeNow = NOW;
const store = new CredentialStore({ now: () => new Date(storeNow) });

/**
 * Issues credentials.
 * @param age How long ago, in seconds; they are good for an hour.
 */
export function issue(age = 0): IssuedCredentials {
  storeNow = NOW - age * 1000;
  const issued = store.issue({ identityId: 'us-east-1:11111111-2222-3333-4444-555555555555', authenticated: true });
  storeNow = NOW;
  return issued;
}

/** Whose requests are signed. */
export const credentials = issue();

interface Place {
  gateway: LocalApiGateway;
  proxy: DamagingProxy;
}
let wide: Place;
let narrow: Place;

/** The gateway with the policy that is meant. */
export const gatewayOf = (test: Case): Place => (test.isNarrow ? narrow : wide);

beforeAll(async () => {
  const start = async (rules: typeof policy | typeof narrowPolicy): Promise<Place> => {
    const handler = (): Response => Response.json({ ok: true });
    const gateway = await startApiGateway({ store, handler, policy: rules, now: () => new Date(NOW) });
    return { gateway, proxy: await startDamagingProxy(gateway.port) };
  };
  [wide, narrow] = await Promise.all([start(policy), start(narrowPolicy)]);
});
afterAll(async () => {
  await Promise.all([wide, narrow].flatMap(({ gateway, proxy }) => [gateway.stop(), proxy.close()]));
});

/** One call. */
export interface Case {
  request?: RequestToSign;
  config?: Partial<ClientConfig>;
  damage?: Damage;
  /** What is sent in place of what was signed. */
  send?: (signed: SignedRequest) => SignedRequest;
  isUnsigned?: boolean;
  /** To the gateway that allows one call only. */
  isNarrow?: boolean;
  /** The device's clock. */
  now?: () => Date | number;
  /** Below the proxy's origin. Default `/dev`. */
  stage?: string;
}

export function clientFor(test: Case): SigV4Client {
  const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } = credentials;
  const endpoint = gatewayOf(test).proxy.url + (test.stage ?? '/dev');
  const config = { accessKey, secretKey, sessionToken, region: 'us-east-1', endpoint, now: () => NOW };
  return newClient({ ...config, ...test.config });
}

/** Signs, sends through the proxy, and gives what came back. */
export async function call(test: Case) {
  const signed = clientFor(test).signRequest({ path: '/notes', ...test.request });
  if (test.isUnsigned) signed.headers = {};
  gatewayOf(test).proxy.damage = test.damage ?? (() => undefined);
  const sent = test.send?.(signed) ?? signed;
  const response = await fetch(sent.url, sent);
  const { status, headers } = response;
  return { signed, refusal: { status, headers, body: await response.text() } };
}

/** The explanation of a refused call; `127.0.0.1:port` stands in place of the proxy's host. */
export async function explained(test: Case): Promise<Explanation> {
  const { signed, refusal } = await call(test);
  expect(refusal.status).toBe(403);
  const explanation = explainWords(refusal, signed, { now: test.now ?? (() => NOW) });
  if (!explanation) throw new Error(`not explained: ${refusal.body}`);
  showsNoSecret(explanation, signed);
  return withoutPort(explanation, test);
}

/** The explanation as it is from run to run. */
export function withoutPort(explanation: Explanation, test: Case): Explanation {
  const { host } = new URL(gatewayOf(test).proxy.url);
  return JSON.parse(JSON.stringify(explanation).replaceAll(host, '127.0.0.1:port')) as Explanation;
}

/** No piece of the token, the secret, the signature or the body. */
export function showsNoSecret(explanation: Explanation, signed: SignedRequest): void {
  const text = JSON.stringify(explanation);
  const signature = /Signature=(\w+)/.exec(signed.headers.Authorization ?? '')?.[1] ?? 'no signature';
  const token = credentials.sessionToken;
  const pieces = [credentials.secretAccessKey, signature, token.slice(20, 60), token.slice(-40), 'very private'];
  for (const piece of pieces) expect(text).not.toContain(piece);
}

/** A call, and its explanation: in all its words for each kind of cause, else its code and its difference. */
export type Row = [damage: string, expected: Partial<Explanation>, test: Case];

/** The test of a row. */
export async function isExplained(_: string, expected: Partial<Explanation>, test: Case): Promise<void> {
  const explanation = await explained(test);
  expect(explanation).toMatchObject(expected);
  expect(explanation.cause).toMatch(/^[A-Z"].*\.$/s);
  expect(explanation.advice).toMatch(/^[A-Z].{20,}/s);
}

export const post: RequestToSign = { method: 'POST', body: { text: 'very private', tags: [1, 2] } };
export const withQuery: RequestToSign = { queryParams: { limit: 10, q: 'a b', tag: ['x', 'y'] } };
