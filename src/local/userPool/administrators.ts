/** Tells which operations only administrators may call. */

/**
 * The operations that AWS answers without IAM credentials: apps call them, with a client id, a session or an access token.
 * All others are an administrator's.
 */
const PUBLIC_OPERATIONS: ReadonlySet<string> = new Set([
  'AssociateSoftwareToken',
  'ChangePassword',
  'CompleteWebAuthnRegistration',
  'ConfirmForgotPassword',
  'ConfirmSignUp',
  'DeleteUser',
  'DeleteUserAttributes',
  'DeleteWebAuthnCredential',
  'ForgotPassword',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'GetTokensFromRefreshToken',
  'GlobalSignOut',
  'InitiateAuth',
  'ListWebAuthnCredentials',
  'ResendConfirmationCode',
  'RespondToAuthChallenge',
  'RevokeToken',
  'SetUserMFAPreference',
  'SignUp',
  'StartWebAuthnRegistration',
  'UpdateUserAttributes',
  'VerifySoftwareToken',
  'VerifyUserAttribute',
]);

/** Whether AWS wants IAM credentials for an operation. */
export const isForAdministrators = (operation: string): boolean => !PUBLIC_OPERATIONS.has(operation);
