/** Checks what an app passes to `invokeApig`, and reads the response for it. */
import { ApigError, RequestError } from '../errors.js';
import type { RequestErrorCode } from '../errors.js';
import type { QueryValue } from '../sigv4/index.js';
import { explainRefusal } from '../signedFetch/index.js';
import type { PreparedRequest, Retry, SentRequest } from '../signedFetch/index.js';
import { checkKnown, invalidOption, isObject, looksSecret, startDeadline } from '../util/index.js';
import type { ServerSentEvent } from './serverSentEvents.js';

/** How a response is read: parsed JSON, its text, a Blob, an ArrayBuffer, a stream, server-sent events, or the Response itself. */
export type ResponseType = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream' | 'events' | 'response';

/** The results of a call by `responseType`. JSON is not among them, since its type is the API's own. */
export interface ResponseBodies {
  /** The body's text. */
  readonly text: string;
  /** The body with its content type. */
  readonly blob: Blob;
  /** The body's bytes. */
  readonly arrayBuffer: ArrayBuffer;
  /**
   * The body as it arrives. The call's timeout counts until the headers are there, its signal ends the stream as well; a stream that
   * breaks off rejects with a RequestError `NetworkError`.
   */
  readonly stream: ReadableStream<Uint8Array>;
  /** The events of a `text/event-stream` as they arrive, for `for await`, once; limits and errors are those of `stream`. */
  readonly events: AsyncGenerator<ServerSentEvent, void, undefined>;
  /** The response itself, whose body has not been read. */
  readonly response: Response;
}

const RESPONSE_TYPES: readonly ResponseType[] = ['json', 'text', 'blob', 'arrayBuffer', 'stream', 'events', 'response'];

/** A call of the API, as `invokeApig` takes it. */
export interface ApigRequest {
  /** The path below the API's URL, such as `/notes`. May have a query. */
  readonly path: string;
  /** The HTTP method, in any case. Default `GET`. */
  readonly method?: string | undefined;
  /** Headers to send. Default: an `Accept` of `application/json`, for events `text/event-stream`, and for JSON and text a `Content-Type`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Parameters that are added to the query of `path`; an array repeats its key. Default: none. */
  readonly queryParams?: Readonly<Record<string, QueryValue | readonly QueryValue[]>> | undefined;
  /** The body: text, bytes, forms, Blobs and streams as they are, all else as JSON. Refused with GET and HEAD. Default: none. */
  readonly body?: unknown;
  /**
   * The user to log in first, where nobody or another user is logged in, or the session has ended. Where `username` is an e-mail
   * address, also where the present session was not opened by this login, since the address may belong to another user by now.
   * Default: the user who is logged in.
   */
  readonly login?:
    | {
        /** The name, or an alias such as the e-mail address. */
        readonly username: string;
        /** The password, which with SRP, the default of `authFlow`, never leaves the device. */
        readonly password: string;
      }
    | undefined;
  /** Ends the call when it is aborted. A login that is under way goes on, since other calls may share it. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long the call may take, in milliseconds, login, retries and reading the response included; a stream, or events, only until they
   * begin. Default: for ever.
   */
  readonly timeout?: number | undefined;
  /**
   * When the request is sent again. Default: up to 4 attempts with methods that may be done twice (GET, HEAD, OPTIONS, PUT, DELETE),
   * with others only where the API surely did not act. `false`: never. A number: how many more times after the first.
   */
  readonly retry?: Retry | undefined;
  /** How the response is read. Default `json`. */
  readonly responseType?: ResponseType | undefined;
  /** Whether the request is signed. `false` is for open routes, and needs neither credentials nor a user. Default true. */
  readonly sign?: boolean | undefined;
}

/** Calls an API of which the compiler knows nothing; what it resolves with follows from `responseType`. */
export interface UntypedInvokeApig {
  /** For a `responseType` other than JSON. */
  <Type extends keyof ResponseBodies>(
    request: ApigRequest & { readonly responseType: Type },
  ): Promise<ResponseBodies[Type]>;
  /** For JSON: parsed, of the type that the caller states. */
  <T = unknown>(request: ApigRequest): Promise<T>;
}

const OPTIONS = Object.keys({
  path: true,
  method: true,
  headers: true,
  queryParams: true,
  body: true,
  login: true,
  signal: true,
  timeout: true,
  retry: true,
  responseType: true,
  sign: true,
} satisfies Record<keyof ApigRequest, true>);

/**
 * Checks the options of a call that the signer does not know.
 * @param request The call, as the app states it.
 * @throws SigV4Error `InvalidOption` for an unknown option, and for a value that an option cannot have
 */
export function checkRequest(request: ApigRequest): void {
  if (Object(request) !== request) throw invalidOption('request', "an object, such as { path: '/notes' }", request);
  checkKnown(request, OPTIONS);
  const { sign = true } = request;
  if (typeof sign !== 'boolean') throw invalidOption('sign', 'true or false', sign);
  if (!sign && request.login) throw invalidOption('login', 'none together with sign: false', request.login);
  if (request.login) {
    if (!isObject(request.login)) throw invalidOption('login', '{ username, password }', request.login);
    checkKnown(request.login, ['username', 'password']);
  }
  const { responseType = 'json' } = request;
  if (RESPONSE_TYPES.includes(responseType)) return;
  throw invalidOption('responseType', RESPONSE_TYPES.join(', '), responseType);
}

/**
 * Reads a response in the form that the app asks for.
 * @param response The response.
 * @param sent The request that it answers.
 * @param request The call, as the app states it.
 * @param call The call, as it was sent.
 * @returns The response's content in the form of `responseType`.
 * @throws ApigError for anything but 2xx; RequestError `InvalidResponse` for a body that is not what `responseType` says
 */
export async function readResponse(
  response: Response,
  { signed, attempts }: SentRequest,
  { responseType = 'json', sign = true }: ApigRequest,
  call: PreparedRequest,
): Promise<unknown> {
  const { status, statusText, headers } = response;
  const { method } = call;
  const url = call.url.href;
  if (!response.ok) {
    const text = await response.text();
    const explanation = await explainRefusal({ status, headers, body: text }, signed, { isOpen: !sign });
    const secrets = [signed.headers['x-amz-security-token']]; // API Gateway's refusals repeat the token
    const details = { status, statusText, headers, text, attempts, explanation, secrets };
    throw new ApigError({ method, url, ...details, request: signed, response });
  }
  if (responseType === 'response') return response;
  const type = headers.get('content-type') ?? 'no content type';
  const fail = (code: RequestErrorCode, what: string, cause?: unknown): RequestError => {
    const { pathname } = call.url;
    const path = looksSecret(pathname) ? `a path of ${pathname.length} characters` : pathname;
    return new RequestError(code, `${method} ${path} ${what}`, { method, url, attempts, cause });
  };
  if (responseType === 'stream' || responseType === 'events') {
    const { openEvents, openStream } = await import('./responseStream.js'); // few calls need it
    const deadline = startDeadline(call.signal, undefined, () => undefined);
    return (responseType === 'events' ? openEvents : openStream)(response, { deadline, fail });
  }
  if (responseType !== 'json') return response[responseType]();
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw fail(
      'InvalidResponse',
      /json/i.test(type)
        ? `answered ${status} with ${type}, but its body of ${text.length} characters is not valid JSON.`
        : `answered ${status} with ${type} where JSON was expected. ` +
            `Pass responseType: 'text' for an API that does not answer in JSON.`,
      cause,
    );
  }
}
