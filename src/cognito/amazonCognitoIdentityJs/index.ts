/** Logging in over amazon-cognito-identity-js: a door of its own, so that whoever does without it does not reach it. */
export { connectLibrary } from './connectLibrary.js';
