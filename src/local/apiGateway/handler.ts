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
}

/**
 * Answers a request whose signature was checked. Its URL is without the stage (`/notes/1`, as a Lambda function sees it),
 * and without what was only there for the signature: the `Authorization` header, the session token, `X-Amz-*` parameters. Its
 * path is the one that was signed, with `.`, `..` and `//` resolved. A GET or HEAD with a body does not come this far.
 */
export type ApiHandler = (request: Request, caller: ApiCaller) => Response | Promise<Response>;
