/** What a user pool may ask for beside the password, and what an app answers with. */

/** A value, or a promise of it: callbacks may wait for the user to type something. */
export type Awaitable<T> = T | Promise<T>;

/** What `login` calls when the user pool asks for more than the password. Each may be async. */
export interface LoginCallbacks {
  /** The password was temporary. Return the new one, with the attributes that the pool requires. */
  newPassword?: (challenge: NewPasswordChallenge) => Awaitable<string | NewPasswordAnswer>;
  /** A code was sent by SMS or e-mail. Return it. Serves for `totpCode` as well, where that is not given. */
  mfaCode?: (challenge: CodeChallenge) => Awaitable<string>;
  /** Return the code that the user's authenticator app shows. */
  totpCode?: (challenge: CodeChallenge) => Awaitable<string>;
  /** The user has several ways. Return one of `challenge.choices`. */
  selectMfa?: (challenge: SelectMfaChallenge) => Awaitable<MfaKind>;
  /** The user has to set up an authenticator app: show `challenge.secretCode`, return the first code the app shows. */
  setupTotp?: (challenge: SetupTotpChallenge) => Awaitable<string>;
  /**
   * In the flow `USER_AUTH`: what to begin with. Return one of `challenge.choices`. Default: the password over SRP where one was given,
   * otherwise a passkey or a code, whichever has its callback here. `PASSWORD`, which sends it as it is, only where it is returned.
   */
  selectChallenge?: (challenge: SelectChallenge) => Awaitable<FirstFactor>;
  /** A passkey is to sign. Return what it made, in JSON form; `getPasskey` of this package does it in a page. */
  passkey?: (challenge: PasskeyChallenge) => Awaitable<object>;
  /** A challenge of the user pool's own triggers. Return the answer. Makes the login begin with the flow CUSTOM_AUTH. */
  customChallenge?: (challenge: CustomChallenge) => Awaitable<string>;
}

/** A second factor: a code by SMS, one from an authenticator app, or one by e-mail (by `sigv4-client/apig` alone). */
export type MfaKind = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

/** What a login in the flow `USER_AUTH` can begin with: a password, a code by e-mail or SMS, a passkey. */
export type FirstFactor = 'PASSWORD_SRP' | 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

/** How a login begins; Cognito's names. */
export type AuthFlow = 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_AUTH' | 'CUSTOM_AUTH';

/** The password was temporary: a new one is asked for. */
export interface NewPasswordChallenge {
  /** Cognito's name of it. */
  readonly name: 'NEW_PASSWORD_REQUIRED';
  /** What the pool knows of the user. */
  readonly userAttributes: Readonly<Record<string, string>>;
  /** The names of the attributes that the answer must carry. */
  readonly requiredAttributes: readonly string[];
}

/** A new password, with what else the pool requires of the user. */
export interface NewPasswordAnswer {
  /** The password to log in with from now on. */
  readonly newPassword: string;
  /** Values for `requiredAttributes`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A code is asked for. */
export interface CodeChallenge {
  /** Which kind of code. */
  readonly name: MfaKind | 'SMS_OTP';
  /** Where the code was sent, partly hidden; undefined for authenticator apps. */
  readonly destination: string | undefined;
}

/** The user can begin with several, and is asked which to use. */
export interface SelectChallenge {
  /** Cognito's name of it. */
  readonly name: 'SELECT_CHALLENGE';
  /** What there is to choose from, as far as it can be gone through: passwords only where one was given. */
  readonly choices: readonly FirstFactor[];
}

/** A signature with a passkey is asked for. */
export interface PasskeyChallenge {
  /** Cognito's name of it. */
  readonly name: 'WEB_AUTHN';
  /** `PublicKeyCredentialRequestOptionsJSON` of Web Authentication. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The user has several second factors, and is asked which to use. */
export interface SelectMfaChallenge {
  /** Cognito's name of it. */
  readonly name: 'SELECT_MFA_TYPE';
  /** The factors to choose from. */
  readonly choices: readonly MfaKind[];
}

/** The pool requires an authenticator app, and the user has none yet. */
export interface SetupTotpChallenge {
  /** Cognito's name of it. */
  readonly name: 'MFA_SETUP';
  /** The shared secret, in base32, for the authenticator app. */
  readonly secretCode: string;
  /** The user's name at the pool, to label the app's entry with. */
  readonly username: string;
}

/** A question of the user pool's own triggers. */
export interface CustomChallenge {
  /** Cognito's name of it. */
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
