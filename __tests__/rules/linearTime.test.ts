/** No function takes more than linear time, whoever its text comes from: the page, the network, the server or a client of the emulators. */
import type * as explaining from '../../src/explain';
import type * as pasted from '../../src/pasted';
import type * as signing from '../../src/sigv4';
import type * as util from '../../src/util';
import type * as addresses from '../../src/cli/addressSecrets';
import type * as methodNames from '../../src/generatedSdk/methodName';
import type * as templates from '../../src/generatedSdk/pathTemplate';
import type * as resourcePaths from '../../src/local/apiGateway/resourcePath';
import type * as policies from '../../src/local/iam';
import type * as routes from '../../src/local/lambda/routes';
import type * as states from '../../src/local/state/stateText';
import { growthOf, loadCounting } from '../support/countedWork';
import { configOf } from '../support/sigV4Harness';
import type * as verifying from '../support/verifyHarness';
import { credential, vanilla, withHeaders } from '../support/verifyHarness';

const { SigV4Error, foldSpace, newClient, parseAmzDate, parseEndpoint, explain, readPasted, verify, ...counted } =
  loadCounting(`
  export * from './src/sigv4';
  export * from './src/util';
  export { explain } from './src/explain';
  export { readPasted } from './src/pasted';
  export { verify } from './__tests__/support/verifyHarness';
  export * from './src/cli/addressSecrets';
  export { methodName } from './src/generatedSdk/methodName';
  export * from './src/generatedSdk/pathTemplate';
  export * from './src/local/apiGateway/resourcePath';
  export * from './src/local/iam';
  export * from './src/local/lambda/routes';
  export * from './src/local/state/stateText';
`) as typeof signing & typeof util & typeof explaining & typeof pasted & Pick<typeof verifying, 'verify'> & OfOthers;
type OfOthers = typeof addresses & typeof methodNames & typeof templates & typeof resourcePaths & Reading;
type Reading = typeof policies & typeof routes & typeof states;
const { errorName, looksSecret, readAwsError, redact, safeCause, secretsIn } = counted;
const { addressSecrets, createPolicyCheck, fillTemplate, methodName, namesIn, pathReadings, readRoutes } = counted;

/** Linear work grows by 8, quadratic work by 64. */
const MOST_GROWTH = 24;

describe('the counting of steps', () => {
  const { nested, searching, joining, once } = loadCounting(`
    export function nested(text) { for (const a of text) for (const b of text) if (a + b === 'no') return true; }
    export function searching(text) { return [...text].filter((part, i) => text.indexOf('no', i) > 0); }
    export function joining(text) { const parts = []; for (const part of text) { parts.push(part); parts.join(''); } }
    export function once(text) { let i = 0; while (text[i]) i++; return text.replace(/a/g, 'b').split('').map((x) => x); }
  `) as Record<string, (text: string) => unknown>;
  const textOfLength = (length: number) => 'a'.repeat(length);

  test.each([nested!, searching!, joining!])('finds quadratic work: $name', async (work) => {
    expect(await growthOf(work, textOfLength)).toBeGreaterThan(MOST_GROWTH);
  });

  test('leaves linear work alone', async () => {
    const growth = await growthOf(once!, textOfLength);
    expect(growth).toBeGreaterThan(4);
    expect(growth).toBeLessThan(MOST_GROWTH);
  });
});

