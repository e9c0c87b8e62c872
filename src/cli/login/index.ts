/** A login from the command line. */
export { APIG_TEST_CONFIG, logIn, LOGIN_OPTIONS, readConfig } from './logIn.js';
export type { LoginValues } from './logIn.js';
