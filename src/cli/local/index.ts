/** `sigv4-client local`. */
export { localCommand } from './local.js';
