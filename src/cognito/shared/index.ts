/** What both pools share: the configuration, AWS's JSON protocol, and the errors. */
export { hasCode, toAuthError } from './authError.js';
export { callAws, callOnce, ServiceError, USER_POOL_SERVICE } from './awsJson.js';
export type { CallOptions } from './awsJson.js';
export { checkConfig, identityPoolConfig } from './config.js';
export type {
  ApigConfig,
  ApiGatewaySettings,
  CheckedConfig,
  CognitoSettings,
  IdentityPoolConfig,
  PartialApigConfig,
  UserPoolConfig,
} from './configTypes.js';
export { checkIdToken, claimsOf } from './jwt.js';
export { answerTimeout, checkInput, checkRole, unexpected, unknownSetting, unusableInput } from './options.js';
export { renewalLead } from './renewalLead.js';
export { withoutFullStop } from './sentences.js';
