/** The type of the API behind the local gateway: the notes API, a handler function, or a proxy. */

/**
 * What stands in front of a function on AWS: a REST API, an HTTP API or a function URL. It decides about refusals, the stage, and the
 * function's event and answer.
 */
export type LambdaFrontend = 'rest' | 'http' | 'functionUrl';

/** The caller of the API, as API Gateway's request context describes it. */
export interface ApiCaller {
  /** The caller's identity id at the identity pool, `us-east-1:` and a UUID: the key to store a user's data under. */
  readonly identityId: string;
  /** The access key id that the request was signed with. */
  readonly accessKeyId: string;
  /** Whether the caller has logged in; false for a guest. */
  readonly authenticated: boolean;
  /** The user's name at the user pool, where there is one. */
  readonly username?: string;
  /** The user's `sub` at the provider. A guest has none, nor what follows. */
  readonly sub?: string;
  /** Where the user logged in: `cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool`, or another provider of the identity pool. */
  readonly provider?: string;
  /** The user pool's id, where that is the provider. */
  readonly userPoolId?: string;
  /** The user's groups in the user pool. */
  readonly groups?: readonly string[];
  /** The name of the role that the credentials are for. */
  readonly role?: string;
  /** The caller's ARN in policies and refusals, `arn:aws:sts::…:assumed-role/…/CognitoIdentityCredentials`. */
  readonly userArn: string;
  /** The request's id, which the answer's header `x-amzn-requestid` has. */
  readonly requestId: string;
  /** The id of the identity pool that issued the credentials, where one did. */
  readonly identityPoolId?: string;
  /** How the identity was authenticated, as the claim `amr` says it: `authenticated`, each provider, and the login there. */
  readonly amr?: readonly string[];
}

/** What API Gateway knows of a request beyond the standard `Request`. */
export interface ApiContext {
  /** The stage, which the path of the `Request` does not have. */
  readonly stage: string;
  /** What paths begin with in its place on a custom domain: `/v1`, or empty for nothing. Absent where there is none. */
  readonly basePath?: string;
  /** Where the caller comes from: an IP address. Default `127.0.0.1`. */
  readonly sourceIp?: string;
  /** The gateway's region. */
  readonly region: string;
  /** The account that the API belongs to. */
  readonly accountId: string;
  /** The API's id. */
  readonly apiId: string;
  /** The headers of the request as they were sent: names in the sender's case, repeats kept. */
  readonly rawHeaders: readonly (readonly [string, string])[];
  /** When the request came in. */
  readonly time: Date;
}

/**
 * The API: a function that answers requests whose signature was checked. The URL of such a request has no stage (`/notes/1`, as a
 * Lambda function sees it), and the request nothing of the signature: no `Authorization` header, no session token, no `X-Amz-*`
 * parameters. Its path is the one that was signed, with `.`, `..` and `//` resolved. A GET or HEAD with a body is refused before.
 * @example
 * const handler: ApiHandler = (request, { identityId }) => Response.json({ hello: identityId });
 */
export interface ApiHandler {
  /**
   * Answers a request.
   * @param request The request, without stage and signature.
   * @param caller The caller, as API Gateway's request context describes it.
   * @param context What API Gateway knows of the request beyond that.
   * @returns The response, or a promise of it. What it throws goes to `onError`, and the caller gets a 502.
   */
  (request: Request, caller: ApiCaller, context: ApiContext): Response | Promise<Response>;
  /** After how many milliseconds the handler itself gives up. Where this is set, the gateway has no timeout by default. */
  readonly timeout?: number;
  /** The frontend that the handler is made for, which is the gateway's default. */
  readonly frontend?: LambdaFrontend;
  /** The name of the Lambda function behind the handler, for its ARN. */
  readonly functionName?: string;
}

/** Thrown by a handler that failed, with the answer that the gateway is to give. `onError` gets its `cause`. */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';

  /**
   * @param response The gateway's answer.
   * @param cause Why it failed.
   */
  constructor(
    readonly response: Response,
    cause: unknown,
  ) {
    super('The API failed', { cause });
  }
}
