/** Logging in over amazon-cognito-identity-js: a door of its own, so that apps without that library do not load it. */
export { connectLibrary } from './connectLibrary.js';
