/** Whether the configuration is one, and names one region. */
import { fault, ok, skipped, warning } from '../types.js';
import type { Check, Finding } from '../types.js';

export const configuration: Check = {
  name: 'configuration',
  run: (subject) => {
    const { config, configFault, pools, api } = subject;
    if (config === undefined) return Promise.resolve([skipped('no --config: only the address is looked at')]);
    const where = 'the file that --config names';
    if (configFault !== undefined) return Promise.resolve([fault('InvalidConfig', configFault, { where })]);
    const findings: Finding[] = [];
    const { REGION } = config.apiGateway;
    if (api?.region !== undefined && REGION !== undefined && api.region !== REGION) {
      const message = `apiGateway.REGION is ${REGION}, but the host of the API is in ${api.region}: signatures for the one are refused by the other`;
      findings.push(fault('RegionMismatch', message, { where: `${where}: apiGateway.REGION: '${api.region}'` }));
    }
    if (pools && pools.identityPool.region !== pools.userPool.region) {
      const message = `the user pool is in ${pools.userPool.region}, the identity pool in ${pools.identityPool.region}: that works, but is rarely meant`;
      findings.push(warning('PoolsInTwoRegions', message, { where: `${where}: cognito.IDENTITY_POOL_ID` }));
    }
    return Promise.resolve(findings.length > 0 ? findings : [ok('ids, regions and addresses go together')]);
  },
};
