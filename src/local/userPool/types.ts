/** What a user pool is started with, and what it then gives. */

/** A challenge of your own, as Lambda triggers define it on AWS; reached through the `CUSTOM_AUTH` flow. */
export interface CustomChallenge {
  /** What the client is told: its `customChallenge` callback gets these. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether an answer is right. */
  verify(answer: string): boolean | Promise<boolean>;
  /** How many answers may be given before the login fails; default 1. */
  readonly attempts?: number | undefined;
}

/** A login flow that an app client allows. */
export type AuthFlow = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH' | 'CUSTOM_AUTH' | 'REFRESH_TOKEN_AUTH';

/** What a user may begin a login with in the flow `USER_AUTH`, as AWS's `AllowedFirstAuthFactors` has it. */
export type FirstFactor = 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

/** How passkeys are made and checked. */
export interface PasskeyOptions {
  /** The relying party: the host of the pages, or a domain above it. Default `localhost`. */
  readonly relyingPartyId?: string | undefined;
  /** Whether the authenticator has to ask for a PIN, a fingerprint or the like. Default `preferred`. */
  readonly userVerification?: 'required' | 'preferred' | undefined;
}

/** What a new password must have. AWS's defaults. */
export interface PasswordPolicy {
  /** How many characters at least. Default 8. */
  readonly minimumLength?: number | undefined;
  /** Whether one of A to Z must be there. Default true. */
  readonly requireUppercase?: boolean | undefined;
  /** Whether one of a to z must be there. Default true. */
  readonly requireLowercase?: boolean | undefined;
  /** Whether a digit must be there. Default true. */
  readonly requireNumbers?: boolean | undefined;
  /** Whether one of Cognito's symbols, such as `!`, must be there. Default true. */
  readonly requireSymbols?: boolean | undefined;
}

/** What a code is good for. */
export type CodePurpose =
  | 'SIGN_UP'
  | 'FORGOT_PASSWORD'
  | 'VERIFY_EMAIL'
  | 'VERIFY_PHONE_NUMBER'
  | 'SMS_MFA'
  | 'EMAIL_OTP'
  | 'SMS_OTP'
  | 'TEMPORARY_PASSWORD';

/** A message that was "sent" to a user. */
export interface LocalCode {
  /** The pool's name of the user, as `cognito:username` has it. */
  readonly username: string;
  /** What it is good for. */
  readonly purpose: CodePurpose;
  /** Six digits, or the password where the purpose is `TEMPORARY_PASSWORD`. */
  readonly code: string;
  /** How it would have been sent. */
  readonly medium: 'EMAIL' | 'SMS';
  /** The e-mail address or phone number in full. */
  readonly destination: string;
  /** By the pool's clock. */
  readonly sentAt: Date;
}

/** A second factor: a code by SMS or e-mail, or one from an authenticator app. */
export type LocalMfa = 'SMS' | 'TOTP' | 'EMAIL';

/** A user who is there when the pool starts: confirmed and ready to log in, unless said otherwise. */
export interface LocalUser {
  /**
   * What the user signs in with. An e-mail address or phone number becomes the user's `email` or `phone_number`, and their
   * `cognito:username` is then a UUID, as in an AWS pool with that kind of sign-in; any other name is kept as it is.
   */
  readonly username: string;
  /** The password, of 1 to 256 characters of any kind; the password policy applies to later ones only. */
  readonly password: string;
  /**
   * Attributes by name: `{ name: '…', 'custom:plan': 'free' }`. A `sub` is made when none is given; an e-mail address and
   * a phone number count as verified unless `email_verified` or `phone_number_verified` says `'false'`.
   */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /**
   * The second factor that a login asks for; with several, the user is asked which. Default: none. SMS goes to the attribute
   * `phone_number`, default `+15555550100`, e-mail to `email`, default `user@example.com`; read the code with `codes(username)`, or an
   * app's with `totp(username)`.
   */
  readonly mfa?: LocalMfa | readonly LocalMfa[] | undefined;
  /** The secret of the authenticator app in base32, at least 16 characters; default: random. Implies `mfa: 'TOTP'`. */
  readonly totpSecret?: string | undefined;
  /** Whether the first login must set a new password (NEW_PASSWORD_REQUIRED); default false. */
  readonly mustChangePassword?: boolean | undefined;
  /** Whether the user has signed up but not confirmed yet; default false. */
  readonly unconfirmed?: boolean | undefined;
  /** A challenge of your own for this user, instead of the pool's. */
  readonly customChallenge?: CustomChallenge | undefined;
}

/** How refresh tokens are rotated. */
export interface RefreshTokenRotation {
  /** For how many seconds a refresh token stays good once it has been traded for another, 0 to 60. Default 0. */
  readonly graceSeconds?: number | undefined;
}

