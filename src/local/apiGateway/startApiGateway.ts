import { randomBytes, randomUUID } from 'node:crypto';
import { verifyRequest } from '../../verify/index.js';
import type { RefusalCode } from '../../verify/index.js';
import { LocalAwsError } from '../credentials/index.js';
import type { CredentialStore, IssuedCredentials } from '../credentials/index.js';
import type { ApiCaller, ApiHandler } from './handler.js';
import { corsHeaders, listen } from '../http/index.js';
import type { WireInfo } from '../http/index.js';
import { createNotesApi } from './notes.js';
import { createPolicyCheck } from './policy.js';
import type { Policy } from './policy.js';
import { createProxy } from './proxy.js';
import * as answers from './refusals.js';

/** Options of `startApiGateway`; all but `store` are optional. */
export interface ApiGatewayOptions {
  /** The credentials that callers may sign with: the store that the identity pool issues into. */
  readonly store: CredentialStore;
  /** The API: a function from a standard `Request` to a `Response`. Default: a small notes API. */
  readonly handler?: ApiHandler | undefined;
  /** The API: the http: or https: URL of a server that the requests are passed on to. */
  readonly target?: string | URL | undefined;
  /** Who may call what. Default: whoever has credentials may call everything. */
  readonly policy?: Policy | undefined;
  /** Default `us-east-1`. */
  readonly region?: string | undefined;
  /** First part of every path. Default `dev`. */
  readonly stage?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** The clock for signatures, expiry and the `Date` header. Default: the machine's. */
  readonly now?: (() => Date) | undefined;
  /**
   * CORS headers for browsers, and answers to their preflights. Default true, on refusals as well, so that a page can
   * read why it was refused. On AWS refusals lack them until you add them to the gateway's responses, and a page only
   * sees a network error: `{ refusals: false }` shows your app that. `false`: none at all, preflights neither.
   */
  readonly cors?:
    | boolean
    | {
        /** Whether refusals have them as well. */
        readonly refusals: boolean;
      }
    | undefined;
  /** Milliseconds that the API may take until its answer begins. Default 29,000, as on AWS. */
  readonly timeout?: number | undefined;
  /** Is told what the handler threw, or why the target cannot be reached; the caller sees a bare 502. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A request that was answered, for tests and logs. */
export interface LoggedRequest {
  /** As it came. */
  readonly method: string;
  /** With the stage, without the query, which may hold a signature. */
  readonly path: string;
  /** What it was answered with. */
  readonly status: number;
  /** Why the signature was refused. */
  readonly refusal?: RefusalCode;
  /** Whose signature was found to be good. */
  readonly identityId?: string;
  /** The key of that signature. */
  readonly accessKeyId?: string;
}

/** A running API gateway. */
export interface LocalApiGateway {
  /** With the stage: `http://127.0.0.1:<port>/dev`. */
  readonly url: string;
  /** The port of the URL. */
  readonly port: number;
  /** The region that requests must be signed for. */
  readonly region: string;
  /** First part of every path. */
  readonly stage: string;
  /** What the resources of a policy begin with: `arn:aws:execute-api:<region>:<account>:<api>`. */
  readonly arn: string;
  /** The latest thousand requests, the oldest first, preflights among them. */
  readonly requests: readonly LoggedRequest[];
  /** Stops the server, open connections as well. */
  close(): Promise<void>;
}

const ACCOUNT = '123456789012';
const API_ID = 'local00api';
const LOG_SIZE = 1000;

/**
 * Starts an API Gateway with IAM authorization on 127.0.0.1: it checks each request's signature, the credentials, the
 * clock and the policy as AWS does, refuses with AWS's own answers, and passes what is good on to the API behind it.
 *
 * @param options the store of credentials; the API, policy, region, stage, port …
 * @returns the running gateway
 * @throws {LocalAwsError} `InvalidOption`, with the option's name
 *
 * @example
 * const store = new CredentialStore();
 * const gateway = await startApiGateway({ store, handler: (request, { identityId }) => Response.json({ identityId }) });
 * // sign requests to gateway.url with credentials of the store, and in the end:
 * await gateway.close();
 */
export async function startApiGateway(options: ApiGatewayOptions): Promise<LocalApiGateway> {
  const { store, region = 'us-east-1', stage = 'dev', cors = true, now = () => new Date(), timeout = 29_000 } = options;
  checkOptions(options);
  const decide = createPolicyCheck(options.policy);
  const api = options.target === undefined ? (options.handler ?? createNotesApi(now)) : createProxy(options.target);
  const apiFailed = options.target === undefined ? answers.handlerFailed : answers.targetFailed;
  const arn = `arn:aws:execute-api:${region}:${ACCOUNT}:${API_ID}`;
  const requests: LoggedRequest[] = [];

  /** Who calls, where the signature is good. */
  async function authenticate(request: Request, wire: WireInfo) {
    return verifyRequest<IssuedCredentials>(
      { method: request.method, target: wire.rawPath, headers: wire.rawHeaders, body: wire.rawBody },
      { credentials: (accessKeyId) => store.find(accessKeyId), region, service: 'execute-api', now },
    );
  }

  async function callApi(request: Request, caller: ApiCaller): Promise<Answer> {
    try {
      const response: unknown = await withTimeout(request, timeout, (inner) => api(inner, caller));
      if (isResponse(response)) return { response, from: 'api' };
      throw new TypeError(`handler: expected it to return a Response, got ${typeof response}`);
    } catch (error) {
      options.onError?.(error);
      return { response: error instanceof Timeout ? answers.timedOut() : apiFailed(), from: 'gateway' };
    }
  }

  async function respond(request: Request, wire: WireInfo, requestId: string): Promise<Answer> {
    const { pathname } = new URL(request.url);
    if (wire.rawBody.length > answers.MAX_BODY) return { response: answers.bodyTooLarge(), from: 'gateway' };
    if (pathname !== `/${stage}` && !pathname.startsWith(`/${stage}/`)) {
      return { response: answers.noSuchStage(), from: 'gateway' };
    }
    const result = await authenticate(request, wire);
    if (!result.ok) return { response: answers.signatureRefused(result), from: 'gateway', refusal: result.code };

    const { identityId, authenticated, username } = result.caller;
    const role = authenticated ? 'Cognito_localAuth_Role' : 'Cognito_localUnauth_Role';
    const userArn = `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/CognitoIdentityCredentials`;
    const { accessKeyId } = result;
    const path = pathname.slice(stage.length + 1) || '/';
    const resource = `${arn}/${stage}/${request.method}${decodePath(path)}`;
    const decision = decide(resource, identityId);
    const who = { identityId, accessKeyId };
    if (decision !== 'allow') {
      return { response: answers.accessDenied(userArn, resource, decision), from: 'gateway', ...who };
    }
    const caller = { ...who, authenticated, userArn, requestId, ...(username === undefined ? {} : { username }) };
    return { ...(await callApi(forApi(request, path, wire), caller)), ...who };
  }

  async function handle(request: Request, wire: WireInfo): Promise<Response> {
    const requestId = randomUUID();
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method');
    const { response, from, ...about } =
      isPreflight && cors !== false
        ? ({ response: new Response(null, { status: 204 }), from: 'api' } satisfies Answer)
        : await respond(request, wire, requestId);

    requests.push({ method: request.method, path: new URL(request.url).pathname, status: response.status, ...about });
    if (requests.length > LOG_SIZE) requests.shift();

    const headers = new Headers(response.headers);
    headers.set('date', now().toUTCString());
    headers.set('x-amzn-requestid', requestId);
    headers.set('x-amz-apigw-id', randomBytes(11).toString('base64'));
    const wantsCors = from === 'api' ? cors !== false : cors === true || (cors !== false && cors.refusals);
    if (wantsCors && !headers.has('access-control-allow-origin')) {
      for (const [name, value] of Object.entries(corsHeaders(request))) {
        if (name === 'Vary') headers.append(name, value);
        else headers.set(name, value);
      }
    }
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  const server = await listen(handle, options.port, options.onError ? { onError: options.onError } : {});
  const close = (): Promise<void> => server.close();
  return { url: `${server.url}/${stage}`, port: server.port, region, stage, arn, requests, close };
}

interface Answer {
  response: Response;
  /** Whether the API answered, or the gateway in its place. */
  from: 'api' | 'gateway';
  refusal?: RefusalCode;
  identityId?: string;
  accessKeyId?: string;
}

/** The request as the API sees it: without the stage, and without what was there for the signature only. */
function forApi(request: Request, path: string, wire: WireInfo): Request {
  const { origin, search } = new URL(request.url);
  const parts = search.slice(1).split('&');
  const query = parts.filter(
    (part) => !/^X-Amz-(Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token)=/.test(part),
  );
  const headers = new Headers(request.headers);
  headers.delete('authorization');
  headers.delete('x-amz-security-token');
  const { method, signal } = request;
  const hasBody = wire.rawBody.length > 0 && method !== 'GET' && method !== 'HEAD';
  const url = `${origin}${path}${query.join('&') === '' ? '' : `?${query.join('&')}`}`;
  return new Request(url, { method, headers, signal, ...(hasBody ? { body: wire.rawBody } : {}) });
}

/** A `Response` of whatever make: frameworks bring their own. */
function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'status' in value && 'headers' in value && 'body' in value;
}

/** So that `/%6Eotes` is no way around a rule for `/notes`. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

class Timeout extends Error {
  override readonly name = 'Timeout';
}

/** Gives up after `ms`, and then, or when the caller hangs up, aborts the request that the API was given. */
async function withTimeout<T>(request: Request, ms: number, call: (request: Request) => T | Promise<T>): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(request.signal.reason);
  };
  if (request.signal.aborted) abort();
  request.signal.addEventListener('abort', abort, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Timeout(`the API did not answer within ${ms} ms`);
      reject(error);
      controller.abort(error);
    }, ms);
  });
  try {
    return await Promise.race([call(new Request(request, { signal: controller.signal })), late]);
  } finally {
    clearTimeout(timer);
  }
}

function checkOptions({ handler, target, region, stage, timeout, cors }: ApiGatewayOptions): void {
  const fail = (name: string, expected: string, got: string): never => {
    throw new LocalAwsError('InvalidOption', `${name}: expected ${expected}, got ${got}`);
  };
  if (handler !== undefined && typeof handler !== 'function') fail('handler', 'a function', typeof handler);
  if (handler !== undefined && target !== undefined) fail('handler, target', 'one of them', 'both');
  if (region !== undefined && !/^[a-z\d-]+$/.test(region)) fail('region', 'a name like us-east-1', `'${region}'`);
  if (stage !== undefined && !/^[\w-]{1,128}$/.test(stage)) fail('stage', 'letters, digits, - and _', `'${stage}'`);
  if (timeout !== undefined && !(timeout > 0)) fail('timeout', 'milliseconds above 0', String(timeout));
  if (cors !== undefined && typeof cors !== 'boolean' && typeof cors.refusals !== 'boolean') {
    fail('cors', 'true, false or { refusals: boolean }', typeof cors);
  }
}
