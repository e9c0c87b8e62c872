/** The user pool: logins, sessions and accounts. */
export { createAccount } from './account.js';
export type { Account, CodeDelivery, SignUpResult } from './account.js';
export { createCallUserPool } from './callUserPool.js';
export type { CallUserPool, UserPoolCallOptions, UserPoolCaller } from './callUserPool.js';
export type {
  CodeChallenge,
  CustomChallenge,
  FirstFactor,
  LoginCallbacks,
  MfaKind,
  NewPasswordAnswer,
  NewPasswordChallenge,
  PasskeyChallenge,
  SelectChallenge,
  SelectMfaChallenge,
  SetupTotpChallenge,
} from './challenges.js';
export { connectUserPool } from './connectUserPool.js';
export type { Challenge, ConnectUserPool, LoginAttempt, LoginClient, Outcome, PoolUser, Reply } from './loginClient.js';
export { sessionChanged } from './session.js';
export type { SessionEnd, UserSession } from './session.js';
export { deletePasskey, getPasskey, listPasskeys, registerPasskey } from './passkeys.js';
export type { Passkey, PasskeyRequest, RegisteredPasskey } from './passkeys.js';
export { openStorage } from './loadedStorage.js';
export { defaultStorage } from './storage.js';
export type { AsyncTokenStorage, TokenStorage } from './storage.js';
export { subjectOf } from './tokens.js';
export type { Tokens } from './tokens.js';
export { createUserPool } from './userPool.js';
export type { UserPool } from './userPool.js';
export type { UserStorage } from './userStorage.js';
