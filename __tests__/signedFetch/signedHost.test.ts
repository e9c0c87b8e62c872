/** `signedHost`: requests that are sent to one host, a proxy's, and signed for the one that it puts into `Host`. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import axios from 'axios';
import { createServer } from 'node:http';
import { createApig } from '../../src/apig/index';
import { signAxios } from '../../src/axios/index';
import { explain } from '../../src/explain/index';
import { createSignedFetch, sentRequest } from '../../src/signedFetch/index';
import { newClient } from '../../src/sigv4/index';
import { fromNodeRequest, verifyRequest } from '../../src/verify/index';
import { setHeader, startDamagingProxy } from '../support/damagingProxy';
import type { DamagingProxy } from '../support/damagingProxy';
import { closeServer, listenLocally } from '../support/localServer';
import { answer, closeAll, startGateway, startServer } from '../support/signedFetchHarness';

const HOST = 'abc123.execute-api.eu-west-1.amazonaws.com';
const keys = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'IQoJb3JpZ2luX2Vj/+token==',
};

/** What arrived behind the proxy: its host, whether verifyRequest takes it, and whether Smithy signs it in the same way. */
interface Arrived {
  readonly host: string;
  readonly verified: string;
  readonly isSmithys: boolean;
}

const api = createServer((request, response) => {
  void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const verified = await verifyRequest(fromNodeRequest(request, { body }), {
      credentials: () => keys,
      region: 'eu-west-1',
      service: 'execute-api',
    });
    const arrived: Arrived = {
      host: request.headers.host!,
      verified: verified.ok ? 'ok' : verified.code,
      isSmithys:
        (await bySmithy(request.method!, request.url!, request.headers, body)) === request.headers.authorization,
    };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(arrived));
  })().catch((error: unknown) => response.writeHead(500).end(JSON.stringify(String(error))));
});

/** The `Authorization` that Smithy's signer gives the headers that were signed; none for a signature in the query. */
async function bySmithy(method: string, target: string, headers: NodeJS.Dict<string | string[]>, body: Buffer) {
  if (headers.authorization === undefined) return 'none';
  const names = /SignedHeaders=([^,]*)/.exec(headers.authorization as string)?.[1]?.split(';') ?? [];
  const date = /^(....)(..)(..T..)(..)(..Z)$/.exec(headers['x-amz-date'] as string)!.slice(1);
  const url = new URL(target, 'http://unused');
  const signer = new SignatureV4({
    ...{ credentials: keys, region: 'eu-west-1', service: 'execute-api', sha256: Sha256, applyChecksum: false },
  });
  const request = new HttpRequest({
    method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(names.map((name) => [name, headers[name] as string])),
    body,
  });
  const signingDate = new Date(`${date[0]}-${date[1]}-${date[2]}:${date[3]}:${date[4]}`);
  const signed = await signer.sign(request, { signingDate });
  return signed.headers.authorization;
}

let proxy: DamagingProxy;
beforeAll(async () => {
  proxy = await startDamagingProxy((await listenLocally(api)).port);
  proxy.damage = setHeader('host', HOST);
});
afterAll(async () => {
  await Promise.all([proxy.close(), closeServer(api), closeAll()]);
});

const ARRIVED: Arrived = { host: HOST, verified: 'ok', isSmithys: true };

describe('through a proxy that replaces Host, as CloudFront does', () => {
  test('createSignedFetch', async () => {
    const signedFetch = createSignedFetch({ credentials: keys, signedHost: HOST });
    const response = await signedFetch(`${proxy.url}/dev/notes?b=2&a=1`, { method: 'POST', body: '{"text":"é"}' });
    expect(await response.json()).toEqual(ARRIVED);
    expect(sentRequest(response)?.signed).toMatchObject({ signedHost: HOST, url: `${proxy.url}/dev/notes?b=2&a=1` });
  });

  test('without it, the server behind the proxy refuses the signature', async () => {
    const signedFetch = createSignedFetch({ credentials: keys, region: 'eu-west-1' });
    const response = await signedFetch(`${proxy.url}/dev/notes`);
    expect(await response.json()).toEqual({ host: HOST, verified: 'SignatureMismatch', isSmithys: false });
  });

  test('signAxios, in the headers and in the query', async () => {
    for (const presign of [false, true]) {
      const instance = axios.create({ baseURL: proxy.url });
      signAxios(instance, { credentials: keys, signedHost: HOST.toUpperCase(), presign });
      const { data } = await instance.get<Arrived>('/dev/notes', { params: { q: 1 } });
      expect(data).toMatchObject({ host: HOST, verified: 'ok' });
    }
  });

  test('newClient: the URL is the proxy, and region and service are those of the signed host', async () => {
    const client = newClient({ credentials: keys, endpoint: `${proxy.url}/dev`, signedHost: HOST });
    expect(client).toMatchObject({ endpoint: proxy.url, region: 'eu-west-1', serviceName: 'execute-api' });
    const signed = client.signRequest({ path: '/notes', method: 'PUT', body: { a: 1 } });
    expect(signed.signedHost).toBe(HOST);
    expect(await (await fetch(signed.url, signed as RequestInit)).json()).toEqual(ARRIVED);
    expect(await (await fetch(client.presignUrl({ path: '/notes' }))).json()).toMatchObject({ verified: 'ok' });
  });

  test('createApig: its own URL alone, and other hosts as they are', async () => {
    const config = { apiGateway: { REGION: 'eu-west-1', URL: `${proxy.url}/dev` } };
    const apig = createApig(config, { credentials: keys, signedHost: HOST });
    expect(await apig.invokeApig({ path: '/notes', method: 'POST', body: { text: 'é' } })).toEqual(ARRIVED);
    expect(await (await apig.fetch(`${proxy.url}/dev/notes`)).json()).toEqual(ARRIVED);
    const other = await startServer(answer(200));
    const response = await apig.fetch(other.url);
    expect(sentRequest(response)!.signed).not.toHaveProperty('signedHost');
  });
});

