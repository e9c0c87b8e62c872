/** Services other than API Gateway that take signed requests, by signing name. */
import { appSync } from './appSync.js';
import { agentCore, bedrock } from './bedrock.js';
import { functionUrl } from './functionUrl.js';
import { openSearch, openSearchServerless } from './openSearch.js';
import { s3 } from './s3.js';
import type { ServiceTexts } from './types.js';
import { vpcLattice } from './vpcLattice.js';

export { API_GATEWAY, serviceOf, statedBy } from './serviceOf.js';

const SERVICES: ReadonlyMap<string, ServiceTexts> = new Map([
  ['lambda', functionUrl],
  ['appsync', appSync],
  ['bedrock', bedrock],
  ['bedrock-agentcore', agentCore],
  ['es', openSearch],
  ['aoss', openSearchServerless],
  ['s3', s3],
  ['vpc-lattice-svcs', vpcLattice],
]);

/** What is known of a service's own refusals; `undefined` for API Gateway, and where nothing is known. */
export const textsOf = (service: string): ServiceTexts | undefined => SERVICES.get(service);
