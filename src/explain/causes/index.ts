/** Why a request was refused, one kind of cause a file. */
export { explainNetworkError } from './cors.js';
export { findCause } from './findCause.js';
