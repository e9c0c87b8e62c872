/** ARNs, which name the partition that a region is in. */

/** The partitions beside `aws`, by the beginning of their regions' names. */
const PARTITIONS: readonly (readonly [regions: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
];

/** What ARNs of a region's partition begin with, such as `arn:aws-cn` for `cn-north-1`. */
export const arnOf = (region: string): string =>
  `arn:${PARTITIONS.find(([start]) => region.startsWith(start))?.[1] ?? 'aws'}`;
