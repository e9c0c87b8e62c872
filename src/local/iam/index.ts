/** IAM: who may call what. */
export { createPolicyCheck } from './policyCheck.js';
export type { Denial, PolicyRequest } from './policyCheck.js';
export type { Policy, PolicyPrincipal, PolicyStatement } from './policy.js';
