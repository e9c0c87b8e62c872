/** A gateway for each test, and calls to it that are signed by aws4. */
import aws4 from 'aws4';
import { startApiGateway } from '../../src/local/apiGateway';
import type { ApiGatewayOptions, LocalApiGateway } from '../../src/local/apiGateway';
import { CredentialStore } from '../../src/local/credentials';
import type { IssuedCredentials } from '../../src/local/credentials';

export const identityId = 'us-east-1:11111111-2222-3333-4444-555555555555';
/** What a test has started, to be stopped behind it. */
export const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

export async function start(options: Partial<ApiGatewayOptions> = {}) {
  const store = options.store ?? new CredentialStore(options.now ? { now: options.now } : {});
  const gateway = await startApiGateway({ store, ...options });
  stops.push(() => gateway.stop());
  const credentials = store.issue({ identityId, authenticated: true, username: 'user@example.com' });
  return { store, gateway, credentials };
}

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  query?: boolean;
  region?: string;
  service?: string;
  date?: string;
}

/** Signs with aws4, which knows nothing of our signer, and sends with fetch. `path` is below the stage. */
export function sign(gateway: LocalApiGateway, credentials: Partial<IssuedCredentials>, path: string, call: Call = {}) {
  const url = new URL(gateway.url + path);
  const { method = 'GET', body, query = false } = call;
  const headers: Record<string, string> = { ...call.headers };
  if (call.date) headers['X-Amz-Date'] = call.date;
  if (body !== undefined && !headers['content-type']) headers['content-type'] = 'application/json';
  const signed = aws4.sign(
    {
      host: url.host,
      path: url.pathname + url.search,
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      service: call.service ?? 'execute-api',
      region: call.region ?? gateway.region,
      signQuery: query,
    },
    credentials,
  );
  const sent = Object.fromEntries(
    Object.entries(signed.headers as Record<string, unknown>).map(([k, v]) => [k, String(v)]),
  );
  delete sent.Host;
  delete sent['Content-Length'];
  return { url: url.origin + signed.path!, init: { method, headers: sent, ...(body === undefined ? {} : { body }) } };
}

export async function call(
  gateway: LocalApiGateway,
  credentials: Partial<IssuedCredentials>,
  path: string,
  options: Call = {},
) {
  const { url, init } = sign(gateway, credentials, path, options);
  return fetch(url, init);
}

export async function refusal(response: Response) {
  const body = (await response.json()) as { message?: string; Message?: string };
  return { status: response.status, type: response.headers.get('x-amzn-errortype'), ...body };
}
