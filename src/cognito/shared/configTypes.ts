/** The configuration object of tutorial apps, and its checked form. */

/** Where the users are and where their credentials come from. */
export interface CognitoSettings {
  /** The region, such as `eu-west-1`. Optional: the ids below begin with it. */
  readonly REGION?: string | undefined;
  /** The user pool's id, such as `eu-west-1_AbCdEfGhI`. */
  readonly USER_POOL_ID: string;
  /** The id of an app client without a secret. */
  readonly APP_CLIENT_ID: string;
  /** The identity pool's id, such as `eu-west-1:01234567-89ab-cdef-0123-456789abcdef`. */
  readonly IDENTITY_POOL_ID: string;
  /** The user pool's URL, where it is not AWS's own. */
  readonly USER_POOL_ENDPOINT?: string | undefined;
  /** The identity pool's URL, where it is not AWS's own. */
  readonly IDENTITY_POOL_ENDPOINT?: string | undefined;
}

/** The API to call. */
export interface ApiGatewaySettings {
  /** The API's region. Optional where the URL names it (`https://….execute-api.eu-west-1.amazonaws.com/prod`). */
  readonly REGION?: string | undefined;
  /** The API's URL with its stage; paths are appended to it. */
  readonly URL: string;
}

/** The configuration object that tutorial apps already have. */
export interface ApigConfig {
  /** The users, and where their credentials come from. */
  readonly cognito: CognitoSettings;
  /** The API to call. */
  readonly apiGateway: ApiGatewaySettings;
}

/** For apps that get their credentials or logins elsewhere, and have no user pool or no identity pool. */
export interface PartialApigConfig {
  /** What is left of the users and their credentials. */
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
  /** The name under which an identity pool takes its tokens. */
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
  /** `region` is left out where the URL's host names it. */
  readonly apiGateway: { readonly url: string; readonly region: string | undefined };
}
