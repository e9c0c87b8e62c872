import axios from 'axios';
import type { AxiosRequestConfig, AxiosStatic } from 'axios';
import { signAxios } from '../../src/axios/index';
import { startGateway } from './signedFetchHarness';

/** An instance that signs with credentials that its gateway knows. */
export async function start(config: AxiosRequestConfig = {}) {
  const { url, credentials, gateway, store } = await startGateway();
  const api = axios.create({ baseURL: url, ...config });
  return { url, api, gateway, store, credentials, stop: signAxios(api, { credentials }) };
}

/** Of the peer range: the first, the last without a fetch adapter, the first with one, and the newest. */
const VERSIONS = ['axios-1.1', 'axios-1.6', 'axios-1.7', 'axios'];
const WITH_FETCH = ['axios-1.7', 'axios'];

/** Loads a version by its name in package.json. */
export const loadAxios = async (name: string): Promise<AxiosStatic> =>
  ((await import(name)) as { default: AxiosStatic }).default;

/** Each version with each adapter that it has in Node. */
export const VERSIONS_AND_ADAPTERS = VERSIONS.flatMap((name) =>
  (WITH_FETCH.includes(name) ? ['http', 'fetch'] : [undefined]).map((adapter) => [name, adapter] as const),
);
