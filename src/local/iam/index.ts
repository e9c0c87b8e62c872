/** IAM: who may call what. */
export { arnOf } from './arn.js';
export { createPolicyCheck } from './policyCheck.js';
export type { Denial, PolicyRequest } from './policyCheck.js';
export type { Policy, PolicyConditions, PolicyPrincipal, PolicyStatement } from './policy.js';
