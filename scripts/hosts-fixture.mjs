// Writes __tests__/vectors/botocore-hosts.txt: for each kind of host that botocore's endpoint rules give, one, with what
// botocore signs for there. Left out are the many of the plain kind, SERVICE.REGION.amazonaws.com with the service's
// signing name, and most of what other partitions have under the same names.
//
//   node scripts/hosts-fixture.mjs /usr/bin/python3 OTHER_PYTHON
//
// Each Python has a botocore of its own: old ones know services that are at their end, new ones the partitions of today.
import { writeFileSync } from 'node:fs';
import { readBotocore } from './readBotocore.mjs';

const REGION = /[a-z]{2,4}(?:-[a-z]+)+-\d+(?=\.|$)/;
const PLAIN = /^([^.]+)\.\{region\}\.amazonaws\.com$/;

/** The commercial partition's: of the others, few say something new. */
const COMMERCIAL = /(?<!us-gov)\.amazonaws\.com(?:\/.*)?$/;

/** Paths of buckets, and accounts before hosts that are there without one as well. */
const REPEATED = /\/(?!v2)|^123456789012\.(?!ddb|(?:data|control)-kinesis|s3-control)/;

/** The services that are asked for in every partition, by botocore's signing name. */
const EVERYWHERE = new Set([
  'cognito-identity',
  'cognito-idp',
  'lambda',
  'appsync',
  's3',
  's3express',
  'sts',
  'dynamodb',
  'organizations',
]);

const found = process.argv.slice(2).map((python) => readBotocore([python]));
if (found.length === 0 || found.includes(undefined)) throw new Error('Name Pythons that have botocore 1.29 or later.');

const kept = new Map();
for (const [host, signed] of hostsOf(found)) {
  const kind = kindOf(host, signed) + (isElsewhere(host, signed[0]) ? ' of another region' : '');
  if (isTold(host, kind, signed) && isFirst(kind, host)) kept.set(kind, [host, signed]);
}
const lines = [...kept.values()].map(([host, signed]) => [host, ...signed].join(' '));
const versions = found.map(({ version }) => version).join(' and ');
const header = [
  `# Hosts of AWS, and the signing names and regions that botocore ${versions} have for them: one of each kind.`,
  '# Facts of its endpoint rules (https://github.com/boto/botocore, botocore/data/*/*/endpoint-rule-set-1.json and',
  '# service-2.json), read by botocore itself. Made by scripts/hosts-fixture.mjs; not to be edited by hand.',
];
writeFileSync('__tests__/vectors/botocore-hosts.txt', [...header, ...lines.sort(), ''].join('\n'));
console.log(`${lines.length} hosts`);

/** All hosts with what any botocore signs for there, as in `s3/eu-west-1`; a hyphen where nothing is signed with SigV4. */
function hostsOf(all) {
  const hosts = new Map();
  for (const [url, signed] of all.flatMap(({ rows }) => rows)) {
    if (!url.startsWith('https://')) continue;
    const host = url.slice('https://'.length);
    const pairs = signed.map(([service, region]) => (region === '' ? '-' : `${service}/${region}`));
    hosts.set(host, [...new Set([...(hosts.get(host) ?? []), ...pairs])]);
  }
  return hosts;
}

/** A host without its region. Dual stack has most hosts that its partition has without it. */
function kindOf(host, [first]) {
  const kind = host.replace(REGION, (region) => (region.startsWith('us-gov-') ? 'us-gov' : '{region}'));
  return isEverywhere(first) ? kind : kind.replace(/(?<=\{region\})\.api\.aws$/, '.amazonaws.com');
}

function isEverywhere(pair) {
  return EVERYWHERE.has(pair.split('/')[0]);
}

/** Whether a host is signed for a region that it does not state. */
function isElsewhere(host, pair) {
  return !host.includes(pair.split('/')[1]);
}

/** Whether a host says something that others do not. */
function isTold(host, kind, signed) {
  if (REPEATED.test(host)) return false;
  if (isElsewhere(host, signed[0]) || isEverywhere(signed[0])) return true;
  if (!COMMERCIAL.test(kind)) return false;
  return signed.length > 1 || PLAIN.exec(kind)?.[1].replace('-fips', '') !== signed[0].split('/')[0];
}

/** The first of its kind, but for one in us-east-1. */
function isFirst(kind, host) {
  const isHome = (one) => one.includes('.us-east-1.');
  return !kept.has(kind) || (isHome(host) && !isHome(kept.get(kind)[0]));
}
