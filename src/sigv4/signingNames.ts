/**
 * The service and the region that AWS's hosts are signed for. Most hosts are `SERVICE.REGION.DOMAIN` with the service's
 * signing name; here are the others. `npm run check:hosts` compares all of it with botocore.
 */
import { readPartition } from './partitions.js';

/** What a host states. */
export interface StatedHost {
  /** Whether it is AWS's: then nobody guesses what it does not state. */
  readonly isAws?: boolean;
  /** Missing where the host does not state it. */
  readonly region?: string | undefined;
  /** The signing name. Missing where the host does not state it. */
  readonly service?: string | undefined;
}

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;

/** S3's old hosts: `s3-eu-west-1.amazonaws.com`. */
const S3_WITH_REGION = /^s3-(?:fips-)?([a-z]{2,4}(?:-[a-z]+)+-\d+)$/;

/** Labels that say nothing of the service: they choose a domain, a network, or all regions. */
const NEUTRAL = /^(?:api|on|vpce|dualstack|fips|global)$/;

/** Signing names that are not the label before the region. Empty: that label has several, or none that is known. */
const SIGNING_NAMES = /* @__PURE__ */ new Map(
  Object.entries({
    'aps-workspaces': 'aps',
    'arc-recovery-control-config': 'route53-recovery-control-config',
    'appsync-api': 'appsync',
    'appsync-realtime-api': 'appsync',
    'bedrock-mantle': '',
    'contact-lens': 'connect',
    'cost-explorer': 'ce',
    'data-signer': 'signer',
    'data.iotevents': 'ioteventsdata',
    'fleethub.iot': 'iotfleethub',
    'iot-tunneling': 'IoTSecuredTunneling',
    'jobs.iot': 'iot-jobs-data',
    'kafka-api': 'kafka',
    'lambda-url': 'lambda',
    'mail-manager': 'ses',
    'memory-db': 'memorydb',
    'migrationhub-config': 'mgh',
    'participant.connect': 'execute-api',
    'portal.sso': 'awsssoportal',
    'route-53': 'route53',
    's3-accelerate': 's3',
    's3-accesspoint': 's3',
    's3-control': 's3',
    's3-website': '',
    'sms-voice.pinpoint': 'sms-voice',
    'streams-ddb': 'dynamodb',
    'streams-dynamodb': 'dynamodb',
    'tunneling.iot': 'IoTSecuredTunneling',
    aos: 'es',
    appconfigdata: 'appconfig',
    appstream2: 'appstream',
    backupstorage: 'backup-storage',
    cloudhsmv2: 'cloudhsm',
    cloudsearchdomain: 'cloudsearch',
    ddb: 'dynamodb',
    efs: 'elasticfilesystem',
    email: 'ses',
    forecastquery: 'forecast',
    importexport: '',
    iot: '', // botocore has changed it
    ivsrealtime: 'ivs',
    marketplace: 'aws-marketplace',
    mobile: '',
    oidc: '', // botocore has changed it
    pinpoint: 'mobiletargeting',
    transcribestreaming: 'transcribe',
  }),
);

/** Those whose label stands after the region: `domain-abc.eu-west-1.es.amazonaws.com`. */
const AFTER_REGION = /* @__PURE__ */ new Map(
  Object.entries({
    aoss: 'aoss',
    cloudsearch: 'cloudsearch',
    es: 'es',
    neptune: 'neptune-db',
    osis: 'osis',
    queue: 'sqs',
  }),
);

/** One name for several labels: `meetings-chime`, `bedrock-runtime`, and what operations put before a host, as in `data-`. */
const FAMILY =
  /-(chime|kinesis|lakeformation|lex|logs|marketplace|medical-imaging|omics|servicediscovery|states)$|^(bedrock(?:-agentcore)?|cassandra|personalize|s3express|servicecatalog|timestream)-(?!agentcore$|influxdb$)/;

/** Labels of services that are signed for one region of the partition, whichever region the host has, or none. */
const GLOBAL =
  /^(?:account|billingconductor|budgets|chime|cloudfront|cost-explorer|health|iam|networkmanager|organizations|partnercentral-channel|route-?53|savingsplans|shield|sustainability|waf)$/;

