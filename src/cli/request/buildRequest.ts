/** From a command's options to the request that is sent. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isObject, parseJson } from '../../util/index.js';
import type { OptionValues } from '../arguments.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usageError.js';
import type { APIG_TEST_OPTIONS, REQUEST_OPTIONS } from './options.js';

/** What the options say of a request. */
export type RequestValues = OptionValues<typeof REQUEST_OPTIONS> & OptionValues<typeof APIG_TEST_OPTIONS>;

/** A request that is still to be signed. */
export interface CliRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | Uint8Array | undefined;
}

/**
 * Builds the request.
 * @param address A URL, or a path below the API's.
 * @param values The command's options.
 * @param apiUrl The API's URL, where a configuration states one.
 * @param terminal Whose files and input a body may come from.
 * @throws UsageError which names the option
 */
export async function buildRequest(
  address: string | undefined,
  values: RequestValues,
  apiUrl: string | undefined,
  terminal: Terminal,
): Promise<CliRequest> {
  const additional = readJson(values['additional-params'], '--additional-params');
  const url = new URL(absoluteUrl(address ?? fillTemplate(values), values['invoke-url'] ?? apiUrl));
  for (const [key, value] of [...values.query.map(readPair), ...pairsOf(additional.queryParams, 'queryParams')]) {
    url.searchParams.append(key, value);
  }
  const headers = new Headers();
  for (const [name, value] of [...values.header.map(readHeader), ...pairsOf(additional.headers, 'headers')]) {
    appendHeader(headers, name, value);
  }
  if (values['api-key'] !== undefined) headers.set('x-api-key', values['api-key']);
  const body = await readBody(values.data, terminal);
  if (typeof body === 'string' && !headers.has('content-type') && parseJson(body) !== undefined) {
    headers.set('content-type', 'application/json');
  }
  const method = (values.method ?? (body === undefined ? 'GET' : 'POST')).toUpperCase();
  if (body !== undefined && /^(?:GET|HEAD)$/.test(method)) {
    throw new UsageError(`--data: a ${method} has no body; give another --method`);
  }
  return { url: url.href, method, headers, body };
}

/**
 * The URL that an address stands for.
 * @param address A URL, with or without its scheme, or a path below the API's.
 * @param apiUrl The API's URL, where a configuration states one.
 * @param schemes The schemes that it may have. Default: those that requests are sent by.
 * @throws UsageError for what is neither, and for a path where no API is known
 */
export function absoluteUrl(address: string, apiUrl: string | undefined, schemes = ['http', 'https']): string {
  const [, scheme = ''] = /^([a-z]+):\/\//i.exec(address) ?? [];
  const url = schemes.includes(scheme.toLowerCase()) && URL.canParse(address) ? address : completeUrl(address, apiUrl);
  if (hasPassword(url)) throw new UsageError('expected a URL without a user name and a password: requests are signed');
  return url;
}

/** Whether a URL has a user name or a password in it: `fetch` refuses such a URL, with an error that shows them. */
export function hasPassword(url: string): boolean {
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}

/** This machine's own hosts, which are called without TLS. */
const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/i;

/** The URL of a path below the API's, or of an address without its scheme, as curl and awscurl take it. */
function completeUrl(address: string, apiUrl: string | undefined): string {
  if (address.startsWith('/')) {
    if (apiUrl === undefined) throw new UsageError(`${address}: a path needs --config, which says where the API is`);
    if (!URL.canParse(apiUrl)) throw new UsageError(`expected the API's URL to be one, got '${apiUrl}'`);
    return apiUrl.replace(/\/$/, '') + address;
  }
  const isLocal = LOCAL.test(address);
  const url = `${isLocal ? 'http' : 'https'}://${address}`;
  // The dot has to be the host's: `https:\\name.example` without its scheme is a path of the host `https`.
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (isLocal ? host !== '' : host.includes('.') && !address.includes('://')) return url;
  throw new UsageError(`expected a URL or a path such as /notes, got '${address}'`);
}

/** apig-test's path, with its parameters put in. */
function fillTemplate(values: RequestValues): string {
  const template = values['path-template'];
  if (template === undefined) throw new UsageError('expected a URL or a path such as /notes');
  const params = readJson(values.params, '--params');
  const path = template.replace(/\{(\w+)\+?\}/g, (placeholder, name: string) => {
    const value = params[name];
    if (value === undefined) throw new UsageError(`--params: expected '${name}', which the path has`);
    const encode = (part: string): string => encodeURIComponent(part);
    return placeholder.endsWith('+}')
      ? textOf(value, name).split('/').map(encode).join('/')
      : encode(textOf(value, name));
  });
  return path.startsWith('/') ? path : `/${path}`;
}

function readJson(text: string | undefined, option: string): Record<string, unknown> {
  if (text === undefined) return {};
  try {
    const value = JSON.parse(text) as unknown;
    if (isObject(value)) return value;
  } catch {
    // The same as for JSON of another kind.
  }
  throw new UsageError(`${option}: expected a JSON object, got ${text.length} characters that are none`);
}

function textOf(value: unknown, name: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new UsageError(`${name}: expected text, got ${Array.isArray(value) ? 'an array' : 'an object'}`);
}

function pairsOf(value: unknown, option: string): [string, string][] {
  if (value === undefined) return [];
  if (!isObject(value)) throw new UsageError(`--additional-params: expected ${option} to be an object`);
  return Object.entries(value).map(([key, one]) => [key, textOf(one, key)]);
}

function readPair(text: string): [string, string] {
  const equals = text.indexOf('=');
  return equals < 0 ? [text, ''] : [text.slice(0, equals), text.slice(equals + 1)];
}

function readHeader(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError("--header: expected 'Name: value'");
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function appendHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch (error) {
    throw new UsageError(`--header: '${name}' cannot be sent with this value`, { cause: error });
  }
}

async function readBody(data: string | undefined, terminal: Terminal): Promise<string | Uint8Array | undefined> {
  if (!data?.startsWith('@')) return data;
  if (data === '@-') return terminal.readInput();
  try {
    const bytes = await readFile(resolve(terminal.cwd, data.slice(1)));
    const text = bytes.toString('utf8');
    return Buffer.from(text, 'utf8').equals(bytes) ? text : new Uint8Array(bytes);
  } catch (error) {
    throw new UsageError(`--data: ${data.slice(1)} could not be read: ${(error as Error).message}`, { cause: error });
  }
}
