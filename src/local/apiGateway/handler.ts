/** What stands behind the local API Gateway: the notes API, a handler function or a proxy, all of the same shape. */

/** Who called, as API Gateway's request context tells it. */
export interface ApiCaller {
  /** The caller's identity at the identity pool: `us-east-1:` and a UUID. The key to store a user's data under. */
  readonly identityId: string;
  /** The key that the request was signed with. */
  readonly accessKeyId: string;
  /** False for a guest. */
  readonly authenticated: boolean;
  /** The user's name at the user pool, where there is one. */
  readonly username?: string;
  /** `arn:aws:sts::…:assumed-role/…/CognitoIdentityCredentials`, as policies and refusals name the caller. */
  readonly userArn: string;
  /** The id that the answer carries as `x-amzn-requestid`. */
  readonly requestId: string;
  /** The identity pool that the credentials come from, where one issued them. */
  readonly identityPoolId?: string;
  /** How the identity was authenticated, as the claim `amr` says it: `authenticated`, each provider, and the login there. */
  readonly amr?: readonly string[];
}

/** What API Gateway knows of a request beside what a `Request` holds. */
export interface ApiContext {
  /** The stage, which the request's path is without. */
  readonly stage: string;
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
 * Answers a request whose signature was checked. Its URL is without the stage (`/notes/1`, as a Lambda function sees it),
 * and without what was only there for the signature: the `Authorization` header, the session token, `X-Amz-*` parameters. Its
 * path is the one that was signed, with `.`, `..` and `//` resolved. A GET or HEAD with a body does not come this far.
 */
export interface ApiHandler {
  (request: Request, caller: ApiCaller, context: ApiContext): Response | Promise<Response>;
  /** Milliseconds after which it gives up by itself, with an answer of its own. The gateway's `timeout` is then for ever by default. */
  readonly timeout?: number;
}

/** Thrown by a handler that failed, and knows what the gateway answers in its place. Its `cause` is what `onError` is told. */
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
