/** `presign: true` signs in the query, with every version and adapter. */
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import aws4 from 'aws4';
import type { AxiosRequestConfig } from 'axios';
import { signAxios } from '../../src/axios/index';
import type { SignAxiosOptions, SignedAxiosError } from '../../src/axios/index';
import { verifyRequest } from '../../src/verify';
import { answer, ANY_KEYS, closeAll, issue, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import { loadAxios, VERSIONS_AND_ADAPTERS } from '../support/signedAxios';

afterAll(closeAll);

const keys = { ...ANY_KEYS, sessionToken: 'the-token+of/the=session' };

describe.each(VERSIONS_AND_ADAPTERS)('%s, adapter %s', (name, adapter) => {
  async function start(config: AxiosRequestConfig, options: Partial<SignAxiosOptions> = {}) {
    const api = (await loadAxios(name)).create({ ...(adapter && { adapter }), ...config });
    signAxios(api, { credentials: keys, presign: true, ...options });
    return api;
  }

  test('a GET and a POST have the signature that aws4 computes, and no header of it', async () => {
    const server = await startServer(answer(200), answer(200));
    const api = await start({ baseURL: server.url }, { region: 'us-east-1', service: 'execute-api' });
    await api.get('/notes', { params: { limit: 10 } });
    await api.post('/notes', { content: 'Grüße' });
    for (const { method, path, headers, body } of server.seen) {
      const lines = new Map(headers);
      expect([...lines.keys()].filter((each) => /^(authorization|x-amz-)/i.test(each))).toEqual([]);
      const { searchParams } = new URL(path, server.url);
      const signature = searchParams.get('X-Amz-Signature');
      const unsigned = path.replace(/[?&]X-Amz-(?!Expires|Date)[^&]*/g, '').replace(/^(\/\w+)&/, '$1?');
      const names = searchParams.get('X-Amz-SignedHeaders')!.split(';');
      const signed = aws4.sign(
        {
          host: new URL(server.url).host,
          path: unsigned,
          method,
          service: 'execute-api',
          region: 'us-east-1',
          signQuery: true,
          ...(method === 'POST' && { body: Buffer.from(body) as unknown as string }),
          headers: Object.fromEntries(
            names.filter((each) => each !== 'host').map((each) => [each, lines.get(each) ?? '']),
          ),
        },
        keys,
      );
      expect(new URL(signed.path!, server.url).searchParams.get('X-Amz-Signature')).toBe(signature);
    }
  });

  test('the local gateway takes it, corrects the clock by its refusal, and explains what it refuses', async () => {
    const { url, store } = await startGateway();
    const credentials = issue(store);
    const late = await start({ baseURL: url }, { credentials, now: () => Date.now() - 3_600_000 });
    expect((await late.put('/notes/1', { content: 'x' })).status).toBe(200);
    const wrong = await start({ baseURL: url }, { credentials: { ...credentials, secretAccessKey: 'x'.repeat(40) } });
    const error = (await rejection(wrong.get('/notes'))) as SignedAxiosError<{ message: string }>;
    expect(error.explanation?.code).toBe('WrongSecretKey');
    expect(JSON.stringify(error.response!.data)).not.toContain(encodeURIComponent(credentials.sessionToken));
  });

  test('for S3, a body is not part of it', async () => {
    const server = await startServer(answer(200));
    const api = await start({ baseURL: server.url }, { region: 'us-east-1', service: 's3' });
    await api.put('/a+b.txt', 'text');
    const { method, path, headers, body } = server.seen[0]!;
    const request = { method, target: path, headers: [...headers], body };
    expect(await verifyRequest(request, { credentials: () => keys, service: 's3' })).toMatchObject({ ok: true });
    expect(await verifyRequest({ ...request, body: 'TEXT' }, { credentials: () => keys, service: 's3' })).toMatchObject(
      { ok: true },
    );
  });

  // https://docs.aws.amazon.com/vpc-lattice/latest/ug/sigv4-authenticated-requests.html: it takes no payload hash.
  test('nor for VPC Lattice, where it is what smithy computes for a body that it leaves unsigned', async () => {
    const server = await startServer(answer(200));
    const [service, signingDate] = ['vpc-lattice-svcs', new Date('2026-01-01T00:00:00Z')];
    const options = { region: 'us-east-1', service, now: () => signingDate };
    const api = await start({ baseURL: server.url }, options);
    await api.post('/notes', 'text');
    const { method, path, headers } = server.seen[0]!;
    const { host, pathname, searchParams } = new URL(path, server.url);
    const names = searchParams.get('X-Amz-SignedHeaders')!.split(';');
    const signer = new SignatureV4({ credentials: keys, region: 'us-east-1', service, sha256: Sha256 });
    const sent = Object.fromEntries(names.map((each) => [each, headers.get(each) ?? host]));
    const stream = new ReadableStream(); // smithy hashes text and bytes alone
    const request = new HttpRequest({ method, path: pathname, headers: sent, body: stream });
    const { query } = await signer.presign(request, {
      signingDate,
      expiresIn: 300,
      signableHeaders: new Set(names),
      unhoistableHeaders: new Set(names),
    });
    expect(searchParams.get('X-Amz-Signature')).toBe(query!['X-Amz-Signature']);
  });

  test('another origin gets nothing of it', async () => {
    const other = await startServer(answer(200));
    const server = await startServer(answer(302, { location: `${other.url}/there` }));
    await (await start({ baseURL: server.url })).get('/here');
    expect(JSON.stringify([other.seen[0]!.path, [...other.seen[0]!.headers]])).not.toMatch(
      /x-amz|signature|the-token/i,
    );
  });
});

test('only true and false are taken', async () => {
  const axios = await loadAxios('axios');
  expect(() => signAxios(axios.create(), { credentials: keys, presign: 'yes' as never })).toThrow('presign: expected');
});
