/** What the signer takes and gives. */

/**
 * SHA-256 and HMAC: crypto-js, unless the option `hash` names another engine, such as `nodeHash` of `sigv4-client/hash/node`.
 * @example
 * const hash: HashEngine = {
 *   sha256: (data) => createHash('sha256').update(data).digest('hex'),
 *   hmac: (key) => (message) => createHmac('sha256', key).update(message).digest('hex'),
 * };
 */
export interface HashEngine {
  /**
   * SHA-256 (FIPS 180-4).
   * @param data Bytes, or text, which is hashed as UTF-8.
   * @returns 64 hex digits in lower case.
   */
  sha256(data: string | Uint8Array): string;
  /**
   * HMAC-SHA-256 (RFC 2104) under a key, which engines may prepare once for many messages.
   * @param key Bytes, or text, which counts as UTF-8.
   * @returns A function from a message to its 64 hex digits in lower case.
   */
  hmac(key: string | Uint8Array): (message: string) => string;
}

/** Name and value of a header, or of a parameter in the query. */
export type Pair = readonly [name: string, value: string];
/**
 * A value in the query: numbers and booleans become text, `null` and `undefined` are left out. `NaN` and `Infinity` are text too, as
 * in the old client, axios and `URLSearchParams`: whoever changes over sends the same, and the API sees what it refuses.
 */
export type QueryValue = string | number | boolean | bigint | null | undefined;
/** A query: a record, in which an array repeats its key, `URLSearchParams`, or pairs of name and value. */
export type QueryParams = Readonly<Record<string, QueryValue | readonly QueryValue[]>> | Iterable<Pair>;
/** Headers: a record, `Headers`, or pairs. Values of one name are joined by `, `; `null` and `undefined` are left out. */
export type HeaderParams = Readonly<Record<string, string | number | boolean | null | undefined>> | Iterable<Pair>;
/** A body: text and bytes go out as they are, `URLSearchParams` as a form, everything else as JSON. */
export type RequestBody = string | number | boolean | object | null | undefined;
/** A body in the form that goes out. */
export type SignedBody = Extract<NonNullable<RequestInit['body']>, string | ArrayBuffer | ArrayBufferView>;

/** Credentials in AWS SDK v3's shape, as they are given: what there is not may also be `undefined`, as an unset environment variable gives it. */
export interface GivenCredentials {
  /** The access key id, which is no secret and goes with every request. */
  readonly accessKeyId: string;
  /** The secret access key, which is never sent. Appears in no property of a client, no error and no log. */
  readonly secretAccessKey: string;
  /** The session token of temporary credentials, which goes with every request; long-lived keys have none. */
  readonly sessionToken?: string | undefined;
  /** When they expire. `undefined`: never, or not known. */
  readonly expiration?: Date | undefined;
  /** The identity's id, where the credentials come from an identity pool. */
  readonly identityId?: string | undefined;
}

/** Exceptions from the signer's own choice of the headers that it signs. */
export interface SignedHeadersOptions {
  /** Headers that are sent but not signed, since a proxy on the way changes them. Neither `host` nor `x-amz-…`. Default: none. */
  unsignedHeaders?: readonly string[] | null | undefined;
  /**
   * Headers that are signed where a request states them, though the signer does not sign them by default: `User-Agent`,
   * `Cache-Control`, `X-Forwarded-…`, the `Content-Type` of a GET … Whatever sends the request must not change them. Default: none.
   */
  extraSignedHeaders?: readonly string[] | null | undefined;
}

/** What `newClient` takes. */
export interface ClientConfig extends SignedHeadersOptions {
  /** Access key id, as in `AWS.config.credentials.accessKeyId`. */
  accessKey: string;
  /** Secret access key. Appears in no property, error or log. */
  secretKey: string;
  /** Session token of temporary credentials. */
  sessionToken?: string | null | undefined;
  /** The API's URL: `https:`, `http:`, `wss:` or `ws:`, a host, and the path that all requests share, such as the stage. */
  endpoint: string;
  /**
   * The host that requests are signed for, as the server finds it in `Host`, where they are sent to another one: CloudFront, a proxy,
   * localhost. Region and service are read from it. Default: the endpoint's.
   */
  signedHost?: string | undefined;
  /** The region to sign for. Default: read from an AWS endpoint's host; `us-east-1` for all other hosts. */
  region?: string | null | undefined;
  /** Signing name of the service. Default: read from an AWS endpoint's host; `execute-api` for all other hosts. */
  service?: string | null | undefined;
  /** The old client's name of `service`. */
  serviceName?: string | null | undefined;
  /** The `Accept` of requests that state none. Default `application/json`. */
  defaultAcceptType?: string | null | undefined;
  /** The `Content-Type` of requests that state none. Default `application/json`. */
  defaultContentType?: string | null | undefined;
  /**
   * Whether the session token is signed. `false` gives the old client's bytes: the token added after signing, and `us-east-1` where
   * no region is given. Default `true`; `false` for `iotdevicegateway`, AWS IoT's WebSockets, which want it added after signing.
   */
  signSessionToken?: boolean | undefined;
  /**
   * Whether the payload hash is sent as a signed `x-amz-content-sha256`. Default `true` for S3, `aoss`, `glacier`, and for `lambda`
   * behind a host that is not AWS's own (CloudFront passes it on to a function URL); `false` for all others.
   */
  signBody?: boolean | undefined;
  /** Whether `.`, `..` and `//` are resolved in the canonical path. Default `true`, for S3 `false`. */
  normalizePath?: boolean | undefined;
  /** Whether the canonical path is encoded once more. Default `true`, for S3 (`s3`, `s3express`, `s3-outposts` …) `false`. */
  doubleEncodePath?: boolean | undefined;
  /** Hash engine. Default: crypto-js. */
  hash?: HashEngine | undefined;
  /** The clock that gives the signing time, as a Date or in milliseconds since 1970. Default `Date.now`. */
  now?: (() => Date | number) | undefined;
}

