/** AWS's partitions: the domains of their services, and where services that have no region of their own are signed for. */

/**
 * A partition: how the names of its regions begin, the domain of its services, the domain whose hosts are `api.` or `on.` (they
 * answer over IPv6 too), and the region that its global services are signed for.
 */
type Partition = readonly [regions: string, domain: string, dualStack: string, home: string];

/** The first entry whose prefix matches a region counts; the last entry matches every region. */
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
  /** What stands in front of the domain, such as `abc123.execute-api.eu-west-1`. */
  readonly prefix: string;
  /** The region that the partition's global services are signed for. */
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
