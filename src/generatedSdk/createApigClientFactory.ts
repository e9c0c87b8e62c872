/** The factory of clients, made at run time from the API's export. */
import { checkOptions, invalidOption, isObject } from '../util/index.js';
import { readConfig, readInvokeUrl } from './clientConfig.js';
import type { ApigClientConfig } from './clientConfig.js';
import { loadDocument } from './loadDocument.js';
import { fillTemplate, textOf } from './pathTemplate.js';
import { isDocument, readDocument } from './readDocument.js';
import type { Operation } from './readDocument.js';
import { createSend } from './send.js';
import type { ClientOfDocument, ClientOfPaths } from './typedClient.js';
import type { ApigClient, ApigMethod, DocumentWithPaths, Untyped } from './types.js';

/** What `createApigClientFactory` gives, in the place of the generated SDK's `apigClientFactory`. */
export interface ApigClientFactory<Client = ApigClient> {
  /**
   * Makes a client.
   * @param config The keys, and what else there is to say. Default: none, and calls are not signed.
   * @throws SigV4Error `InvalidOption` for options that cannot be used or are not known, or where the API's URL is unknown
   * @example
   * const client = apigClientFactory.newClient({ accessKey, secretKey, sessionToken, region });
   */
  newClient(config?: ApigClientConfig): Client;
}

/** Options of `createApigClientFactory`. */
export interface ApigClientFactoryOptions {
  /**
   * Names for operations whose generated names are alike, as those of `/a-b` and `/a_b` are: `{ 'GET /a_b': 'aUnderscoreB' }`.
   * Default: none.
   */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** Loads the document. Default: the global `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

/**
 * Makes the factory of clients for an API, in the place of the SDK that API Gateway generates. The types of methods, parameters, bodies
 * and results follow from the document where the compiler knows it: given in place, or `as const`.
 * @param document The API's export as an object: OpenAPI 3.0 or 3.1, or Swagger 2.0.
 * @param options None that matters here: with `names`, methods have any name to the compiler. Default: none.
 * @returns `newClient`, whose clients have methods of the generated names, such as `notesIdPut`.
 * @throws SigV4ClientError `InvalidOption`, which names the place in the document by its JSON pointer
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-generate-sdk-javascript.html
 * @example
 * const client = createApigClientFactory(document).newClient({ accessKey, secretKey, sessionToken });
 * const { data } = await client.notesIdPut({ id: '1' }, { content: 'Milk' });
 */
export function createApigClientFactory<const Document extends DocumentWithPaths>(
  document: Document,
  options?: ApigClientFactoryOptions & { readonly names?: undefined },
): ApigClientFactory<ClientOfDocument<Document>>;
/**
 * Loads an API's export, and makes the factory of clients.
 * @param source The URL of the export, or its JSON text. The type argument is `paths`, as openapi-typescript makes it. Default: any
 *   names and parameters.
 * @param options `fetch` to load it with, and names where generated ones are alike. Default: none.
 * @returns A promise of `newClient`.
 * @throws SigV4ClientError `InvalidOption` as for a document; RequestError where it cannot be loaded
 * @example
 * const apigClientFactory = await createApigClientFactory<paths>('/api.json');
 */
export function createApigClientFactory<Paths extends object = Untyped>(
  source: string | URL,
  options?: ApigClientFactoryOptions,
): Promise<ApigClientFactory<ClientOfPaths<Paths>>>;
/**
 * Makes the factory of clients for an API that the compiler knows by the `paths` of openapi-typescript, or not at all.
 * @param document The API's export as an object: OpenAPI 3.0 or 3.1, or Swagger 2.0.
 * @param options Names where generated ones are alike. Default: none.
 * @returns `newClient`.
 * @throws SigV4ClientError `InvalidOption`, which names the place in the document by its JSON pointer
 * @example
 * const apigClientFactory = createApigClientFactory<paths>(document);
 */
export function createApigClientFactory<Paths extends object = Untyped>(
  document: object,
  options?: ApigClientFactoryOptions,
): ApigClientFactory<ClientOfPaths<Paths>>;
export function createApigClientFactory(
  source: object | string,
  options: ApigClientFactoryOptions = {},
): ApigClientFactory | Promise<ApigClientFactory> {
  checkOptions(options, ['names', 'fetch']);
  if (typeof source === 'string' || source instanceof URL) {
    return loadDocument(source, options.fetch ?? fetch).then((document) => makeFactory(document, options));
  }
  if (!isDocument(source)) throw invalidOption('document', "the API's export, its JSON or its URL", source);
  return makeFactory(source, options);
}

function makeFactory(document: unknown, { names = {} }: ApigClientFactoryOptions): ApigClientFactory {
  const { url, operations } = readDocument(document);
  const named = nameOperations(operations, names);
  return {
    newClient: (config = {}) => {
      const send = createSend(readConfig(config));
      const base = readInvokeUrl(config.invokeUrl ?? url);
      const methods = [...named].map(([name, found]) => [name, createMethod(name, found, base, send)] as const);
      return Object.fromEntries(methods);
    },
  };
}

function nameOperations(operations: readonly Operation[], names: unknown): Map<string, Operation[]> {
  if (!isObject(names)) throw invalidOption('names', "an object, such as { 'GET /a_b': 'aUnderscoreB' }", names);
  const named = new Map<string, Operation[]>();
  const routes = new Set(operations.map(routeOf));
  for (const [route, name] of Object.entries(names)) {
    if (!routes.has(route))
      throw invalidOption(`names['${route}']`, 'a route of the document, such as GET /notes', name);
    if (typeof name !== 'string' || name === '') throw invalidOption(`names['${route}']`, 'a name', name);
  }
  for (const operation of operations) {
    const name = (names[routeOf(operation)] as string | undefined) ?? operation.name;
    const alike = named.get(name);
    if (alike) alike.push(operation);
    else named.set(name, [operation]);
  }
  return named;
}

const routeOf = ({ verb, path }: Operation): string => `${verb.toUpperCase()} ${path}`;

function createMethod(
  name: string,
  [operation, ...others]: readonly Operation[],
  base: string,
  send: ReturnType<typeof createSend>,
): ApigMethod {
  return (params = {}, body, additionalParams = {}) => {
    if (operation === undefined || others.length > 0) {
      // The generated SDK calls one of them, whichever it is.
      const routes = [operation, ...others].map((one) => one && routeOf(one)).join(', ');
      throw invalidOption('names', `a name for each of the routes that are called ${name}`, routes);
    }
    if (!isObject(params)) throw invalidOption('params', 'an object', params);
    checkOptions(additionalParams, ['headers', 'queryParams', 'timeout'], invalidOption, 'additionalParams');
    const valueOf = (key: string): unknown => (Object.hasOwn(params, key) ? params[key] : undefined);
    const parameters = operation.parameters();
    const valuesIn = (where: string) => {
      const found = parameters.filter((one) => one.in === where);
      return Object.fromEntries(found.map((one) => [one.name, read(valueOf(one.name), one)]));
    };
    return send({
      method: operation.verb.toUpperCase(),
      url: base + fillTemplate(operation.path, valueOf),
      headers: valuesIn('header'),
      query: valuesIn('query'),
      body,
      additionalParams,
    });
  };
}

/** Optional parameters may be left out. The generated SDK demands all of them, so that calls that work there work here. */
function read(value: unknown, { name, required }: { name: string; required: boolean }): string | undefined {
  return value === undefined && !required ? undefined : textOf(value, `params.${name}`);
}
