/** Data that is neither text nor bytes. */
import type { AxiosRequestConfig } from 'axios';
import { signAxios } from '../../src/axios/index';
import { verifyRequest } from '../../src/verify';
import { answer, ANY_KEYS, closeAll, startServer } from '../support/signedFetchHarness';
import { loadAxios, VERSIONS_AND_ADAPTERS } from '../support/signedAxios';

afterAll(closeAll);

describe.each(VERSIONS_AND_ADAPTERS)('%s, adapter %s', (name, adapter) => {
  // What the scalar is in JSON, which is also its text.
  test.each<[unknown, AxiosRequestConfig, string]>([
    [0, {}, '0'],
    [42.5, {}, '42.5'],
    [false, {}, 'false'],
    [true, {}, 'true'],
    [10n, {}, '10'],
    [0, { headers: { 'content-type': 'application/json' } }, '0'],
    [false, { headers: { 'content-type': 'application/json' } }, 'false'],
  ])('%p arrives, with %j', async (data, config, text) => {
    const server = await startServer(answer(200));
    const api = (await loadAxios(name)).create({ ...(adapter && { adapter }) });
    signAxios(api, { credentials: ANY_KEYS });
    await api.post(server.url, data, config);
    const { method, path: target, headers, body } = server.seen[0]!;
    expect(Buffer.from(body).toString()).toBe(text);
    const request = { method, target, headers: [...headers], body };
    expect(await verifyRequest(request, { credentials: () => ANY_KEYS })).toMatchObject({ ok: true });
  });
});
