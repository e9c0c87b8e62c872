/** A login from the command line. */
export { APIG_TEST_CONFIG, APIG_TEST_ENVIRONMENT, logIn, LOGIN_OPTIONS, readConfig } from './logIn.js';
export type { LoginValues } from './logIn.js';
