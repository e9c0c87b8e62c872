/** `sigv4-client explain`. */
export { explainCommand } from './explain.js';
