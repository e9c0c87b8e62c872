/** What to do about each failure, for the messages of `AuthError`s. Loaded with the first failure that needs it. */

/** Advice by the situation that asks for it. */
export const ADVICE = {
  busy: 'Wait a little and try again.',
  overLimit: 'Wait a little (up to an hour) and try again.',

  clientSecret: 'Set cognito.APP_CLIENT_ID to an app client without a secret.',
  lockedOut: 'Wait (up to 15 minutes) or reset it with forgotPassword.',
  disabled: "The pool's administrator can enable the user.",
  passwordExpired: "The pool's administrator has to set a new password.",
  sessionEnded: 'Log in again.',
  confirmedAlready: 'The user is confirmed already: log in.',
  wrongPassword: 'Check both, or reset the password with forgotPassword.',
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
  oldCode: 'Get a new one with resendConfirmationCode or forgotPassword, or by logging in again.',
  noUserPool: 'Check cognito.USER_POOL_ID and cognito.APP_CLIENT_ID.',
  authFlow: 'Allow ALLOW_USER_SRP_AUTH and ALLOW_REFRESH_TOKEN_AUTH for the app client.',
  badValue: 'Check the values that were passed.',

  guest: 'Log in first, or switch guest access on in the identity pool.',
  tokenExpired: "Log in again; if that does not help, the device's clock is off.",
  providers:
    'Check that the identity pool (cognito.IDENTITY_POOL_ID) trusts the provider of this ID token: ' +
    'the user pool and app client (cognito.USER_POOL_ID, cognito.APP_CLIENT_ID).',
  noIdentityPool: 'Check cognito.IDENTITY_POOL_ID.',
  noRole: 'Give the identity pool an IAM role for its users that trusts the pool.',
} as const;