describe('every function that takes text of others', () => {
  /** Beginnings of what the functions look for, and what they skip. */
  const PIECES = [
    'a', ' ', '\t', '\n', 'a ', ' a', '%', '%41', '%25', '/', '/.', '/../', '//', '\\n', '.', '-', 'a-', 'aa-', 'aa-aa-1.', 'eyJ',
    '-eyJ', '-eyJaaaaaaaa', '-eyJaaaaaaaa.', 'eyJaaaaaaaa.a.', 'eyJaaaaaaaa.a.a ', 'AWS4-', 'AWS4-a ', 'AWS4-HMAC-SHA256 Credential=', 'Bearer ',
    'x-amz-security-token', 'x-amz-security-token = ', 'X-Amz-Signature=', '#', ':', 'a#', '=', '&', 'a=b&', ',', ';', "'", '"', '{', '[', '[[', '{"a":',
    '<', '<a', '<a>', '</', '<Code>', '<Code><', '<Message>', '</Code>', '<script', '<style>', '<!--', 'é', '\ud800', '1', 'aA1', 'A1b2',
    'User: a is not authorized to perform: a:b ', 'The Canonical String for this request should have been\n\'', 'Signature expired: ',
    '\\', 'Credential=', 'no ', '(', 'in a ', 'because ', 'wJalrXUtnFEMI/',
  ]; // prettier-ignore
  const isAllowed = (resource: string) => check({ ...caller, action: 'execute-api:Invoke', resource });
  const caller = {
    accountId: '1',
    roleArn: 'r',
    sessionArn: 's',
    sourceIp: '127.0.0.1',
    identityId: 'i',
    isFunctionUrl: false,
  };
  const Resource = ['*a*/*%2F*', '*?*a?b*', 'arn:*%*e*', 'execute-api:/*/GET/*/*/*x'].map((one) =>
    one.replace(/^\*/, 'arn:*'),
  );
  const check = createPolicyCheck({ policy: { Statement: { Effect: 'Allow', Action: '*', Resource } } });
  const routeOf = readRoutes(['/a/{id}', '/{proxy+}', 'GET /a/{b}/{c+}'], 'rest');
  const client = newClient(configOf());
  const signed = client.signRequest({ method: 'POST', path: '/notes', body: { a: 1 } });
  const ours = { status: 403, headers: { 'x-amzn-errortype': 'InvalidSignatureException' } };
  const refusal = (text: string) => ({ ...ours, body: JSON.stringify({ message: text }) });
  /** That the text is refused is another test's affair. */
  const attempt = async (work: () => unknown): Promise<unknown> => {
    try {
      return await work();
    } catch {
      return undefined;
    }
  };

  test.each<[string, (text: string) => unknown]>([
    ['redact', (text) => redact(text)],
    ['redact, a secret', (text) => redact(text, [text.slice(0, 8)])],
    ['safeCause', (text) => safeCause(new Error(text, { cause: text }))],
    ['looksSecret', looksSecret],
    ['secretsIn', secretsIn],
    ['errorName', errorName],
    ['readAwsError', readAwsError],
    ['readAwsError, XML', (text) => readAwsError(`<${text}`)],
    ['foldSpace', foldSpace],
    ['parseAmzDate', parseAmzDate],
    ['parseEndpoint', parseEndpoint],
    ['parseEndpoint, host', (text) => parseEndpoint(`https://${text}.amazonaws.com`)],
    ['parseEndpoint, path', (text) => parseEndpoint(`https://h/${text}`)],
    ['SigV4Error', (text) => new SigV4Error('InvalidEndpoint', 'endpoint', 'an address', text)],
    ['SigV4Error, name', (text) => new SigV4Error('InvalidHeader', `headers['${text}']`, 'a name', text)],
    ['signRequest, header', (text) => client.signRequest({ path: '/', headers: { 'X-Note': text } })],
    ['signRequest, path', (text) => client.signRequest({ path: text })],
    ['signRequest, query', (text) => client.signRequest({ path: '/', queryParams: { [text]: text } })],
    ['explain, message', (text) => explain(refusal(text), signed)],
    ['explain, canonical request', (text) => explain(refusal(canonical(text)), signed)],
    ['explain, page', (text) => explain({ status: 403, body: `<html>${text}` }, signed)],
    ['explain, type', (text) => explain({ status: 403, headers: { 'x-amzn-errortype': text }, body: text }, signed)],
    ['explain, signed', (text) => explain(refusal('Forbidden'), { ...signed, url: `https://h/${text}` })],
    [
      'explain, authorization',
      (text) => explain(refusal('x'), { ...signed, headers: { Authorization: `AWS4-${text}` } }),
    ],
    ['readPasted', readPasted],
    ['readPasted, line', (text) => readPasted(`${text}\n`.repeat(8))],
    ['readPasted, log', (text) => readPasted(`> GET / HTTP/1.1\n< HTTP/1.1 403\n<\n${text}`)],
    ['readPasted, log of many', (text) => readPasted(logOf(text))],
    ['readPasted, command', (text) => readPasted(`curl ${text}\nForbidden`)],
    ['readPasted, command of Windows', (text) => readPasted(`curl ^"${text}^"\nForbidden`)],
    ['readPasted, fetch', (text) => readPasted(`fetch("${text}", {"body":"${text}"});\n${text}`)],
    ['readPasted, request', (text) => readPasted(`GET / HTTP/1.1\na:${text}\n\n${text}\nHTTP/1.1 403\n\n${text}`)],
    ['readPasted, console', (text) => readPasted(text.replace(/(.{20})/gs, '$1\nGET https://h net::ERR_FAILED'))],
    ['verifyRequest, target', (text) => verify({ ...vanilla, target: `/${text}` })],
    [
      'verifyRequest, query',
      (text) => verify({ ...vanilla, headers: {}, target: `/?X-Amz-Signature=${text}&${text}` }),
    ],
    ['verifyRequest, authorization', (text) => verify(withHeaders({ Authorization: `AWS4-HMAC-SHA256 ${text}` }))],
    ['verifyRequest, credential', (text) => verify(withHeaders({ Authorization: signedBy(`${credential}${text}`) }))],
    ['verifyRequest, signed headers', (text) => verify(withHeaders({ Authorization: signedBy(credential, text) }))],
    [
      'verifyRequest, header',
      (text) => verify(withHeaders({ Note: text, Authorization: signedBy(credential, ';note') })),
    ],
    ['verifyRequest, host', (text) => verify(withHeaders({ Host: text }))],
    ['verifyRequest, date', (text) => verify(withHeaders({ 'X-Amz-Date': text }))],
    ['pathReadings', (text) => pathReadings(`/${text}`)],
    ['policies', (text) => isAllowed(`arn:aws:execute-api:us-east-1:123456789012:api/dev/GET/${text}`)],
    ['routes', (text) => routeOf('GET', `/${text}`)],
    ['state files', (text) => counted.readState(`${text}\n${text}`)],
    ['addresses', addressSecrets],
    ['path templates', (text) => [namesIn(text), fillTemplate(`/{a+}/${text}`, () => text)]],
    ['names of methods', (text) => methodName(text, 'get')],
  ])('%s', async (_name, work) => {
    const slow: string[] = [];
    for (const piece of PIECES) {
      const textOfLength = (length: number) => `${piece.repeat(length / piece.length)}\u0001`;
      const growth = await growthOf((text) => attempt(() => work(text)), textOfLength);
      if (growth > MOST_GROWTH) slow.push(piece);
    }
    expect(slow).toEqual([]);
  });

  /** A command with a body, and the refusal of many requests: the longer the text, the more. */
  const logOf = (text: string): string =>
    `$ curl -d '${text}' https://h\n${`> POST / HTTP/1.1\n> Content-Length: 9\n< HTTP/1.1 403\n<\n${text.slice(0, 9)}\n`.repeat(text.length / 50)}`;

  const signedBy = (scope: string, headers = '') =>
    `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host${headers};x-amz-date, Signature=${'0'.repeat(64)}`;

  function canonical(text: string): string {
    const request = `POST\n/dev/${text}\na=${text}\nhost:${text}\nnote:${text}\n\nhost;note;${text}\n${'0'.repeat(64)}`;
    const stringToSign = `AWS4-HMAC-SHA256\n20240501T120000Z\n20240501/eu-west-1/execute-api/aws4_request\n${'0'.repeat(64)}`;
    return `The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been\n'${request}'\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`;
  }
});

