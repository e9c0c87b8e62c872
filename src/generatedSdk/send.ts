/** Sends a call, and makes the result of the answer. */
import {
  createClock,
  createRequestSigner,
  createRetryPolicy,
  createUnsignedSigner,
  explainRefusal,
  readFetchArguments,
  sendRequest,
} from '../signedFetch/index.js';
import type { CredentialProvider, Retry, SentRequest } from '../signedFetch/index.js';
import { encodeRfc3986 } from '../sigv4/index.js';
import { checkTimeout, parseJson, redact } from '../util/index.js';
import { ApigClientError } from './apigClientError.js';
import { encodeBody } from './encodeBody.js';
import { textOf } from './pathTemplate.js';
import type { AdditionalParams, ApigResult } from './types.js';

/** How a client sends. */
export interface SendOptions {
  /** Default: none, and nothing is signed. */
  readonly credentials: CredentialProvider | undefined;
  readonly region: string | undefined;
  readonly service?: string | undefined;
  readonly signedHost?: string | undefined;
  readonly apiKey: string | undefined;
  readonly defaultContentType: string;
  readonly defaultAcceptType: string;
  readonly now?: (() => number) | undefined;
  readonly retry: Retry | undefined;
  readonly timeout: number | undefined;
  readonly fetch: typeof fetch | undefined;
}

/** A call, with the values of its parameters where they go. */
export interface Call {
  readonly method: string;
  /** The URL, without a query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly additionalParams: AdditionalParams;
}

/** Makes the function that sends a client's calls. */
export function createSend(options: SendOptions): (call: Call) => Promise<ApigResult> {
  const { credentials, region, service, signedHost, now, retry } = options;
  const signer =
    credentials === undefined
      ? createUnsignedSigner(createClock(now))
      : createRequestSigner({ credentials, region, service, signedHost, ...(now && { now }) });
  const retryPolicy = createRetryPolicy(retry);
  const isSigned = credentials !== undefined;

  return async (call) => {
    const { method, additionalParams } = call;
    const url = call.url + readQuery({ ...call.query, ...additionalParams.queryParams });
    const headers = readHeaders(call, options);
    const encoded = encodeBody(method, call.body, headers.get('content-type') ?? '', isSigned);
    if (encoded === undefined || encoded.setsType) headers.delete('content-type');
    const data = encoded?.body;
    const config = { method, url, headers: Object.fromEntries(headers), data };
    const { timeout: own } = additionalParams;
    const timeout = checkTimeout(own === 0 ? undefined : own) ?? options.timeout;
    const request = readFetchArguments(url, { method, headers, ...(data !== undefined && { body: data }) });
    return sendRequest(
      { ...request, retryPolicy, timeout },
      (response, sent) => readAnswer(response, sent, config, isSigned),
      () => ({ signer, fetch: options.fetch }),
    );
  };
}

function readQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeRfc3986(name)}=${encodeRfc3986(textOf(value, `queryParams.${name}`))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function readHeaders({ headers, additionalParams }: Call, options: SendOptions): Headers {
  const sent = new Headers({ 'content-type': options.defaultContentType, accept: options.defaultAcceptType });
  const { apiKey } = options;
  const all = [...Object.entries(headers), ['x-api-key', apiKey], ...Object.entries(additionalParams.headers ?? {})];
  for (const [name, value] of all as [string, unknown][]) {
    if (value !== undefined) sent.set(name, textOf(value, `headers['${name}']`));
  }
  return sent;
}

async function readAnswer(
  response: Response,
  { signed }: SentRequest,
  config: ApigResult['config'],
  isSigned: boolean,
): Promise<ApigResult> {
  const { status, statusText, ok } = response;
  const received = await response.text();
  const text = ok ? received : redact(received, [signed.headers['x-amz-security-token']]); // refusals repeat the token
  const headers = Object.fromEntries(response.headers);
  const result = { status, statusText, data: parseJson(text) ?? text, headers, config };
  if (ok) return result;
  const answer = { status, headers: response.headers, body: received };
  const explanation = await explainRefusal(answer, signed, { isOpen: !isSigned, signer: 'functions' });
  throw new ApigClientError({ ...result, explanation });
}
