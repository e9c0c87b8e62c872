/** The configuration object of tutorial apps, and its checked form. */

/** Where the users are and where their credentials come from. */
export interface CognitoSettings {
  /** The region of both pools, such as `eu-west-1`. Default: the region that their ids begin with. */
  readonly REGION?: string | undefined;
  /** The user pool's id, such as `eu-west-1_AbCdEfGhI`. */
  readonly USER_POOL_ID: string;
  /** The id of the user pool's app client, which must have no secret. */
  readonly APP_CLIENT_ID: string;
  /** The identity pool's id, such as `eu-west-1:01234567-89ab-cdef-0123-456789abcdef`. */
  readonly IDENTITY_POOL_ID: string;
  /** The user pool's URL, such as that of a local one. Default: AWS's own for the region. */
  readonly USER_POOL_ENDPOINT?: string | undefined;
  /** The identity pool's URL, such as that of a local one. Default: AWS's own for the region. */
  readonly IDENTITY_POOL_ENDPOINT?: string | undefined;
}

/** The API to call. */
export interface ApiGatewaySettings {
  /** The API's region. Default: the one in the URL (`https://….execute-api.eu-west-1.amazonaws.com/prod`). */
  readonly REGION?: string | undefined;
  /** The API's URL with its stage; paths are appended to it. */
  readonly URL: string;
}

/** The configuration object, as tutorial apps have it. */
export interface ApigConfig {
  /** The user pool and the identity pool. */
  readonly cognito: CognitoSettings;
  /** The API to call. */
  readonly apiGateway: ApiGatewaySettings;
}

/** The configuration object of apps that have no user pool or no identity pool, since credentials or logins come from elsewhere. */
export interface PartialApigConfig {
  /** The pool that the app has, if it has one. */
  readonly cognito?: Partial<CognitoSettings>;
  /** The API to call. */
  readonly apiGateway: ApiGatewaySettings;
}

/** A checked user pool. */
export interface UserPoolConfig {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly region: string;
  readonly endpoint: string;
  /** The provider name under which an identity pool accepts the user pool's tokens. */
  readonly providerName: string;
}

/** A checked identity pool. */
export interface IdentityPoolConfig {
  /** The ARN of the role to ask for. */
  readonly role?: string | undefined;
  readonly identityPoolId: string;
  readonly region: string;
  readonly endpoint: string;
}

/** A checked configuration: ids with their regions, endpoints filled in. */
export interface CheckedConfig {
  readonly userPool: UserPoolConfig | undefined;
  readonly identityPool: IdentityPoolConfig | undefined;
  /** The API; `region` is `undefined` where the URL's host names it. */
  readonly apiGateway: { readonly url: string; readonly region: string | undefined };
}
