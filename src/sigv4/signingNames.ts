/**
 * The service and the region that AWS's hosts are signed for. Most hosts are `SERVICE.REGION.DOMAIN` with the service's
 * signing name; this file knows the others. `npm run check:hosts` compares it with botocore's endpoints.
 */
import { readPartition } from './partitions.js';

/** What a host says of region and service. */
export interface StatedHost {
  /** Whether it is a host of AWS's own: what such a host leaves out must be stated, other hosts have defaults. */
  readonly isAws?: boolean;
  /** The region to sign for; `undefined` where the host does not tell. */
  readonly region?: string | undefined;
  /** Whether the region is part of its name: then it takes no signature for another. */
  readonly isRegional?: boolean;
  /** The service's signing name; `undefined` where the host does not tell. */
  readonly service?: string | undefined;
}

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d+$/;

/** Labels that name a domain, a network or all regions instead of a service. */
const NEUTRAL = /^(?:api|on|vpce|dualstack|global)$/;

/** Services whose label stands after the region: `domain-abc.eu-west-1.es.amazonaws.com`. */
const AFTER_REGION = /^(?:aoss|cloudsearch|es|neptune|osis|queue)$/;

/** Global services, each signed for one region of its partition: where a host names another, the caller has to state it. */
const GLOBAL =
  /^(?:account|billingconductor|budgets|chime|cloudfront|health|iam|organizations|partnercentral-channel|route53|savingsplans|shield|sustainability|waf)$/;

/** Several hosts with one signing name, which they end with, as in `meetings-chime`, or begin with, as in `bedrock-runtime`. */
const FAMILY =
  /-(chime|dynamodb|kinesis|lakeformation|lex|logs|marketplace|medical-imaging|omics|servicediscovery|signer|states)$|^(app(?:config|stream|sync)|bedrock(?:-agentcore)?|cassandra|cloud(?:hsm|search)|forecast|personalize|s3express|servicecatalog|timestream(?!-inf)|transcribe|(?:aps|kafka|lambda)(?=-)|ivs(?=r)|s3(?=-[ac]))/;

/** Signing names that differ from the label. */
const SIGNING_NAMES = /* @__PURE__ */ new Map(
  Object.entries({
    'contact-lens': 'connect',
    'mail-manager': 'ses',
    'memory-db': 'memorydb',
    'git-codecommit': 'codecommit',
    'mturk-requester-sandbox': 'mturk-requester',
    'streaming-rekognition': 'rekognition',
    aos: 'es',
    ddb: 'dynamodb',
    efs: 'elasticfilesystem',
    email: 'ses',
    marketplace: 'aws-marketplace',
    neptune: 'neptune-db',
    pinpoint: 'mobiletargeting',
    queue: 'sqs',
  }),
);

/** Hosts that are shared by services of several signing names, or hardly ever needed: the caller has to state the name. */
const UNCLEAR =
  /^(?:data\.iotevents|portal\.sso|sms-voice\.pinpoint|oidc\.eks|fs-[^.]*\.efs|b-[^.]*\.mq|(?:credentials|deviceadvisor|fleethub|greengrass(?:-ats)?|jobs|tunneling|)\.iot)$|\.(?:vpce-svc-|elb$|dax-clusters|kafka-serverless|email-smtp|ecs-[at]-|arc-recovery|backupstorage|bedrock-mantle|cost-explorer|importexport|iot-tunneling|migrationhub-config|mobile$|networkmanager|oidc|route-53|s3-website)/;

/** The signing name for a host's label in front of the region; `before` is the label in front of that, `address` `scheme:path`. */
function signingName(label: string, before: string, address: string): string | undefined {
  const both = `${before}.${label}`;
  if (UNCLEAR.test(both)) return undefined;
  if (both === 'participant.connect') return 'execute-api';
  if (label === 'iot') return /^ws|:\/mqtt/i.test(address) ? 'iotdevicegateway' : 'iotdata';
  // Location's services of 2024 (geo-maps, geo-places, geo-routes) have the older service's hosts, below /v2.
  if (/^(?:maps|places|routes)\.geo$/.test(both)) return address.includes(':/v2') ? `geo-${before}` : undefined;
  const [, end, start] = FAMILY.exec(label) ?? [];
  const name = end ?? start ?? label;
  return SIGNING_NAMES.get(name) ?? (name || undefined);
}

/**
 * What a host below one of AWS's domains states.
 * @param host What stands in front of the domain.
 * @param home The region that the partition's global services are signed for.
 * @param address Scheme and path, as in `wss:/mqtt`.
 */
function readLabels(host: string, home: string, address: string): StatedHost {
  const plain = host
    .replace(/(^|\.)s3-(?:fips-)?(?=\w\w-)/, '$1s3.') // S3's old hosts, such as s3-eu-west-1, as s3.eu-west-1
    .replace(/^([^.]+\.us-gov)$/, '$1-west-1')
    .replace(/-fips(?=\.|$)/g, '');
  const labels = plain.split('.').filter((label) => !NEUTRAL.test(label));
  const [last = '', before = '', third = ''] = labels.reverse();
  if (REGION.test(last)) {
    const ofCountry = before === 'iam' ? home.replace('cn-northwest', 'cn-north') : home;
    const only = last.startsWith('us-gov-') ? 'us-gov-west-1' : ofCountry;
    const isElsewhere = GLOBAL.test(before) && last !== only;
    return {
      service: signingName(before, third, address),
      region: isElsewhere ? undefined : last,
      isRegional: !isElsewhere,
    };
  }
  if (REGION.test(before) && last !== 's3') {
    const service = AFTER_REGION.test(last) ? signingName(last, '', address) : undefined;
    return { service, region: before, isRegional: true };
  }
  if (home === 'us-east-1') {
    const isGlobal = labels.length === 1 && (GLOBAL.test(last) || /^s(?:db|ts)$/.test(last));
    if (last === 's3' || (isGlobal && plain !== `${last}.api`)) return { service: last, region: home };
  }
  return { service: /^s3-[ag]/.test(last) ? 's3' : undefined }; // s3-accelerate and s3-global name no region
}

/** Whether a service refuses requests whose payload is signed, as VPC Lattice does. */
export const takesNoPayloadHash = (service: string): boolean => service === 'vpc-lattice-svcs';

/** Whether a service reads requests by S3's rules. */
export const isS3Service = (service: string): boolean => /^s3(?:express|-object-lambda|-outposts)?$/.test(service);

/** Hosts of other stores that take S3's requests: Cloudflare R2, Backblaze B2. */
const OTHER_S3 = /\.r2\.cloudflarestorage\.com$|(?:^|\.)s3\.([a-z\d-]+)\.backblazeb2\.com$/;

/**
 * Reads a host.
 * @param hostname In lower case, without a port.
 * @param address Scheme and path, as in `wss:/mqtt`: some hosts are those of several services.
 * @returns What it states; nothing for an app's own domain.
 */
export function readAwsHost(hostname: string, address: string): StatedHost {
  const found = readPartition(hostname);
  if (found) return { isAws: true, ...readLabels(found.prefix, found.home, address) };
  const other = OTHER_S3.exec(hostname);
  if (other) return { isAws: true, service: 's3', region: other[1] ?? 'auto' };
  return { isAws: /\.amazon(?:aws(?:-us-gov)?)?\.c(?:om|n)$/.test(hostname) };
}
