/**
 * What is used of amazon-cognito-identity-js, taken from its single modules: the package as a whole brings js-cookie along, which
 * is not used, and 0.6 kB. For bundlers only: under `browser` in `dist/esm/package.json` the build maps the package to this file.
 * Node cannot load these modules, and takes the package itself.
 */
export { default as AuthenticationDetails } from 'amazon-cognito-identity-js/es/AuthenticationDetails.js';
export { default as CognitoAccessToken } from 'amazon-cognito-identity-js/es/CognitoAccessToken.js';
export { default as CognitoIdToken } from 'amazon-cognito-identity-js/es/CognitoIdToken.js';
export { default as CognitoRefreshToken } from 'amazon-cognito-identity-js/es/CognitoRefreshToken.js';
export { default as CognitoUser } from 'amazon-cognito-identity-js/es/CognitoUser.js';
export { default as CognitoUserPool } from 'amazon-cognito-identity-js/es/CognitoUserPool.js';
export { default as CognitoUserSession } from 'amazon-cognito-identity-js/es/CognitoUserSession.js';
