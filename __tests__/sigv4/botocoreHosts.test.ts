/** Whom a client signs for at the hosts of AWS's services, as botocore has them: `scripts/hosts-fixture.mjs` wrote its facts down. */
import { readFileSync } from 'node:fs';
import { newClient, SigV4Error } from '../../src/sigv4';
import { configOf } from '../support/sigV4Harness';

interface Row {
  host: string;
  /** Signing name and region, as in `s3/eu-west-1`; several where botocore signs the same host for several. */
  signed: string[];
}

const ROWS = readFileSync(`${__dirname}/../vectors/botocore-hosts.txt`, 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line): Row => {
    const [host = '', ...signed] = line.split(' ');
    return { host, signed };
  });

/** What a client signs for, or the option that it asks for. */
function outcome(host: string): string {
  try {
    const { serviceName, region } = newClient(configOf({ endpoint: `https://${host}` }));
    return `${serviceName}/${region}`;
  } catch (error) {
    if (error instanceof SigV4Error && /^(?:serviceName|region)$/.test(error.option)) return `asks for ${error.option}`;
    throw error;
  }
}

/** Labels from which no one can tell the signing name, or not in every version of botocore. */
const UNCLEAR = [
  'api.fleethub.iot',
  'api.iot-tunneling',
  'api.tunneling.iot',
  'arc-recovery-control-config',
  'backupstorage',
  'codecatalyst.global',
  'cost-explorer',
  'cp.maps.geo',
  'cp.places.geo',
  'cp.routes.geo',
  'data.iotevents',
  'data.jobs.iot',
  'importexport',
  'iot',
  'maps.geo',
  'migrationhub-config',
  'mobile',
  'networkmanager',
  'oidc',
  'places.geo',
  'portal.sso',
  'route-53',
  'routes.geo',
  'sms-voice.pinpoint',
];

const isUnclear = ({ host }: Row): boolean => {
  const plain = host.replace('-fips', '');
  return !host.endsWith('/v2') && UNCLEAR.some((labels) => plain.startsWith(`${labels}.`));
};

/** What a host is signed for in the region that it states. */
const own = ({ host, signed }: Row): string[] => signed.filter((pair) => host.includes(`.${pair.split('/')[1]!}.`));

/** Hosts without a region, in the partition whose global services are signed for us-east-1, or for us-gov-west-1 in GovCloud. */
const isGlobal = ({ host }: Row): boolean =>
  /^[^/]*\.(?:amazonaws\.com|global\.api\.aws)$/.test(host) && !/\.\w\w-\w+-\d\.|s3-accelerate|events/.test(host);

const named = (rows: Row[]): [string, Row][] => rows.map((row) => [row.host, row]);
const unclear = ROWS.filter(isUnclear);
const clear = ROWS.filter((row) => !unclear.includes(row));
const stating = clear.filter((row) => own(row).length > 0);
const global = clear.filter((row) => !stating.includes(row) && isGlobal(row));
const others = clear.filter((row) => !stating.includes(row) && !global.includes(row));

test('all hosts are read', () => {
  expect(ROWS.length).toBeGreaterThan(800);
  expect(ROWS.filter(({ host, signed }) => !/^[\w.-]+(?:\/v2)?$/.test(host) || signed.length === 0)).toEqual([]);
  expect(global.length).toBeGreaterThan(20);
});

describe('a host that states its region is signed for it, by its signing name', () => {
  test.each(named(stating))('%s', (host, row) => {
    expect([outcome(host)]).toEqual(own(row));
  });
});

describe('a global service is signed for the region that stands for all', () => {
  test.each(named(global))('%s', (host, { signed }) => {
    expect(signed).toContain(outcome(host));
  });
});

describe('no guess is made where the host does not tell the signing name', () => {
  test.each(named(unclear))('%s', (host) => {
    expect(outcome(host)).toBe('asks for serviceName');
  });
});

describe('no guess is made where the host states another region than it is signed for, or none', () => {
  test.each(named(others))('%s', (host) => {
    expect(outcome(host)).toMatch(/^asks for /);
  });
});

test('what botocore signs for is taken where it is stated, also at hosts that do not tell it', () => {
  for (const row of ROWS) {
    const pairs = own(row).length > 0 ? own(row) : row.signed;
    for (const [serviceName = '', region] of pairs.map((pair) => pair.split('/'))) {
      if (region === undefined) continue; // nothing is signed with SigV4
      expect(newClient(configOf({ endpoint: `https://${row.host}`, serviceName, region }))).toMatchObject({ region });
    }
  }
});
