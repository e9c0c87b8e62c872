/** The options of a user pool, and the interface of a running one. */
import type { JsonWebKeySet } from '../http/index.js';

/**
 * A challenge of your own, as Lambda triggers define it on AWS, for logins in the flow `CUSTOM_AUTH`.
 * @example
 * const customChallenge = { parameters: { question: 'Favourite colour?' }, verify: (answer: string) => answer === 'blue' };
 */
export interface CustomChallenge {
  /** The public challenge parameters, which the client's callback `customChallenge` gets. */
  readonly parameters: Readonly<Record<string, string>>;
  /**
   * Tells whether an answer is right.
   * @param answer The answer, as the client sent it.
   * @returns True for a right answer, or a promise of that.
   */
  verify(answer: string): boolean | Promise<boolean>;
  /** How many answers may be given before the login fails. Default 1. */
  readonly attempts?: number | undefined;
}

/** A login flow that an app client allows. */
export type AuthFlow = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH' | 'CUSTOM_AUTH' | 'REFRESH_TOKEN_AUTH';

/** What users can log in with in the flow `USER_AUTH`, by the names of AWS's `AllowedFirstAuthFactors`. */
export type FirstFactor = 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

/** How passkeys are made and checked (Web Authentication). */
export interface PasskeyOptions {
  /** The relying party's id: the host of the pages, or a domain above it. Default `localhost`. */
  readonly relyingPartyId?: string | undefined;
  /** Whether the authenticator has to ask for a PIN, a fingerprint or the like. Default `preferred`. */
  readonly userVerification?: 'required' | 'preferred' | undefined;
}

/** The rules for new passwords, with AWS's defaults. */
export interface PasswordPolicy {
  /** The smallest number of characters. Default 8. */
  readonly minimumLength?: number | undefined;
  /** Whether a password must hold one of A to Z. Default true. */
  readonly requireUppercase?: boolean | undefined;
  /** Whether a password must hold one of a to z. Default true. */
  readonly requireLowercase?: boolean | undefined;
  /** Whether a password must hold a digit. Default true. */
  readonly requireNumbers?: boolean | undefined;
  /** Whether a password must hold one of Cognito's symbols, such as `!`. Default true. */
  readonly requireSymbols?: boolean | undefined;
}

/** What a code is for. */
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
  /** The pool's own name of the user, as in the claim `cognito:username`. */
  readonly username: string;
  /** What the code is for. */
  readonly purpose: CodePurpose;
  /** The code of six digits, or the password where the purpose is `TEMPORARY_PASSWORD`. */
  readonly code: string;
  /** How the message would have been sent. */
  readonly medium: 'EMAIL' | 'SMS';
  /** The e-mail address or phone number in full. */
  readonly destination: string;
  /** When the message was "sent", by the pool's clock. */
  readonly sentAt: Date;
}

/** A second factor: a code by SMS or e-mail, or one from an authenticator app. */
export type LocalMfa = 'SMS' | 'TOTP' | 'EMAIL';

/** A user who exists when the pool starts, confirmed and able to log in unless the options below say otherwise. */
export interface LocalUser {
  /**
   * The name that the user logs in with. An e-mail address or phone number becomes the user's `email` or `phone_number`, and the
   * user's `cognito:username` is then a UUID, as in an AWS pool with that kind of sign-in; any other name is kept unchanged.
   */
  readonly username: string;
  /** The password, of 1 to 256 characters of any kind; the password policy applies only to later ones. */
  readonly password: string;
  /**
   * Attributes by name, such as `{ 'custom:plan': 'free' }`. A `sub` is made where none is given; an e-mail address and a phone number
   * count as verified unless `email_verified` or `phone_number_verified` is `'false'`. Default: none.
   */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
  /**
   * The second factor that a login asks for; with several, the user is asked which to use. Default: none. SMS goes to the attribute
   * `phone_number`, by default `+15555550100`, and e-mail to `email`, by default `user@example.com`. Read sent codes with
   * `codes(username)`, and those of an authenticator app with `totp(username)`.
   */
  readonly mfa?: LocalMfa | readonly LocalMfa[] | undefined;
  /** The secret of the authenticator app in base32, at least 16 characters. Implies `mfa: 'TOTP'`. Default: random. */
  readonly totpSecret?: string | undefined;
  /** Whether the first login must set a new password (NEW_PASSWORD_REQUIRED). Default false. */
  readonly mustChangePassword?: boolean | undefined;
  /** Whether the user has signed up but not confirmed yet. Default false. */
  readonly unconfirmed?: boolean | undefined;
  /** A challenge of your own for this user. Default: the pool's. */
  readonly customChallenge?: CustomChallenge | undefined;
}

/** How refresh tokens are rotated. */
export interface RefreshTokenRotation {
  /** How many seconds a refresh token stays valid after it was traded for another, 0 to 60. Default 0. */
  readonly graceSeconds?: number | undefined;
}

