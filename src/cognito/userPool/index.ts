/** The user pool: logins, sessions and accounts. */
export { createAccount } from './account.js';
export type { Account, CodeDelivery, SignUpResult } from './account.js';
export type {
  CodeChallenge,
  CustomChallenge,
  LoginCallbacks,
  MfaKind,
  NewPasswordAnswer,
  NewPasswordChallenge,
  SelectMfaChallenge,
  SetupTotpChallenge,
} from './challenges.js';
export { sessionChanged } from './session.js';
export type { SessionEnd, UserSession } from './session.js';
export { defaultStorage } from './storage.js';
export type { TokenStorage } from './storage.js';
export { subjectOf } from './tokens.js';
export { createUserPool } from './userPool.js';
export type { Logout, UserPool } from './userPool.js';
