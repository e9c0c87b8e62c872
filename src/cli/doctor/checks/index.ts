/** The checks, in the order in which they are made: from the configuration to the call. */
import type { Check } from '../types.js';
import { appClient } from './appClient.js';
import { authorizer } from './authorizer.js';
import { clock } from './clock.js';
import { configuration } from './configuration.js';
import { flows } from './flows.js';
import { identityProvider } from './identityProvider.js';
import { login } from './login.js';
import { policy } from './policy.js';
import { preflight } from './preflight.js';
import { refresh } from './refresh.js';
import { refusals } from './refusals.js';
import { guestRole, userRole } from './roles.js';
import { userPool } from './userPool.js';

export const CHECKS: readonly Check[] = [
  configuration,
  userPool,
  appClient,
  flows,
  refresh,
  login,
  identityProvider,
  userRole,
  guestRole,
  authorizer,
  preflight,
  refusals,
  policy,
  clock, // reads what the answers to the others said
];
