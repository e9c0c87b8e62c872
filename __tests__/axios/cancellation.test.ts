/** What ends a call ends its signing, with every version and adapter. */
import { getEventListeners } from 'node:events';
import type { AxiosRequestConfig } from 'axios';
import { signAxios } from '../../src/axios/index';
import { createGate } from '../support/gate';
import { answer, ANY_KEYS, closeAll, rejection, startServer } from '../support/signedFetchHarness';
import { loadAxios, VERSIONS_AND_ADAPTERS } from '../support/signedAxios';

afterAll(closeAll);

describe.each(VERSIONS_AND_ADAPTERS)('%s, adapter %s', (name, adapter) => {
  /** An instance whose credentials come when the gate is opened. */
  async function start() {
    const axios = await loadAxios(name);
    const server = await startServer(answer(200));
    const gate = createGate();
    const api = axios.create({ ...(adapter && { adapter }), baseURL: server.url });
    signAxios(api, { credentials: async () => gate.pass().then(() => ANY_KEYS) });
    return { axios, api, gate, server };
  }

  test.each(['signal', 'cancelToken', 'both'])('a call that waits for credentials, by its %s', async (by) => {
    const { axios, api, gate, server } = await start();
    const controller = new AbortController();
    const { token, cancel } = axios.CancelToken.source();
    const config: AxiosRequestConfig = {
      ...(by !== 'cancelToken' && { signal: controller.signal }),
      ...(by !== 'signal' && { cancelToken: token }),
    };
    const error = rejection(api.get('/', config));
    await gate.reached;
    if (by === 'cancelToken') cancel();
    else controller.abort();
    expect(axios.isCancel(await error)).toBe(true);
    gate.open();
    expect(server.seen).toEqual([]);
  });

  test('a call that was ended before', async () => {
    const { axios, api, server } = await start();
    expect(axios.isCancel(await rejection(api.get('/', { signal: AbortSignal.abort() })))).toBe(true);
    const { token, cancel } = axios.CancelToken.source();
    cancel();
    expect(axios.isCancel(await rejection(api.get('/', { cancelToken: token })))).toBe(true);
    expect(server.seen).toEqual([]);
  });

  test('a signal or token that outlives its calls keeps nothing of them', async () => {
    const { axios, api, gate } = await start();
    gate.open();
    const { signal } = new AbortController();
    const { token } = axios.CancelToken.source();
    for (let call = 0; call < 3; call++) await api.get('/', { signal, cancelToken: token });
    expect((token as unknown as { _listeners: unknown[] })._listeners).toEqual([]);
    // axios 1.7's own fetch adapter keeps a listener until it is collected, with and without a signature.
    expect(adapter === 'fetch' ? [] : getEventListeners(signal, 'abort')).toEqual([]);
  });
});