describe('text that explain looks into grows its work no more', () => {
  const signed = newClient(configOf()).signRequest({ method: 'POST', path: '/notes', body: { a: 1 } });
  const denied = 'User: x is not authorized to perform: a:b on resource: ';
  const heading = 'The Canonical String for this request should have been';

  it.each<[name: string, start: string, part: string]>([
    ...['<', '<style', '<style>', '<script', '<a ', '<style></script>', '<!', '</', '<>'].map(
      (part): [string, string, string] => [`tags ${part}`, '<html>', part],
    ),
    ['a denial with much space', denied, ' x'],
    ['many denials', '', denied],
    ['a denial with many reasons', `${denied}y because no `, 'no '],
    ['a denial of a masked account', `${denied}arn:aws:a:b:`, '*'],
    ['headings of a canonical request', '', heading],
    ['headings of a canonical request in quotation marks', '', `${heading} '`],
    ['quotation marks', `${heading} '`, "' "],
    ['ends of a canonical request', `${heading} '`, "'\nThe String-to-Sign"],
    ['headings of a string to sign', '', "String-to-Sign should have been '"],
    ['names of unsigned headers', 'headers present in the request which were not signed: ', 'a, '],
    ['dates of a scope', '', 'Date in Credential scope does not match'],
    ['regions', '', "scoped to a valid region, not '"],
    ['parameters', 'Authorization header ', "requires 'a"],
  ])('%s', async (_, start, part) => {
    const textOfLength = (length: number) => start + part.repeat(length / part.length);
    const growth = await growthOf((body) => explain({ status: 403, headers: {}, body }, signed), textOfLength);
    expect(growth).toBeLessThan(MOST_GROWTH);
  });

  test('white space in a header', async () => {
    const answer = (note: string) => ({ status: 403, headers: { 'x-note': note }, body: '' });
    const textOfLength = (length: number) => `a${' '.repeat(length)}b`;
    const growth = await growthOf((note) => explain(answer(note), signed), textOfLength);
    expect(growth).toBeLessThan(MOST_GROWTH);
  });
});