/** The one region that a global service is signed for, in the partition of a region. */
function homeOf(service: string, region: string, home: string): string {
  if (region.startsWith('us-gov-')) return 'us-gov-west-1';
  if (service === 'networkmanager' && home === 'us-east-1') return 'us-west-2';
  return service === 'iam' && home.startsWith('cn-') ? 'cn-north-1' : home;
}

/** The signing name by the label before the region, and the two before that; `address` is `scheme:path`. */
function signingName(label: string, before: string, first: string, address: string): string | undefined {
  // The services of 2024, below /v2, have these hosts in common with the one before them.
  if (label === 'geo' && first === '' && /^(?:maps|places|routes)$/.test(before)) {
    return /:\/v2(?:\/|$)/.test(address) ? `geo-${before}` : undefined;
  }
  const named = SIGNING_NAMES.get(`${before}.${label}`);
  if (named !== undefined) return named;
  if (label === 'iot' && before !== '') return /^ws|:\/mqtt/i.test(address) ? 'iotdevicegateway' : 'iotdata';
  const [, end, start] = FAMILY.exec(label) ?? [];
  const family = SIGNING_NAMES.has(label) ? label : (end ?? start ?? label);
  return SIGNING_NAMES.get(family) ?? family;
}

/**
 * What a host below one of AWS's domains states.
 * @param labels What stands before the domain.
 * @param home Where the partition's global services are signed for.
 * @param address Scheme and path, as in `wss:/mqtt`.
 */
function readLabels(labels: readonly string[], home: string, address: string): StatedHost {
  const telling = labels.map((label) => label.replace(/-fips$/, '')).filter((label) => !NEUTRAL.test(label));
  const isGov = telling[telling.length - 1] === 'us-gov';
  const [last = '', before = '', third = '', fourth = ''] = (isGov ? telling.slice(0, -1) : telling).reverse();
  const [, s3Region] = S3_WITH_REGION.exec(last) ?? [];
  if (s3Region) return { service: 's3', region: s3Region };
  if (/^s3-(?:accelerate|global)$/.test(last)) return { service: 's3' }; // for buckets of all regions
  if (REGION.test(last)) {
    const service = signingName(before, third, fourth, address) || undefined;
    const isElsewhere = GLOBAL.test(before) && last !== homeOf(before, last, home);
    return { service, region: isElsewhere ? undefined : last };
  }
  const isPublic = home === 'us-east-1';
  if (isPublic && /^s3(?:-external-1)?$/.test(last)) return { service: 's3', region: home };
  if (REGION.test(before)) return { service: AFTER_REGION.get(last), region: before };
  if (before !== '' || !(GLOBAL.test(last) || (isPublic && /^s(?:db|ts)$/.test(last)))) return {};
  const isOfSeveral = isPublic ? labels.includes('api') && !labels.includes('global') : last === 'iam';
  if (isGov) return { service: last, region: 'us-gov-west-1' };
  return { service: last, region: isOfSeveral ? undefined : homeOf(last, '', home) };
}

/** Whether a service refuses requests whose payload is signed, as VPC Lattice does. */
export const takesNoPayloadHash = (service: string): boolean => service === 'vpc-lattice-svcs';

/** Other stores that take S3's requests: Cloudflare R2, Backblaze B2. */
const OTHER_S3 = /\.r2\.cloudflarestorage\.com$|(?:^|\.)s3\.([a-z\d-]+)\.backblazeb2\.com$/;

/**
 * Reads a host.
 * @param hostname In lower case, without a port.
 * @param address Scheme and path, as in `wss:/mqtt`: some hosts are those of several services.
 * @returns What it states; nothing for an app's own domain.
 */
export function readAwsHost(hostname: string, address: string): StatedHost {
  const found = readPartition(hostname);
  if (found) return { isAws: true, ...readLabels(found.labels, found.home, address) };
  const other = OTHER_S3.exec(hostname);
  if (other) return { isAws: true, service: 's3', region: other[1] ?? 'auto' };
  return { isAws: /\.(?:amazonaws(?:-us-gov)?|aws\.amazon)\.c(?:om|n)$/.test(hostname) };
}