/** What `newClient` takes where the keys come as AWS's own libraries give them. */
export interface ClientConfigWithCredentials extends Omit<ClientConfig, 'accessKey' | 'secretKey' | 'sessionToken'> {
  /** Access key id, secret access key and session token, in place of `accessKey`, `secretKey` and `sessionToken`. */
  credentials: GivenCredentials;
  /** Not together with `credentials`, which hold it as `accessKeyId`. */
  accessKey?: undefined;
  /** Not together with `credentials`, which hold it as `secretAccessKey`. */
  secretKey?: undefined;
  /** Not together with `credentials`, which hold it under the same name. */
  sessionToken?: undefined;
}

/** What `signRequest` takes. */
export interface RequestToSign {
  /** The HTTP method, in any case. Default `GET`. */
  method?: string | undefined;
  /** Path below the endpoint's, with or without a query; percent-encoded where it is not yet. Default: the endpoint's own path. */
  path?: string | undefined;
  /** Parameters that are added to the query of `path`. Default: none. */
  queryParams?: QueryParams | null | undefined;
  /** Headers to send. The signer's own, such as `Authorization`, replace those given here. Default: none. */
  headers?: HeaderParams | null | undefined;
  /**
   * What is sent: text, bytes, a form, or what becomes JSON. Default: nothing. With GET and HEAD it is refused; a client that was
   * given `accessKey` and `secretKey` leaves it out instead, as the old client did.
   */
  body?: RequestBody;
  /** Signing time: a Date, or milliseconds since 1970. Default: now, by the client's clock. */
  date?: Date | number | undefined;
  /** Hex SHA-256 of the body where it is known already, or `UNSIGNED-PAYLOAD` for services that allow it. Default: worked out. */
  payloadHash?: string | undefined;
}

/** What `presignUrl` takes. */
export type RequestToPresign = Omit<RequestToSign, 'body'> & {
  /** How long the URL is valid, in seconds, 1 to 604800. Default 300. */
  expiresIn?: number | undefined;
};

/** A signed request: `fetch(signed.url, signed)` sends exactly what was signed. */
export interface SignedRequest {
  /** The absolute URL, with its query. */
  url: string;
  /** The HTTP method, in upper case. */
  method: string;
  /** The headers that were given, and the signer's own; without `Host`, which every HTTP client sends by itself. */
  headers: Record<string, string>;
  /** The body in the form that was signed; missing where there is none. */
  body?: SignedBody;
  /** The host that was signed; missing where it is the URL's own. */
  signedHost?: string;
}

/** Signs requests to one endpoint. Made by `newClient`. */
export interface SigV4Client {
  /** Scheme and host of the configured endpoint, such as `https://abc123.execute-api.eu-west-1.amazonaws.com`. */
  readonly endpoint: string;
  /** The path of the configured endpoint, such as `/prod`; empty where it has none. */
  readonly pathComponent: string;
  /** The region that requests are signed for, as configured or read from the endpoint. */
  readonly region: string;
  /** The signing name that requests are signed for, as configured or read from the endpoint. */
  readonly serviceName: string;
  /**
   * Signs a request with an `Authorization` header.
   * @param request Method, path, query, headers and body; see `RequestToSign`.
   * @returns URL, method, headers and body, to be sent as they are.
   * @throws SigV4Error `InvalidMethod`, `InvalidPath`, `InvalidQuery`, `InvalidHeader`, `InvalidBody`, `InvalidDate` or
   *   `InvalidOption`; it names the option.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
   * @example
   * const signed = client.signRequest({ method: 'POST', path: '/notes', body: { text: 'Hello' } });
   * const response = await fetch(signed.url, signed);
   */
  signRequest(request: RequestToSign): SignedRequest;
  /**
   * Signs a URL in its query: a link that works until it expires, or a `wss:` address for a WebSocket API.
   * @param request Path, query, headers and `expiresIn`, in seconds; see `RequestToPresign`. Default: a GET of the endpoint's path.
   * @returns The absolute URL. Whoever has it can use it: treat it as a secret.
   * @throws SigV4Error `InvalidExpiresIn`, and the codes of `signRequest` but `InvalidBody`
   * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
   * @example
   * const socket = new WebSocket(client.presignUrl({ expiresIn: 60 }));
   */
  presignUrl(request?: RequestToPresign): string;
}
