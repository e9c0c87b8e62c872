/** The interface of the package aws-api-gateway-client: calls by path template, without a document. */
import { checkOptions, invalidOption, isObject } from '../util/index.js';
import { CLIENT_OPTIONS, readConfig, readInvokeUrl } from './clientConfig.js';
import type { ApigClientConfig } from './clientConfig.js';
import { fillTemplate } from './pathTemplate.js';
import { createSend } from './send.js';
import type { AdditionalParams, ApigResult } from './types.js';

/** What `apigClientFactory.newClient` takes. */
export interface InvokeApiConfig extends ApigClientConfig {
  /** Where the API is, with its stage. */
  readonly invokeUrl: string;
  /** The service to sign for. Default `execute-api`. */
  readonly service?: string | undefined;
  /** The host to sign for, where another one is called, such as a proxy. Default: that of `invokeUrl`. */
  readonly host?: string | undefined;
  /** How far the device's clock is behind, in milliseconds. Default 0; a clock that is wrong corrects itself. */
  readonly systemClockOffset?: number | undefined;
  /** Headers for all calls. In the package they are for unsigned calls only. Default: none. */
  readonly headers?: AdditionalParams['headers'];
  /** How many more times a call is sent after the first. Default: that of `retry`. */
  readonly retries?: number | undefined;
}

/** What `apigClientFactory.newClient` gives. */
export interface InvokeApiClient {
  /**
   * Calls the API.
   * @param pathParams Values for the names in the template.
   * @param pathTemplate The path below the API's URL, such as `/notes/{id}`; with `{proxy+}` or `{+proxy}`, slashes in the value stay.
   * @param method The HTTP method, in any case.
   * @param additionalParams `headers`, `queryParams` and `timeout`. Default: none.
   * @param body The body; objects are sent as JSON. Default: none.
   * @returns The answer.
   * @throws ApigClientError for anything but 2xx; SigV4Error for what cannot be sent; RequestError where no answer came
   * @example
   * const { data } = await client.invokeApi({ id: '1' }, '/notes/{id}', 'GET', { queryParams: { full: true } });
   */
  invokeApi<Data = unknown>(
    pathParams: Readonly<Record<string, unknown>> | undefined,
    pathTemplate: string,
    method: string,
    additionalParams?: AdditionalParams,
    body?: unknown,
  ): Promise<ApigResult<Data>>;
}

const OPTIONS = [...CLIENT_OPTIONS, 'service', 'host', 'systemClockOffset', 'headers', 'retries'];

/** In the place of the package aws-api-gateway-client. */
export const apigClientFactory = {
  /**
   * Makes a client.
   * @param config Where the API is, the keys, and what else there is to say.
   * @returns `invokeApi`
   * @throws SigV4Error `InvalidOption` for options that cannot be used or are not known
   * @example
   * const client = apigClientFactory.newClient({ invokeUrl, accessKey, secretKey, sessionToken, region });
   */
  newClient: (config: InvokeApiConfig): InvokeApiClient => {
    const options = readConfig(config, OPTIONS);
    const base = readInvokeUrl(config.invokeUrl);
    const { service = 'execute-api', host, systemClockOffset: offset = 0, retries, headers = {} } = config;
    if (typeof offset !== 'number' || !Number.isFinite(offset)) {
      throw invalidOption('systemClockOffset', 'milliseconds', offset);
    }
    if (!isObject(headers)) throw invalidOption('headers', 'an object', headers);
    const send = createSend({
      ...options,
      service,
      signedHost: host,
      retry: retries ?? config.retry,
      ...(offset !== 0 && { now: () => Date.now() + offset }),
    });
    return {
      invokeApi: async <Data>(
        ...[params = {}, template, method, additional = {}, body]: Parameters<InvokeApiClient['invokeApi']>
      ) => {
        if (!isObject(params)) throw invalidOption('pathParams', 'an object', params);
        if (typeof template !== 'string') throw invalidOption('pathTemplate', 'text, such as /notes/{id}', template);
        if (typeof method !== 'string') throw invalidOption('method', 'an HTTP method', method);
        checkOptions(additional, ['headers', 'queryParams', 'timeout'], invalidOption, 'additionalParams');
        const result = await send({
          method: method.toUpperCase(),
          url: base + fillTemplate(template, (name) => (Object.hasOwn(params, name) ? params[name] : undefined)),
          headers,
          query: {},
          body,
          additionalParams: additional,
        });
        return result as ApigResult<Data>;
      },
    };
  },
};
