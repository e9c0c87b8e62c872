/** From what an app passes to `invokeApig` to what is sent, and from the response to what the app gets. */
import { ApigError, RequestError } from '../errors.js';
import { explainRefusal } from '../signedFetch/index.js';
import type { PreparedRequest, Retry, SentRequest } from '../signedFetch/index.js';
import { checkKnown, invalidOption, isObject, looksSecret } from '../util/index.js';

/** A value in the query. Arrays repeat their key; `undefined` and `null` are left out. */
export type QueryValue = string | number | boolean | bigint | null | undefined;

/** How a response is read: parsed JSON, its text, a Blob, an ArrayBuffer, or the Response itself. */
export type ResponseType = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'response';

const RESPONSE_TYPES: readonly ResponseType[] = ['json', 'text', 'blob', 'arrayBuffer', 'response'];

/** One call. */
export interface ApigRequest {
  /** Below the API's URL, such as `/notes`. May carry a query. */
  readonly path: string;
  /** Default `GET`. */
  readonly method?: string | undefined;
  /** Sent beside the signer's own. Default: an `Accept`, and for JSON and text a `Content-Type`, of `application/json`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Added to the query of `path`. */
  readonly queryParams?: Readonly<Record<string, QueryValue | readonly QueryValue[]>> | undefined;
  /** Sent as JSON; text, bytes, forms, Blobs and streams as they are. With GET and HEAD it is refused. */
  readonly body?: unknown;
  /**
   * Logs this user in first, where no one or someone else is logged in, or the session turns out to have ended. By an address, also
   * where the session was not opened by this very login: the address may be another user's by now.
   */
  readonly login?:
    | {
        /** The name, or an alias such as the e-mail address. */
        readonly username: string;
        /** Sent to nobody: the login goes over SRP. */
        readonly password: string;
      }
    | undefined;
  /** Ends the call. A login that is under way, which others may share, goes on. */
  readonly signal?: AbortSignal | undefined;
  /** How long the call may take, in milliseconds, login, retries and reading the response included. Default: for ever. */
  readonly timeout?: number | undefined;
  /**
   * When the request is sent again. Default: up to 4 attempts for what may be done twice (GET, HEAD, OPTIONS, PUT, DELETE),
   * for others only where the API surely did not act. `false`: never. A number: how many more times after the first.
   */
  readonly retry?: Retry | undefined;
  /** How the response is read. Default `json`. */
  readonly responseType?: ResponseType | undefined;
  /** `false` for an open route of the API: nobody is asked for credentials, and nobody has to be logged in. Default true. */
  readonly sign?: boolean | undefined;
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
 * Refuses what the signer does not see.
 * @param request The call as the app stated it.
 * @throws SigV4Error `InvalidOption` for an option that is not known, and for a `responseType` that there is not.
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
 * What the app gets for a response.
 * @param response The response.
 * @param sent The request that it answers.
 * @param request The call as the app stated it.
 * @param call The call as it was sent.
 * @throws ApigError for anything but 2xx; RequestError `InvalidResponse` for what cannot be read as asked.
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
    const explanation = await explainRefusal({ status, headers, body: text }, signed, !sign);
    const secrets = [signed.headers['x-amz-security-token']]; // which refusals of a signature repeat
    const details = { status, statusText, headers, text, attempts, explanation, secrets };
    throw new ApigError({ method, url, ...details, request: signed, response });
  }
  if (responseType === 'response') return response;
  if (responseType !== 'json') return response[responseType]();
  const text = await response.text();
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const shown = headers.get('content-type') ?? 'no content type';
    const { pathname } = call.url;
    const path = looksSecret(pathname) ? `a path of ${pathname.length} characters` : pathname;
    throw new RequestError(
      'InvalidResponse',
      /json/i.test(shown)
        ? `${method} ${path} answered ${status} with ${shown}, but its body of ${text.length} characters is not valid JSON.`
        : `${method} ${path} answered ${status} with ${shown} where JSON was expected. ` +
            `Pass responseType: 'text' for an API that does not answer in JSON.`,
      { method, url, attempts, cause },
    );
  }
}