/** Options of `startUserPool`. */
export interface UserPoolOptions {
  /** Users who exist from the start. Default: none. */
  readonly users?: readonly LocalUser[] | undefined;
  /** The port to listen on. Default 0: any free one. */
  readonly port?: number | undefined;
  /** The pool's region, with which its id begins. Default `us-east-1`. */
  readonly region?: string | undefined;
  /** The pool's id, which begins with the region and `_`. Default: random, with nine letters or digits, as AWS's. */
  readonly userPoolId?: string | undefined;
  /** The id of the app client. Default: random, 26 lower-case letters or digits, as AWS's. */
  readonly clientId?: string | undefined;
  /** The clock for tokens, codes and the `Date` header: gives a Date, or milliseconds since 1970. Default: the machine's. */
  readonly now?: (() => Date | number) | undefined;
  /** Lifetime of ID and access tokens, in seconds. Default 3600. */
  readonly tokenLifetimeSeconds?: number | undefined;
  /** Lifetime of refresh tokens, in seconds. Default 2,592,000 (30 days). */
  readonly refreshTokenLifetimeSeconds?: number | undefined;
  /**
   * When logins ask for a second factor. `'OPTIONAL'`: of users who have one. `'ON'`: of all; users who have none must set up an
   * authenticator app (MFA_SETUP). `'OFF'`: of nobody. Default `'OPTIONAL'`.
   */
  readonly mfa?: 'OFF' | 'OPTIONAL' | 'ON' | undefined;
  /** The rules for new passwords. Default: AWS's, 8 characters with all four kinds among them. */
  readonly passwordPolicy?: PasswordPolicy | undefined;
  /** The login flows that the app client allows. Default: all, but with `refreshTokenRotation` not `REFRESH_TOKEN_AUTH`. */
  readonly authFlows?: readonly AuthFlow[] | undefined;
  /** What users can log in with in the flow `USER_AUTH`. Default `['PASSWORD']`, as on AWS. With `mfa: 'ON'`, only passwords. */
  readonly firstFactors?: readonly FirstFactor[] | undefined;
  /** How passkeys are made and checked, where `firstFactors` has `WEB_AUTHN`. Default: for `localhost`. */
  readonly passkeys?: PasskeyOptions | undefined;
  /**
   * Whether refreshing (`GetTokensFromRefreshToken`) gives a new refresh token, and for how many seconds, 0 to 60, the old one stays
   * valid; `true` means 0. As on AWS, the flow `REFRESH_TOKEN_AUTH` is not allowed then. Default false.
   */
  readonly refreshTokenRotation?: boolean | RefreshTokenRotation | undefined;
  /** A challenge of your own, for logins in the flow `CUSTOM_AUTH`. Default: none. */
  readonly customChallenge?: CustomChallenge | undefined;
  /**
   * Attributes of the pool beyond the standard ones, such as `custom:plan`, which users may set at sign-up and later. Those that
   * `users` have are added. Default: none.
   */
  readonly customAttributes?: readonly string[] | undefined;
  /**
   * Whether the answers to a login, a forgotten password and the confirmation of a sign-up hide that a user does not exist, as with
   * AWS's setting `ENABLED`; sign-up itself does not. Default false: `UserNotFoundException`, as with `LEGACY`.
   */
  readonly preventUserExistenceErrors?: boolean | undefined;
  /** Called with every code that would have been sent. Default: none. */
  readonly onCode?: ((code: LocalCode) => void) | undefined;
  /** Called with errors inside the server, of which clients only see a 500. Default: none. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** A running user pool. */
export interface LocalUserPool {
  /** The pool's URL, for the option `endpoint` of amazon-cognito-identity-js and the AWS SDKs. */
  readonly url: string;
  /** The pool's region, with which its id begins. */
  readonly region: string;
  /** The pool's id: the region, `_`, and letters or digits. */
  readonly userPoolId: string;
  /** The id of the app client, which has no secret. */
  readonly clientId: string;
  /** The `iss` of the pool's tokens: its URL and its id. The keys are at `/.well-known/jwks.json` below it. */
  readonly issuer: string;
  /**
   * The public keys of the pool's tokens.
   * @returns A JSON Web Key Set (RFC 7517).
   * @example
   * const { payload } = await jwtVerify(idToken, createLocalJWKSet(await pool.jwks())); // with jose
   */
  jwks(): Promise<JsonWebKeySet>;
  /**
   * The messages that were "sent" to a user by e-mail or SMS.
   * @param username The name that the user logs in with, or the user's `sub`, e-mail address or phone number.
   * @returns The messages, the oldest first; none for a user that does not exist.
   * @example
   * const code = pool.codes('user@example.com').at(-1)?.code;
   */
  codes(username: string): LocalCode[];
  /**
   * The code that a user's authenticator app shows now. Since each code is accepted once, as on AWS, it is the app's next code where
   * this one was used already.
   * @param username The name that the user logs in with.
   * @returns Six digits.
   * @throws UserPoolError `NoAuthenticator` where there is no such user, or the user has no authenticator app
   * @example
   * await apig.login('user@example.com', password, { totpCode: () => pool.totp('user@example.com') });
   */
  totp(username: string): Promise<string>;
  /**
   * Stops the server, and ends open connections. May be called more than once.
   * @returns A promise that resolves once nothing listens any more.
   * @example
   * afterAll(() => pool.stop());
   */
  stop(): Promise<void>;
}
