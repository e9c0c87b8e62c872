/** What the tests of `explain` share: a real gateway behind a real proxy that damages requests. */
import { explain } from '../../src/explain/index';
import type { Explanation, ExplanationCode } from '../../src/explain/index';
import { startApiGateway } from '../../src/local/apiGateway';
import type { LocalApiGateway } from '../../src/local/apiGateway';
import { CredentialStore } from '../../src/local/credentials';
import type { IssuedCredentials } from '../../src/local/credentials';
import { newClient } from '../../src/sigv4';
import type { ClientConfig, RequestToSign, SigV4Client, SignedRequest } from '../../src/sigv4';
import { startDamagingProxy } from './damagingProxy';
import type { Damage, DamagingProxy } from './damagingProxy';

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

const store = new CredentialStore();
export const issue = (lifetimeSeconds?: number): IssuedCredentials =>
  store.issue({ identityId: 'us-east-1:11111111-2222-3333-4444-555555555555', authenticated: true, lifetimeSeconds });
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
    const gateway = await startApiGateway({ store, handler: () => Response.json({ ok: true }), policy: rules });
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
  now?: () => number;
  /** Below the proxy's origin. Default `/dev`. */
  stage?: string;
}

export function clientFor(test: Case): SigV4Client {
  const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken } = credentials;
  const endpoint = gatewayOf(test).proxy.url + (test.stage ?? '/dev');
  return newClient({ accessKey, secretKey, sessionToken, region: 'us-east-1', endpoint, ...test.config });
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

/** The explanation of a refused call. */
export async function explained(test: Case): Promise<Explanation> {
  const { signed, refusal } = await call(test);
  expect(refusal.status).toBe(403);
  const explanation = explain(refusal, signed, test.now ? { now: test.now } : {});
  if (!explanation) throw new Error(`not explained: ${refusal.body}`);
  showsNoSecret(explanation, signed);
  return explanation;
}

/** No piece of the token, the secret, the signature or the body. */
export function showsNoSecret(explanation: Explanation, signed: SignedRequest): void {
  const text = JSON.stringify(explanation);
  const signature = /Signature=(\w+)/.exec(signed.headers.Authorization ?? '')?.[1] ?? 'no signature';
  const token = credentials.sessionToken;
  const pieces = [credentials.secretAccessKey, signature, token.slice(20, 60), token.slice(-40), 'very private'];
  for (const piece of pieces) expect(text).not.toContain(piece);
}

export type Row = [damage: string, code: ExplanationCode, difference: (string | RegExp)[], test: Case];

/** The test of a row: the explanation has that code, and its difference says all of that. */
export async function isNamed(_: string, code: ExplanationCode, difference: (string | RegExp)[], test: Case) {
  const explanation = await explained(test);
  expect(explanation.code).toBe(code);
  for (const part of difference) {
    if (typeof part === 'string') expect(explanation.difference).toContain(part);
    else expect(explanation.difference).toMatch(part);
  }
  expect(explanation.cause).toMatch(/^[A-Z"].*\.$/s);
  expect(explanation.advice).toMatch(/^[A-Z].{20,}/s);
}

export const post: RequestToSign = { method: 'POST', body: { text: 'very private', tags: [1, 2] } };
export const withQuery: RequestToSign = { queryParams: { q: 'a b', limit: 10, tag: ['x', 'y'] } };