/** Options of `startUserPool`, all optional. */
export interface UserPoolOptions {
  /** Users who are there from the start; default none. */
  readonly users?: readonly LocalUser[] | undefined;
  /** Port to listen on; default 0: any free one. */
  readonly port?: number | undefined;
  /** First part of the pool's id; default `us-east-1`. */
  readonly region?: string | undefined;
  /** The pool's id, which begins with the region and `_`. Default: random, with nine letters or digits, as AWS's. */
  readonly userPoolId?: string | undefined;
  /** Id of the app client; default: random, 26 lower-case letters or digits, as AWS's. */
  readonly clientId?: string | undefined;
  /** The clock for tokens, codes and the `Date` header: gives a Date, or milliseconds since 1970; default: the machine's. */
  readonly now?: (() => Date | number) | undefined;
  /** Lifetime of ID and access tokens in seconds; default 3600. */
  readonly tokenLifetimeSeconds?: number | undefined;
  /** Lifetime of refresh tokens in seconds; default 2,592,000 (30 days). */
  readonly refreshTokenLifetimeSeconds?: number | undefined;
  /**
   * Second factors: `'OPTIONAL'`, the default, asks users who have one; `'ON'` makes all others set an authenticator app up
   * (MFA_SETUP); `'OFF'` asks nobody.
   */
  readonly mfa?: 'OFF' | 'OPTIONAL' | 'ON' | undefined;
  /** What new passwords must have; default: AWS's policy of 8 characters with all four kinds among them. */
  readonly passwordPolicy?: PasswordPolicy | undefined;
  /** The login flows that the app client allows; default all, but with rotation not `REFRESH_TOKEN_AUTH`. */
  readonly authFlows?: readonly AuthFlow[] | undefined;
  /** What a login may begin with in the flow `USER_AUTH`. Default `['PASSWORD']`, as on AWS. With `mfa: 'ON'`, passwords alone. */
  readonly firstFactors?: readonly FirstFactor[] | undefined;
  /** How passkeys are made and checked, where `firstFactors` has `WEB_AUTHN`. */
  readonly passkeys?: PasskeyOptions | undefined;
  /**
   * Whether refreshing (`GetTokensFromRefreshToken`) gives a new refresh token, and for how many seconds, 0 to 60, the one before
   * stays good; `true` for 0. As on AWS, `REFRESH_TOKEN_AUTH` is not allowed then. Default false.
   */
  readonly refreshTokenRotation?: boolean | RefreshTokenRotation | undefined;
  /** A challenge of your own, for users who come through the `CUSTOM_AUTH` flow; default none. */
  readonly customChallenge?: CustomChallenge | undefined;
  /**
   * Attributes of the pool beyond the standard ones, such as `custom:plan`: users may set them at sign-up and later. Those
   * that `users` have are added; default none.
   */
  readonly customAttributes?: readonly string[] | undefined;
  /**
   * Whether unknown users are answered like others at login, when a password is forgotten and when a sign-up is confirmed, as
   * with AWS's `ENABLED` setting; sign-up itself tells. Default false: `UserNotFoundException`, as with `LEGACY`.
   */
  readonly preventUserExistenceErrors?: boolean | undefined;
  /** Is told of every code that would have been sent. */
  readonly onCode?: ((code: LocalCode) => void) | undefined;
  /** Is told of faults inside the server; its clients only see a 500. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A public key in the form of RFC 7517, section 4. */
export interface PublicJsonWebKey {
  /** The key's type, such as `RSA`. */
  readonly kty: string;
  /** The key's id, which the tokens name. */
  readonly kid: string;
  /** The algorithm that it is for, such as `RS256`. */
  readonly alg: string;
  /** What it is for. */
  readonly use: 'sig';
  /** The numbers that the key is made of. */
  readonly [member: string]: unknown;
}

/** A JSON Web Key Set (RFC 7517, section 5). */
export interface JsonWebKeySet {
  /** Its keys. */
  keys: PublicJsonWebKey[];
}

/** A running user pool. */
export interface LocalUserPool {
  /** Where clients send their requests: the `endpoint` of amazon-cognito-identity-js and the AWS SDKs. */
  readonly url: string;
  /** First part of the pool's id. */
  readonly region: string;
  /** The region, `_` and letters or digits. */
  readonly userPoolId: string;
  /** The id of the app client. */
  readonly clientId: string;
  /** The `iss` of its tokens: the URL and the pool's id. Its keys are at `/.well-known/jwks.json` below it. */
  readonly issuer: string;
  /** The public keys of its tokens. */
  jwks(): Promise<JsonWebKeySet>;
  /**
   * What was "sent" to a user by e-mail or SMS, oldest first.
   *
   * @param username The name the user signs in with, or their `sub`, e-mail address or phone number.
   */
  codes(username: string): LocalCode[];
  /**
   * What a user's authenticator app shows at this moment; since a code is good once, as on AWS, the one that it shows next where
   * this one has been used.
   *
   * @param username The name the user signs in with.
   * @returns Six digits.
   * @throws UserPoolError `NoAuthenticator` when there is no such user, or none with an authenticator app
   */
  totp(username: string): Promise<string>;
  /** Stops the server, open connections as well. May be called more than once. */
  stop(): Promise<void>;
}
