/** AWS's partitions: the domains of their services, and where services that have no region of their own are signed for. */

/** How its regions begin, the services' domain, the one for IPv6 as well below `api.` and `on.`, the region of global services. */
type Partition = readonly [regions: string, domain: string, dualStack: string, home: string];

/** The last takes all that no other does. */
const PARTITIONS: readonly Partition[] = [
  ['cn-', 'amazonaws.com.cn', 'amazonwebservices.com.cn', 'cn-northwest-1'],
  ['eusc-', 'amazonaws.eu', 'amazonwebservices.eu', 'eusc-de-east-1'],
  ['us-iso-', 'c2s.ic.gov', 'aws.ic.gov', 'us-iso-east-1'],
  ['us-isob-', 'sc2s.sgov.gov', 'aws.scloud', 'us-isob-east-1'],
  ['us-isof-', 'csp.hci.ic.gov', 'aws.hci.ic.gov', 'us-isof-south-1'],
  ['eu-isoe-', 'cloud.adc-e.uk', 'cloud-aws.adc-e.uk', 'eu-isoe-west-1'],
  ['', 'amazonaws.com', 'aws', 'us-east-1'],
];

/**
 * The domain of AWS's services in a region, such as `amazonaws.com.cn`.
 * @param region The region, such as `cn-north-1`; one that is not known counts as one of the public partition.
 */
export const awsDomain = (region: string): string => PARTITIONS.find(([start]) => region.startsWith(start))![1];

/** A host below one of AWS's domains. */
export interface PartitionHost {
  /** What stands before the domain. */
  readonly prefix: string;
  /** Where the partition's global services are signed for. */
  readonly home: string;
}

/** Splits a host, in lower case, that is below one of AWS's domains; `undefined` for all others. */
export function readPartition(hostname: string): PartitionHost | undefined {
  for (const [, domain, dualStack, home] of PARTITIONS) {
    for (const suffix of [`.${domain}`, `.${dualStack}`]) {
      if (hostname.endsWith(suffix)) return { prefix: hostname.slice(0, -suffix.length), home };
    }
  }
  return undefined;
}
