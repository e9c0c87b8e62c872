/** What the errors of Cognito's services mean, and what to do about each. */
import type { AuthErrorCode } from '../../errors.js';

/** What to do, by situation. */
export const ADVICE = {
  busy: 'Wait a little and try again.',
  overLimit: 'Wait a little (up to an hour) and try again.',

  clientSecret:
    'The app client has a secret, which no app on a device can keep. A client cannot lose its secret: create another app client ' +
    'without (in the console: single-page application), and set cognito.APP_CLIENT_ID to its id.',
  leaveOut: 'Leave that attribute out.',
  passkeysOff: "Allow passkeys (WEB_AUTHN) in the user pool's options for sign-in.",
  relyingParty: "The page's host must be the relying party of the user pool's passkeys, or lie below it.",
  beginAgain: 'Begin again.',
  lockedOut: 'Wait (up to 15 minutes) or reset it with forgotPassword.',
  disabled: "The pool's administrator can enable the user.",
  passwordExpired: "The pool's administrator has to set a new password.",
  sessionEnded: 'Log in again.',
  confirmedAlready: 'The user is confirmed already: log in.',
  wrongPassword:
    'Check both, or reset the password with forgotPassword. Where both are right, check that cognito.USER_POOL_ID is the pool of this app client: ' +
    'its id is part of the proof.',
  refused: 'The user pool refused it.',
  triggerRefused: 'A trigger of the user pool refused it.',
  noUser: 'Check the username, or create the user with signUp.',
  unconfirmed:
    'Confirm the user with confirmSignUp(username, code); resendConfirmationCode(username) sends a new code.',
  resetRequired: 'Set a new password with forgotPassword(username), then resetPassword(username, code, newPassword).',
  userExists: 'Log in, or sign up with another name.',
  aliasExists: 'Another user has this e-mail address or phone number.',
  weakPassword: "Choose one that meets the user pool's policy.",
  usedPassword: 'Choose one that was not used before.',
  wrongCode: 'The code is wrong: ask for it again.',
  oldCode: 'Get a new one: resendConfirmationCode, forgotPassword, login, or whatever sent it.',
  noUserPool: 'Check cognito.USER_POOL_ID and cognito.APP_CLIENT_ID.',
  authFlow: 'Allow ALLOW_USER_SRP_AUTH for the app client, and ALLOW_REFRESH_TOKEN_AUTH or refresh token rotation.',
  badValue: 'Check the values that were passed.',
  guest: 'Log in first, or switch guest access on in the identity pool.',
  tokenExpired: "Log in again; if that does not help, the device's clock is off.",
  providers:
    'Check that the identity pool (cognito.IDENTITY_POOL_ID) trusts the provider of this ID token: ' +
    'the user pool and app client (cognito.USER_POOL_ID, cognito.APP_CLIENT_ID).',
  noIdentityPool: 'Check cognito.IDENTITY_POOL_ID.',
  noRole: 'Give the identity pool an IAM role for its users that trusts the pool.',
} as const;

/** What an error of a service means. */
export interface Rule {
  /** The service's name of the error. */
  readonly name: string;
  /** A text that the message must hold, where one name stands for several errors. */
  readonly says?: RegExp | undefined;
  /** The code of our error. */
  readonly code: AuthErrorCode;
  /** The advice for it. */
  readonly advice: keyof typeof ADVICE;
}

const NOT_AUTHORIZED = 'NotAuthorizedException';

const SHARED_RULES: readonly Rule[] = [
  rule('TooManyRequestsException', 'TooManyAttempts', 'busy'),
  rule('LimitExceededException', 'TooManyAttempts', 'overLimit'),
];

