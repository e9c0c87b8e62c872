/** Where what was signed and what the gateway saw differ. */
export { authorizationChanged, compareScopes } from './authorization.js';
export { compareCanonicalRequests } from './canonicalRequests.js';
export { combine } from './combine.js';
export { hideSecrets, quote, showChange } from './show.js';