describe('redirects', () => {
  test('within the host that is called, the next request is signed for the same host', async () => {
    const { gateway, credentials } = await startGateway();
    const moved = await startServer(answer(307, { location: '/dev/there' }));
    const host = new URL(gateway.url).host;
    const through = await startDamagingProxy(Number(new URL(gateway.url).port));
    through.damage = setHeader('host', host);
    const first = await startDamagingProxy(Number(new URL(moved.url).port));
    const sent: string[] = [];
    const signedFetch = createSignedFetch({
      credentials,
      signedHost: host,
      region: 'us-east-1',
      // The first request is answered by the server that redirects, under the address of the proxy.
      fetch: async (input, init) => {
        const url = new URL(input as string);
        sent.push(url.href);
        return fetch(sent.length === 1 ? new URL(url.pathname, first.url) : url, init);
      },
    });
    const response = await signedFetch(`${through.url}/here`);
    await Promise.all([through.close(), first.close()]);
    expect(sent).toEqual([`${through.url}/here`, `${through.url}/dev/there`]);
    expect(response.status).toBe(200);
  });

  test('to the signed host itself, which is another origin than the called one, nothing is signed', async () => {
    const target = await startServer(answer(200));
    const start = await startServer(answer(307, { location: `${target.url}/there` }));
    const signedFetch = createSignedFetch({ credentials: keys, signedHost: new URL(target.url).host });
    await signedFetch(start.url);
    expect(start.seen[0]!.headers.has('authorization')).toBe(true);
    expect([...target.seen[0]!.headers.keys()].filter((name) => /^authorization|^x-amz/.test(name))).toEqual([]);
  });
});

describe('a host that cannot be signed for', () => {
  const BAD = ['', 'https://abc.example', 'abc.example/dev', 'a b', 'user@abc.example', 'abc.example:x', 5, null];
  const expected = 'signedHost: expected a host, without scheme and path';

  test.each(BAD)('%j', (bad) => {
    const signedHost = bad as string;
    const config = { apiGateway: { REGION: 'eu-west-1', URL: 'https://a.example/dev' } };
    for (const make of [
      () => createSignedFetch({ credentials: keys, signedHost }),
      () => signAxios(axios.create(), { credentials: keys, signedHost }),
      () => newClient({ credentials: keys, endpoint: 'https://a.example', signedHost }),
      () => createApig(config, { credentials: keys, signedHost }),
    ]) {
      expect(make).toThrow(expected);
    }
  });

  test('a region that is not the one of the signed host', () => {
    const options = { credentials: keys, endpoint: 'https://a.example', signedHost: HOST, region: 'us-east-1' };
    expect(() => newClient(options)).toThrow(`region: expected eu-west-1, that of the host ${HOST}`);
  });
});

test('the host is signed as the standard writes it, and an address of IPv6 with its brackets', () => {
  for (const [signedHost, host] of [
    ['a.example:8080', 'a.example:8080'],
    ['A.EXAMPLE:443', 'a.example'], // no client sends the default port
    ['[::1]:3000', '[::1]:3000'],
    ['é.example', 'xn--9ca.example'],
  ] as const) {
    const client = newClient({ credentials: keys, endpoint: 'https://b.example/dev', signedHost });
    expect(client.signRequest({}).signedHost).toBe(host);
  }
});

test('explain has a misspelt option refused with its name', () => {
  const signed = { url: 'https://a.example', signedhost: HOST };
  expect(() => explain({ status: 403, body: '' }, signed)).toThrow('signedHost');
});

test('explain compares the host that was signed, and not the one that was called', async () => {
  const { gateway, credentials } = await startGateway();
  const signedFetch = createSignedFetch({
    credentials,
    signedHost: 'signed.example',
    region: 'us-east-1',
    retry: false,
  });
  const response = await signedFetch(gateway.url);
  const { status, headers } = response;
  const explanation = explain({ status, headers, body: await response.text() }, sentRequest(response)!.signed);
  expect(explanation).toMatchObject({
    code: 'HostChanged',
    difference: `the host: signed as "signed.example", arrived as "${new URL(gateway.url).host}"`,
  });
});
