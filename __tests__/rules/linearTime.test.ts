/** No text takes more than linear time, whoever it comes from: the page, the network, the server or a client of the emulators. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SigV4Error } from '../../src';
import { explain } from '../../src/explain';
import { foldSpace, newClient, parseAmzDate, parseEndpoint } from '../../src/sigv4';
import { errorName, looksSecret, readAwsError, redact, safeCause, secretsIn } from '../../src/util';
import { growthOf } from '../support/cpuTime';
import { attacksOn, findSuperLinear, textOf } from '../support/regexAttacks';
import { findRegexes } from '../support/regexSource';
import { countSteps } from '../support/regexSteps';
import { configOf } from '../support/sigV4Harness';
import { readPasted } from '../../src/pasted';
import { credential, vanilla, verify, withHeaders } from '../support/verifyHarness';

const SRC = join(__dirname, '../../src');
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
const regexes = files.flatMap((file) => findRegexes(file, readFileSync(join(SRC, file), 'utf8')));

test('there are expressions to test', () => {
  expect(regexes.length).toBeGreaterThan(100);
});

describe('every expression', () => {
  test.each(regexes)('$place takes linear time: $written', ({ regex }) => {
    if (!regex) throw new Error('made of what is not known before the program runs: nothing can test it');
    expect(findSuperLinear(regex)).toBeUndefined();
  });

  test('is taken by the counting matcher for what the engine takes it', () => {
    const differences = regexes.flatMap(({ regex }) => {
      if (!regex) return [];
      const counted = countSteps(regex);
      return attacksOn(regex)
        .map((attack) => textOf(attack, 2))
        .filter((_, i) => i % 13 === 0)
        .filter((text) => {
          regex.lastIndex = 0;
          const found = regex.exec(text);
          const [start, end] = counted.run(text).match ?? [];
          return start !== found?.index || end !== (found ? found.index + found[0].length : undefined);
        })
        .map((text) => [regex, text]);
    });
    expect(differences).toEqual([]);
  });
});

describe('the search for super-linear expressions', () => {
  test.each([
    /^(a+)+$/,
    /.*#/,
    /\s+$/,
    /[ \t]+$/g,
    /^[ \t]+|[ \t]+$/g,
    /\/+$/,
    /a.*b/,
    /<(\w+)[^>]*>x/,
    /(\d+)*!/,
    /^\s*(\w|_)*$/,
    /^(\*{3,}.*|x)$/,
    /"[^"]*"\s*,\s*"?\s*x$/,
    // Those that this library had.
    /()\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*(\.[\w-]*)*/g,
    /(AWS4-[\w-]+\s+Credential=)[^"'\n\\]+/g,
    /(?:^|\.)(?:([a-z\d-]+?)(?:-fips)?(?:\.dualstack)?[.-])?([a-z]{2}(?:-[a-z]+)+-\d)\.(?:(es|aoss)\.|vpce\.)?(?:amazonaws\.com(?:\.cn)?|on\.aws|api\.aws)$/,
    /^.*?(a|b|ab)*c/,
    /(?=\S*\d)x/,
  ])('finds %s', (regex) => {
    expect(findSuperLinear(regex)).toBeDefined();
  });

  test.each([
    /^a*$/,
    /a+/g,
    /[^#]*/,
    /^\s*\{\s*"m"\s*\}\s*$/,
    /\d{8}T\d{6}Z/,
    /^(?!.*\.x\.).*\.com$/,
    /(?:%[\da-f]{2})+/gi,
  ])('leaves %s alone', (regex) => {
    expect(findSuperLinear(regex)).toBeUndefined();
  });

  test('finds expressions however they are written', () => {
    const source = [
      'const A = "a", F = "g";',
      'x(/a/gi);',
      'new RegExp(`${A}+`, F);',
      "RegExp(['b', String.raw`\\d${A}`].join('|'));",
      'new RegExp(given);',
      'new RegExp(`<${name}>`);',
    ].join('\n');
    expect(findRegexes('a.ts', source).map(({ place, regex }) => `${place} ${String(regex)}`)).toEqual([
      'a.ts:2 /a/gi',
      'a.ts:3 /a+/g',
      'a.ts:4 /b|\\da/',
      'a.ts:5 undefined',
      'a.ts:6 undefined',
    ]);
  });
});

/** Linear work grows by 8, quadratic work by 64. */
const MOST_GROWTH = 24;

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
  ])('%s', async (_name, work) => {
    const slow: string[] = [];
    for (const piece of PIECES) {
      const textOfLength = (length: number) => `${piece.repeat(length / piece.length)}\u0001`;
      const growth = await growthOf((text) => attempt(() => work(text)), textOfLength, MOST_GROWTH);
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
