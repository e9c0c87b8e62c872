/** The API: its address, and what can be asked of it without keys. */
import { readAwsHost } from '../../sigv4/index.js';
import type { Answer, Prober } from './prober.js';

/** The headers that a page sends with a signed call, and needs permission for. */
export const SIGNED_HEADERS = ['authorization', 'content-type', 'x-amz-date', 'x-amz-security-token'] as const;

/** The API, at one path. */
export interface Api {
  /** The URL of the path, with the stage. */
  readonly url: string;
  readonly method: string;
  /** The origin of the app's pages, such as `https://app.example.com`. */
  readonly origin: string;
  /** The region that its host names. */
  readonly region: string | undefined;
  /** The API's id at API Gateway; `API_ID` where the host does not name it. */
  readonly id: string;
  /** Sends the preflight that a browser sends before a signed call. */
  readonly preflight: () => Promise<Answer>;
  /** Sends the call without a signature, as from a page: the gateway refuses it. */
  readonly unsigned: () => Promise<Answer>;
}

/** The address of an API, and how pages call it. */
export interface ApiAddress {
  readonly url: string;
  readonly method: string;
  readonly origin: string;
}

/** The API at an address. */
export function apiOf({ url, method, origin }: ApiAddress, { send }: Prober): Api {
  const { hostname } = new URL(url);
  const { service, region } = readAwsHost(hostname, 'https:/');
  const isApiGateway = service === 'execute-api';
  const preflight = {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': SIGNED_HEADERS.join(','),
  };
  return {
    url,
    method,
    origin,
    region,
    id: isApiGateway && region !== undefined ? hostname.split('.')[0]! : 'API_ID',
    preflight: () => send(url, { method: 'OPTIONS', headers: preflight }),
    unsigned: () => send(url, { method, headers: { origin } }),
  };
}

/** Whether an answer comes from an HTTP API, whose settings stand elsewhere than a REST API's. */
export const isHttpApi = ({ headers }: Answer): boolean => headers.has('apigw-requestid');

/** Whether pages of an origin may read an answer (Fetch standard, section 3.2.3). */
export function isReadableBy(origin: string, { headers }: Answer): boolean {
  const allowed = headers.get('access-control-allow-origin');
  return allowed === '*' || allowed === origin;
}
