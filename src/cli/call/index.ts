/** `sigv4-client call`. */
export { callCommand } from './call.js';
