/** What the signer takes and gives. */

/** What hashes: crypto-js unless `hash` names another, such as `nodeHash` of `sigv4-client/hash/node`. */
export interface HashEngine {
  /** SHA-256 of bytes, or of text as UTF-8, in lower-case hex. */
  sha256(data: string | Uint8Array): string;
  /** HMAC-SHA-256 under `key`: gives a function from a message to its lower-case hex. */
  hmac(key: string | Uint8Array): (message: string) => string;
}

export type Pair = readonly [name: string, value: string];
export type Optional<T> = T | null | undefined;
/** A value in the query; numbers and booleans become text. */
export type QueryValue = Optional<string | number | boolean | bigint>;
/** Arrays repeat their key; `null` and `undefined` are left out. */
export type QueryParams = Readonly<Record<string, QueryValue | readonly QueryValue[]>> | Iterable<Pair>;
/** A record, `Headers`, or pairs; repeated names are joined by `, `, `null` and `undefined` left out. */
export type HeaderParams = Readonly<Record<string, Optional<string | number | boolean>>> | Iterable<Pair>;
/** Text and bytes go out as they are, `URLSearchParams` as a form, everything else as JSON. */
export type RequestBody = Optional<string | number | boolean | object>;
/** A body in the form that goes out. */
export type SignedBody = Extract<NonNullable<RequestInit['body']>, string | ArrayBuffer | ArrayBufferView>;

/** Credentials in AWS SDK v3's shape. */
export interface AwsCredentials {
  /** Names the key; no secret. */
  readonly accessKeyId: string;
  /** What signs. Appears in no property, error or log. */
  readonly secretAccessKey: string;
  /** Goes with every request; long-lived keys have none. */
  readonly sessionToken?: string | undefined;
  /** Until when they are good; undefined for ever. */
  readonly expiration?: Date | undefined;
  /** Whose they are in the identity pool, where they come from one. */
  readonly identityId?: string | undefined;
}

/** Which headers are signed, where that is to be another choice than the signer's own. */
export interface SignedHeadersOptions {
  /** Headers that are sent but not signed, since a proxy on the way changes them. Neither `host` nor `x-amz-…`. Default: none. */
  unsignedHeaders?: Optional<readonly string[]>;
  /**
   * Headers that are signed, where a request states them, though the signer leaves such alone: `User-Agent`, `Cache-Control`,
   * `X-Forwarded-…`, the `Content-Type` of a GET … Whatever sends the request must not change them. Default: none.
   */
  extraSignedHeaders?: Optional<readonly string[]>;
}

/** What `newClient` takes. */
export interface ClientConfig extends SignedHeadersOptions {
  /** Access key id, as in `AWS.config.credentials.accessKeyId`. */
  accessKey: string;
  /** Secret access key. Appears in no property, error or log. */
  secretKey: string;
  /** Session token of temporary credentials. */
  sessionToken?: Optional<string>;
  /** `https:`, `http:`, `wss:` or `ws:`, a host, and the path that all requests share, such as the stage. */
  endpoint: string;
  /** Default: read from an AWS endpoint's host; `us-east-1` for all other hosts. */
  region?: Optional<string>;
  /** Signing name of the service. Default: read from an AWS endpoint's host; `execute-api` for all other hosts. */
  service?: Optional<string>;
  /** The old client's name of `service`. */
  serviceName?: Optional<string>;
  /** `Accept` of requests that bring none. Default `application/json`. */
  defaultAcceptType?: Optional<string>;
  /** `Content-Type` of requests that bring none. Default `application/json`. */
  defaultContentType?: Optional<string>;
  /**
   * `false` gives the old client's bytes: the token unsigned, `us-east-1` where no region is given. Default `true`; `false` for
   * `iotdevicegateway`, AWS IoT's WebSockets, which take the token after signing.
   */
  signSessionToken?: boolean | undefined;
  /**
   * Send the payload hash as a signed `x-amz-content-sha256`. Default `true` for S3, `aoss`, `glacier`, and for `lambda` behind
   * a host that is not AWS's own (CloudFront passes it on to a function URL); `false` for all others.
   */
  signBody?: boolean | undefined;
  /** Resolve `.`, `..` and `//` in the canonical path. Default `true`, for S3 `false`. */
  normalizePath?: boolean | undefined;
  /** Encode the path once more in the canonical request. Default `true`, for S3 (`s3`, `s3express`, `s3-outposts` …) `false`. */
  doubleEncodePath?: boolean | undefined;
  /** Engine in place of crypto-js. */
  hash?: HashEngine | undefined;
  /** The clock: a Date, or milliseconds since 1970. Default `Date.now`. */
  now?: (() => Date | number) | undefined;
}

/** What `newClient` takes where the keys come as AWS's own libraries give them. */
export interface ClientConfigWithCredentials extends Omit<ClientConfig, 'accessKey' | 'secretKey' | 'sessionToken'> {
  /** In place of `accessKey`, `secretKey` and `sessionToken`. */
  credentials: AwsCredentials;
  /** Stands in `credentials`. */
  accessKey?: undefined;
  /** Stands in `credentials`. */
  secretKey?: undefined;
  /** Stands in `credentials`. */
  sessionToken?: undefined;
}

/** What `signRequest` takes. */
export interface RequestToSign {
  /** Default `GET`. */
  method?: string | undefined;
  /** Path below the endpoint's, with or without a query; percent-encoded where it is not yet. */
  path?: string | undefined;
  /** Added to the query of `path`. */
  queryParams?: Optional<QueryParams>;
  /** The signer's own, such as `Authorization`, replace those given here. */
  headers?: Optional<HeaderParams>;
  /**
   * GET and HEAD have none: an error, but for a client that was given `accessKey` and `secretKey`, in the old client's place. That
   * one left it out, and so it is then.
   */
  body?: RequestBody;
  /** Signing time: a Date, or milliseconds since 1970. Default: the client's clock. */
  date?: Date | number | undefined;
  /** Hex SHA-256 of the body where it is known already, or `UNSIGNED-PAYLOAD` for services that allow it. */
  payloadHash?: string | undefined;
}

/** What `presignUrl` takes. */
export type RequestToPresign = Omit<RequestToSign, 'body'> & {
  /** How long the URL is valid, in seconds, 1 to 604800. Default 300. */
  expiresIn?: number | undefined;
};

/** `fetch(signed.url, signed)` sends exactly what was signed. */
export interface SignedRequest {
  /** Absolute, with its query. */
  url: string;
  /** In upper case. */
  method: string;
  /** Those that were given, and the signer's own; without `Host`, which every client sends by itself. */
  headers: Record<string, string>;
  /** Missing where there is none. */
  body?: SignedBody;
}

/** Signs requests to one endpoint. */
export interface SigV4Client {
  /** Scheme and host of the configured one. */
  readonly endpoint: string;
  /** Its path. */
  readonly pathComponent: string;
  /** As configured or found out. */
  readonly region: string;
  /** As configured or found out. */
  readonly serviceName: string;
  /**
   * Signs a request with an `Authorization` header.
   * @throws SigV4Error for input that cannot be signed
   * @example const signed = client.signRequest({ method: 'POST', path: '/notes', body: { text: 'Hello' } });
   */
  signRequest(request: RequestToSign): SignedRequest;
  /**
   * Signs a URL in its query: a link that works until it expires, or a `wss:` address for a WebSocket API.
   * @throws SigV4Error for input that cannot be signed
   * @example new WebSocket(client.presignUrl({ expiresIn: 60 }));
   */
  presignUrl(request?: RequestToPresign): string;
}
