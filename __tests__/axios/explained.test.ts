/** Errors of a signed instance say why a gateway refused, with every version and adapter. */
import type { AxiosRequestConfig } from 'axios';
import { sentRequest, signAxios } from '../../src/axios/index';
import type { SignedAxiosError } from '../../src/axios/index';
import { answer, closeAll, issue, rejection, startGateway, startServer } from '../support/signedFetchHarness';
import { loadAxios, VERSIONS_AND_ADAPTERS } from '../support/signedAxios';

afterAll(closeAll);

describe.each(VERSIONS_AND_ADAPTERS)('%s, adapter %s', (name, adapter) => {
  /** An instance that signs with a wrong secret. */
  async function start(config: AxiosRequestConfig = {}) {
    const { url, store } = await startGateway();
    const api = (await loadAxios(name)).create({ ...(adapter && { adapter }), baseURL: url, ...config });
    signAxios(api, { credentials: { ...issue(store), secretAccessKey: 'x'.repeat(40) } });
    return api;
  }

  test.each(['json', 'text', 'arraybuffer'] as const)('a refusal, read as %s', async (responseType) => {
    const api = await start({ responseType });
    const error = (await rejection(api.post('/a?b=c', { d: 1 }))) as SignedAxiosError;
    expect(error).toMatchObject({ isAxiosError: true, explanation: { code: 'WrongSecretKey' } });
    expect(error.message).toMatch(/status code 403/);
    expect(sentRequest(error.response!)).toMatchObject({ attempts: 1, signed: { method: 'POST' } });
  });

  test('advice names the options of signAxios', async () => {
    const { url, credentials } = await startGateway();
    const api = (await loadAxios(name)).create({ ...(adapter && { adapter }), baseURL: url });
    signAxios(api, { credentials, service: 's3' });
    const { explanation } = (await rejection(api.get('/a'))) as SignedAxiosError;
    expect(explanation?.advice).toContain("service: 'execute-api' to createSignedFetch or signAxios");
  });

  test('not where the app accepts every status, or reads a stream', async () => {
    const accepting = await start({ validateStatus: () => true });
    expect(await accepting.get('/a')).toMatchObject({ status: 403 });
    const streaming = await start({ responseType: 'stream' });
    expect(await rejection(streaming.get('/a'))).not.toHaveProperty('explanation');
  });

  test("not for the API's own answers, and where none comes", async () => {
    const server = await startServer(answer(403, {}, '{"message":"not yours"}'));
    const api = await start();
    expect(await rejection(api.get(server.url))).not.toHaveProperty('explanation');
    await server.close();
    expect(await rejection(api.get(server.url))).not.toHaveProperty('explanation');
  });
});