/** The errors of a user pool. The first rule that fits counts. */
export const USER_POOL_RULES: readonly Rule[] = [
  ...SHARED_RULES,
  rule('RefreshTokenReuseException', 'SessionExpired', 'sessionEnded'),
  rule(NOT_AUTHORIZED, 'SessionExpired', 'sessionEnded', /(refresh|access) token|token has been|session/i),
  rule(NOT_AUTHORIZED, 'WrongPassword', 'wrongPassword', /username or password/i),
  rule(NOT_AUTHORIZED, 'InvalidConfig', 'clientSecret', /secret/i),
  rule(NOT_AUTHORIZED, 'InvalidInput', 'leaveOut', /cannot modify/i),
  rule(NOT_AUTHORIZED, 'TooManyAttempts', 'lockedOut', /attempts exceeded/i),
  rule(NOT_AUTHORIZED, 'UserDisabled', 'disabled', /disabled/i),
  rule(NOT_AUTHORIZED, 'PasswordResetRequired', 'passwordExpired', /password has expired/i),
  rule(NOT_AUTHORIZED, 'InvalidInput', 'confirmedAlready', /cannot be confirmed/i),
  rule(NOT_AUTHORIZED, 'NotAuthorized', 'refused'),
  rule('UserLambdaValidationException', 'NotAuthorized', 'triggerRefused'),
  rule('UserNotFoundException', 'UserNotFound', 'noUser'),
  rule('UserNotConfirmedException', 'UserNotConfirmed', 'unconfirmed'),
  rule('PasswordResetRequiredException', 'PasswordResetRequired', 'resetRequired'),
  rule('UsernameExistsException', 'UserExists', 'userExists'),
  rule('AliasExistsException', 'UserExists', 'aliasExists'),
  rule('InvalidPasswordException', 'InvalidPassword', 'weakPassword'),
  rule('PasswordHistoryPolicyViolationException', 'InvalidPassword', 'usedPassword'),
  rule('CodeMismatchException', 'CodeMismatch', 'wrongCode'),
  rule('EnableSoftwareTokenMFAException', 'CodeMismatch', 'wrongCode'),
  rule('ExpiredCodeException', 'CodeExpired', 'oldCode'),
  rule('WebAuthnNotEnabledException', 'InvalidConfig', 'passkeysOff'),
  rule('WebAuthnConfigurationMissingException', 'InvalidConfig', 'passkeysOff'),
  rule('WebAuthnRelyingPartyMismatchException', 'InvalidConfig', 'relyingParty'),
  rule('WebAuthnOriginNotAllowedException', 'InvalidConfig', 'relyingParty'),
  rule('WebAuthnChallengeNotFoundException', 'CodeExpired', 'beginAgain'),
  rule('WebAuthnCredentialNotSupportedException', 'InvalidInput', 'beginAgain'),
  rule('TooManyFailedAttemptsException', 'TooManyAttempts', 'busy'),
  rule('ResourceNotFoundException', 'InvalidConfig', 'noUserPool'),
  rule('InvalidParameterException', 'InvalidConfig', 'authFlow', /auth ?flow|is not enabled for the client/i),
  rule('InvalidParameterException', 'InvalidInput', 'badValue'),
];

/** The errors of an identity pool. The first rule that fits counts. */
export const IDENTITY_POOL_RULES: readonly Rule[] = [
  ...SHARED_RULES,
  rule(NOT_AUTHORIZED, 'IdentityPoolRefused', 'guest', /unauthenticated access/i),
  rule(NOT_AUTHORIZED, 'IdentityPoolRefused', 'tokenExpired', /token expired/i),
  rule(NOT_AUTHORIZED, 'IdentityPoolRefused', 'providers'),
  rule('InvalidParameterException', 'IdentityPoolRefused', 'providers'),
  rule('ResourceNotFoundException', 'InvalidConfig', 'noIdentityPool'),
  rule('ValidationException', 'InvalidConfig', 'noIdentityPool'),
  rule('InvalidIdentityPoolConfigurationException', 'InvalidConfig', 'noRole'),
];

function rule(name: string, code: AuthErrorCode, advice: Rule['advice'], says?: RegExp): Rule {
  return { name, says, code, advice };
}
