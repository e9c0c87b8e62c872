import axios from 'axios';
import type { AxiosRequestConfig } from 'axios';
import { signAxios } from '../../src/axios/index';
import { startGateway } from './signedFetchHarness';

/** An instance that signs with credentials that its gateway knows. */
export async function start(config: AxiosRequestConfig = {}) {
  const { url, credentials, gateway, store } = await startGateway();
  const api = axios.create({ baseURL: url, ...config });
  return { url, api, gateway, store, credentials, stop: signAxios(api, { credentials }) };
}
