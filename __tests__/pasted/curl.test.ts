/** The real curl, through a local AWS and a proxy that damages requests: from its log to the explanation. */
import { execFile, execFileSync } from 'node:child_process';
import { explain } from '../../src/explain';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { explainPasted, readPasted } from '../../src/pasted';
import { newClient } from '../../src/sigv4';
import type { SignedRequest } from '../../src/sigv4';
import { setHeader, startDamagingProxy } from '../support/damagingProxy';
import type { DamagingProxy } from '../support/damagingProxy';
import { credentialsOf, logIn, users } from '../support/localAwsHarness';
import { HOUR } from '../support/clocks';

let aws: LocalAws;
let proxy: DamagingProxy;
let keys: { accessKeyId: string; secretAccessKey: string; sessionToken: string };

beforeAll(async () => {
  aws = await startLocalAws({ userPool: { users } });
  proxy = await startDamagingProxy(aws.apiGateway.port);
  const session = await logIn(aws.config);
  keys = (await credentialsOf(aws.config, session.getIdToken().getJwtToken())).keys;
});
afterAll(() => Promise.all([proxy.close(), aws.stop()]));

const hasCurl = (() => {
  try {
    return execFileSync('curl', ['--version'], { encoding: 'utf8' }).startsWith('curl');
  } catch {
    return false;
  }
})();
const withCurl = hasCurl || process.env.CI !== undefined ? describe : describe.skip; // in CI it has to be there

/** What curl prints to a terminal: both of its outputs, as they come. */
const curl = (...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile('bash', ['--norc', '-c', 'curl "$@" 2>&1', 'bash', ...args], (_, printed) => {
      resolve(printed);
    });
  });

const inShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const argumentsFor = ({ url, method, headers, body }: SignedRequest): string[] => [
  ...['-X', method, url],
  ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
  ...(body === undefined ? [] : ['--data-raw', body as string]),
];

interface Case {
  secret?: string;
  date?: Date;
  damage?: DamagingProxy['damage'];
}

/** A signed request, sent by curl. */
async function send({ secret = keys.secretAccessKey, date, damage = () => undefined }: Case, ...options: string[]) {
  proxy.damage = damage;
  const client = newClient({
    accessKey: keys.accessKeyId,
    secretKey: secret,
    sessionToken: keys.sessionToken,
    region: aws.config.apiGateway.REGION,
    endpoint: new URL('/dev', proxy.url).href,
  });
  const body = { content: 'it\'s "new"' };
  const signed = client.signRequest({ method: 'POST', path: '/notes', queryParams: { tag: 'a b' }, body, ...(date && { date }) }); // prettier-ignore
  const args = argumentsFor(signed);
  const command = `$ curl ${[...options, ...args].map(inShell).join(' ')}`;
  return { command, log: await curl(...options, ...args) };
}

function explained(text: string) {
  const [{ kind, refusal, signed } = { kind: '', refusal: { status: 0 }, signed: undefined }] = readPasted(text);
  return { kind, ...explain(refusal, signed ?? { url: '' }) };
}

const CASES: [string, string, Case][] = [
  ['a header that was changed', 'HeaderChanged', { damage: setHeader('content-type', 'text/plain') }],
  ['an expired date', 'SignatureTooOld', { date: new Date(Date.now() - HOUR) }],
  ['a wrong secret', 'WrongSecretKey', { secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }],
];

withCurl('curl', () => {
  describe.each(CASES)('%s', (_, code, test) => {
    it.each([[['-v']], [['-i', '-v']], [['-s', '-v']], [['-v', '--http2']]])(
      '%j: the command and its log',
      async (options) => {
        const { command, log } = await send(test, ...options);
        expect(log).toContain('> POST /dev/notes?tag=a%20b HTTP/1.1');
        expect(explained(`${command}\n${log}`)).toMatchObject({ kind: 'curl', code });
      },
    );

    it('the command and what it prints without -v', async () => {
      const { command, log } = await send(test, '-s', '-i');
      expect(explained(`${command}\n${log}`)).toMatchObject({ kind: 'curl', code });
    });
  });

  it('its log alone: the body is not known, and not said to have changed', async () => {
    const { log } = await send(CASES[2]![2], '-v');
    expect(explained(log)).toMatchObject({ code: 'SignatureMismatch', difference: 'not comparable: the body' });
  });

  it('its log alone: what was changed before it was sent is thought of, and said first', async () => {
    proxy.damage = () => undefined;
    const client = newClient({ credentials: keys, region: aws.config.apiGateway.REGION, endpoint: aws.apiGateway.url });
    const signed = client.signRequest({ path: '/notes' });
    const log = await curl('-v', ...argumentsFor({ ...signed, headers: { ...signed.headers, Accept: 'text/html' } }));
    const explanation = readPasted(log).map(explainPasted)[0];
    expect(explanation).toMatchObject({ code: 'WrongSecretKey' }); // what can be known is the same as with a wrong key
    expect(explanation?.cause).toMatch(/the request was changed between signing and sending, or the secret access key/);
    expect(explanation?.advice).toMatch(/^What was pasted shows the request as it was sent, not as it was signed/);
    const post = client.signRequest({ method: 'POST', path: '/notes', body: { content: 'Milk' } });
    const changed = argumentsFor({ ...post, headers: { ...post.headers, 'Content-Type': 'text/plain' } });
    const open = readPasted(await curl('-v', ...changed)).map(explainPasted)[0];
    expect(open).toMatchObject({ code: 'SignatureMismatch', difference: 'not comparable: the body' });
    expect(open?.advice).toMatch(/^What was pasted shows the request as it was sent/);
  });

  it('what was changed on the way is explained as by explain', async () => {
    const { command, log } = await send(CASES[0]![2], '-v');
    const [pasted] = readPasted(`${command}\n${log}`);
    expect(explainPasted(pasted!)).toEqual(explain(pasted!.refusal, pasted!.signed));
  });

  it('--aws-sigv4', async () => {
    proxy.damage = () => undefined;
    const { accessKeyId, sessionToken } = keys;
    const options = ['-v', '--aws-sigv4', `aws:amz:${aws.config.apiGateway.REGION}:execute-api`];
    const wrong = ['--user', `${accessKeyId}:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`];
    const log = await curl(
      ...options,
      ...wrong,
      '-H',
      `x-amz-security-token: ${sessionToken}`,
      `${proxy.url}/dev/notes`,
    );
    expect(explained(log)).toMatchObject({ kind: 'curl', code: 'WrongSecretKey' });
  });

  it('an answer that allows is no refusal', async () => {
    const { command, log } = await send({}, '-v');
    expect(log).toContain('< HTTP/1.1 20');
    expect(() => readPasted(`${command}\n${log}`)).toThrow('an answer that refuses');
  });
});
