/** What a user pool may ask for beside the password, and the callbacks with which an app answers. */

/**
 * What `login` calls when the user pool asks for more than the password. Each may be async.
 * @example
 * await login('user@example.com', password, {
 *   mfaCode: async ({ destination }) => prompt(`Code sent to ${destination}`) ?? '',
 *   newPassword: async () => prompt('New password') ?? '',
 * });
 */
export interface LoginCallbacks {
  /** The password was temporary. Return the new one, with the attributes that the pool requires. */
  newPassword?:
    ((challenge: NewPasswordChallenge) => string | NewPasswordAnswer | Promise<string | NewPasswordAnswer>) | undefined;
  /** A code was sent by SMS or e-mail. Return it. Where `totpCode` is not given, this is called for authenticator apps as well. */
  mfaCode?: ((challenge: CodeChallenge) => string | Promise<string>) | undefined;
  /** Return the code that the user's authenticator app shows. */
  totpCode?: ((challenge: CodeChallenge) => string | Promise<string>) | undefined;
  /** The user has several second factors. Return one of `challenge.choices`. */
  selectMfa?: ((challenge: SelectMfaChallenge) => MfaKind | Promise<MfaKind>) | undefined;
  /** The user has to set up an authenticator app: show `challenge.secretCode`, return the first code the app shows. */
  setupTotp?: ((challenge: SetupTotpChallenge) => string | Promise<string>) | undefined;
  /**
   * In the flow `USER_AUTH`: what to log in with. Return one of `challenge.choices`. Default: the password over SRP where one was
   * given, otherwise a passkey or a code, whichever has its callback here; never `PASSWORD`, which sends the password itself.
   */
  selectChallenge?: ((challenge: SelectChallenge) => FirstFactor | Promise<FirstFactor>) | undefined;
  /** A passkey is to sign the challenge. Return its answer in JSON form; pass `getPasskey` of this package to do so in a page. */
  passkey?: ((challenge: PasskeyChallenge) => object | Promise<object>) | undefined;
  /** The user pool's own triggers ask a question. Return the answer. With this callback, logins begin with the flow CUSTOM_AUTH. */
  customChallenge?: ((challenge: CustomChallenge) => string | Promise<string>) | undefined;
}

/** A second factor: a code by SMS, from an authenticator app, or by e-mail (only in `sigv4-client/apig`). */
export type MfaKind = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

/** What users can log in with in the flow `USER_AUTH`: a password over SRP or sent itself, a code by e-mail or SMS, a passkey. */
export type FirstFactor = 'PASSWORD_SRP' | 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

/** How a login begins, by Cognito's names of the flows. */
export type AuthFlow = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH' | 'CUSTOM_AUTH';

/** The password was temporary: a new one is asked for. */
export interface NewPasswordChallenge {
  /** Cognito's name of the challenge. */
  readonly name: 'NEW_PASSWORD_REQUIRED';
  /** The attributes that the pool has of the user, such as `email`. */
  readonly userAttributes: Readonly<Record<string, string>>;
  /** The names of the attributes that the answer must carry. */
  readonly requiredAttributes: readonly string[];
}

/** A new password, with the attributes that the pool requires and does not have yet. */
export interface NewPasswordAnswer {
  /** The password to log in with from now on. */
  readonly newPassword: string;
  /** Values for the challenge's `requiredAttributes`, by name. Default: none. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A code is asked for. */
export interface CodeChallenge {
  /** Which kind of code, by Cognito's name of the challenge. */
  readonly name: MfaKind | 'SMS_OTP';
  /** Where the code was sent, partly hidden, such as `+********01`; `undefined` for authenticator apps. */
  readonly destination: string | undefined;
}

/** The user can log in with several factors, and is asked which to use. */
export interface SelectChallenge {
  /** Cognito's name of the challenge. */
  readonly name: 'SELECT_CHALLENGE';
  /** The factors to choose from: those that the pool offers and that can be answered (a password only where one was given). */
  readonly choices: readonly FirstFactor[];
}

/** A signature with a passkey is asked for. */
export interface PasskeyChallenge {
  /** Cognito's name of the challenge. */
  readonly name: 'WEB_AUTHN';
  /** What the passkey is to sign: the `PublicKeyCredentialRequestOptionsJSON` of Web Authentication. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The user has several second factors, and is asked which to use. */
export interface SelectMfaChallenge {
  /** Cognito's name of the challenge. */
  readonly name: 'SELECT_MFA_TYPE';
  /** The factors to choose from. */
  readonly choices: readonly MfaKind[];
}

/** The pool requires an authenticator app, and the user has none yet. */
export interface SetupTotpChallenge {
  /** Cognito's name of the challenge. */
  readonly name: 'MFA_SETUP';
  /** The shared secret, in base32, for the authenticator app. */
  readonly secretCode: string;
  /** The user's name at the pool, to label the app's entry with. */
  readonly username: string;
}

/** A question of the user pool's own triggers. */
export interface CustomChallenge {
  /** Cognito's name of the challenge. */
  readonly name: 'CUSTOM_CHALLENGE';
  /** The public challenge parameters of the pool's trigger. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** The names of the callbacks. */
export const CALLBACKS = Object.keys({
  newPassword: true,
  mfaCode: true,
  totpCode: true,
  selectMfa: true,
  setupTotp: true,
  selectChallenge: true,
  passkey: true,
  customChallenge: true,
} satisfies Record<keyof LoginCallbacks, true>) as readonly (keyof LoginCallbacks)[];
