/** The request as a browser copies it, and the answer behind it. */
import { readPasted } from '../../src/pasted';
import { readOne } from '../support/pastedHarness';

const url = 'https://abc123.execute-api.us-east-1.amazonaws.com/dev/notes?tag=a%20b';
const body = '{"message":"Forbidden"}';
const headers = { accept: 'application/json', 'x-amz-date': '20240501T120000Z' };
const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

const read = (kind: string, signed: object) => ({
  kind,
  status: 403,
  headers: [],
  body,
  signed: { url, method: 'POST', headers: lines, body: '{"text":"it\'s\\n"}', ...signed },
});

describe('as cURL', () => {
  const bash = `curl '${url}' \\
  -H 'accept: application/json' \\
  -H 'x-amz-date: 20240501T120000Z' \\
  --data-raw $'{"text":"it\\'s\\\\n"}' \\
  --compressed`;
  const cmd = `curl --request POST ^"${url.replace('%', '^%^')}^" ^
  -H ^"accept: application/json^" ^
  -H ^"x-amz-date: 20240501T120000Z^" ^
  --data-raw ^"^{^\\^"text^\\^":^\\^"it's^\\\\n^\\^"^}^"`;

  it.each([
    ['for bash', bash],
    ['for Windows', cmd],
    ['with a prompt', `user@example:~/notes$ ${bash}`],
    ['with curl.exe', bash.replace('curl', 'curl.exe')],
    ['with short options in one word', bash.replace('curl', 'curl -sSXPOST')],
    ['with options that we do not need', bash.replace('curl', 'curl -o /dev/null --max-time 5 -k')],
  ])('%s', (_, command) => {
    expect(readOne(`${command}\n${body}`)).toEqual(read('curl', {}));
  });

  it.each<[string, object]>([
    [`curl -I ${url}`, { method: 'HEAD' }],
    [`curl ${url} -X DELETE`, { method: 'DELETE' }],
    [`curl -d a=1 --data b=2 ${url}`, { method: 'POST', body: 'a=1&b=2' }],
    [`curl -G -d c=1 '${url}'`, { method: 'GET', url: `${url}&c=1` }],
    [`curl --json '{}' ${url}`, { method: 'POST', body: '{}', headers: ['Content-Type: application/json', 'Accept: application/json'] }], // prettier-ignore
    [`curl -d @notes.json ${url}`, { method: 'POST', body: {} }],
    [`curl --data-raw @x ${url}`, { method: 'POST', body: '@x' }],
    [`curl -T notes.json -X PUT ${url}`, { method: 'PUT', body: {} }],
    [`curl -A x -b a=1 -H 'X-Empty;' -H 'Accept:' ${url}`, { headers: ['User-Agent: x', 'Cookie: a=1', 'X-Empty: '] }],
    ['curl localhost:9400/dev', { url: 'http://localhost:9400/dev' }],
    [`curl -v --url ${url} 2>&1 | less`, {}],
  ])('%s', (command, expected) => {
    const { signed, kind } = readOne(`${command}\n${body}`);
    expect(kind).toBe('curl');
    expect(signed).toEqual({ url, method: 'GET', headers: [], ...expected });
  });

  it('the secret key of --user is no part of the request', () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const command = `curl --aws-sigv4 aws:amz:us-east-1:execute-api --user AKIAIOSFODNN7EXAMPLE:${secret} '${url}'`;
    const pasted = readPasted(`${command}\n${body}`);
    expect(JSON.stringify(pasted)).not.toContain(secret);
    expect(pasted[0]!.signed).toEqual({ url, method: 'GET', headers: [] });
  });
});

describe('as fetch', () => {
  const init = { headers, referrer: 'https://example.com/', body: '{"text":"it\'s\\n"}', method: 'POST', mode: 'cors' };
  const call = `fetch("${url}", ${JSON.stringify(init, null, 2)})`;

  it.each([
    ['Chrome', `${call};`],
    ['Firefox', `await ${call};`],
    ['with more behind it', `${call}.then((response) => response.text()).then(console.log);`],
  ])('%s', (_, text) => {
    expect(readOne(`${text}\n${body}`)).toEqual(read('console', {}));
  });

  it('without options', () => {
    expect(readOne(`fetch("${url}");\n${body}`)).toMatchObject({ kind: 'console', signed: { url } });
  });

  it('nothing of it is evaluated', () => {
    expect(() => readPasted(`fetch("${url}", { body: process.exit(1) });\n[]`)).toThrow('got a string of');
  });
});

it('whatever kind of answer stands behind it', () => {
  const command = `curl '${url}' -H 'x-amz-date: 20240501T120000Z'`;
  const signed = { url, method: 'GET' };
  const hidden = `Access to fetch at '${url}' from origin 'https://example.com' has been blocked by CORS policy: x`;
  expect(readOne(`${command}\n\nHTTP/2 400 \r\na: b\r\n\r\n${body}`)).toMatchObject({ status: 400, headers: ['a: b'], body, signed }); // prettier-ignore
  expect(readOne(`${command}\nMissing Authentication Token`)).toMatchObject({
    body: 'Missing Authentication Token',
    signed,
  });
  expect(readOne(`${command}\n${hidden}`)).toMatchObject({ error: 'TypeError: Failed to fetch', signed });
});

it('a command alone is not enough', () => {
  expect(() => readPasted(`curl '${url}'`)).toThrow('text: expected the answer behind the request, got a string of');
});
