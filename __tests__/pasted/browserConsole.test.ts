/** The words of the browsers' consoles. */
import { explain } from '../../src/explain';
import { readPasted } from '../../src/pasted';
import { flat, readOne } from '../support/pastedHarness';

const url = 'https://abc123.execute-api.us-east-1.amazonaws.com/dev/notes?tag=a%20b';
const chrome = `Access to fetch at '${url}' from origin 'https://example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
const preflight = `Access to XMLHttpRequest at '${url}' from origin 'https://example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.`;
const firefox = `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${url}. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 403.`;
const safari = `[Error] Origin https://example.com is not allowed by Access-Control-Allow-Origin. Status code: 403
[Error] Fetch API cannot load ${url} due to access control checks.
[Error] Failed to load resource: Origin https://example.com is not allowed by Access-Control-Allow-Origin. Status code: 403 (notes, line 0)`;

it.each<[string, string, string | undefined]>(
  (
    [
      ['Chrome', chrome],
      ['Chrome, XMLHttpRequest and a preflight', preflight],
      ['Chrome, with the place and the request', `(index):1 ${chrome}\napp.js:12  POST ${url} net::ERR_FAILED 403 (Forbidden)\nUncaught (in promise) TypeError: Failed to fetch\n    at app.js:12:3`, 'POST'], // prettier-ignore
      ['Chrome, the request first', `PUT ${url} net::ERR_FAILED\n${chrome}`, 'PUT'],
      ['Chrome, redirected', chrome.replace(url, 'https://other.example.com/x').replace(' from origin', ` (redirected from '${url}') from origin`)], // prettier-ignore
      ['Firefox', `${firefox}\n\nTypeError: NetworkError when attempting to fetch resource.`],
      ['Firefox, in several lines', firefox.replace(' at ', ' at\n').replace('. (', '.\n(')],
      ['Safari', `${safari}\n[Error] Unhandled Promise Rejection: TypeError: Load failed`],
      ['Safari, XMLHttpRequest', `XMLHttpRequest cannot load ${url} due to access control checks.`],
    ] as [string, string, string?][]
  ).map(([name, text, method]) => [name, text, method]),
)('%s', (_, text, method) => {
  const signed = { url, headers: [], ...(method !== undefined && { method }) };
  expect(readOne(text)).toEqual({ kind: 'console', error: 'TypeError: Failed to fetch', signed });
  const [pasted] = readPasted(text);
  expect(explain(pasted!.refusal, pasted!.signed)?.code).toBe('CorsHidden');
});

it.each([
  'TypeError: Failed to fetch',
  'Uncaught (in promise) TypeError: NetworkError when attempting to fetch resource.',
  'TypeError: Load failed',
  'Origin https://example.com is not allowed by Access-Control-Allow-Origin.',
])('%s: hidden, of a URL that is not shown', (text) => {
  expect(readOne(text)).toEqual({ kind: 'console', error: 'TypeError: Failed to fetch', signed: undefined });
});

it('an answer that was not hidden has its status, and its body where that was printed', () => {
  const line = `app.js:12  GET ${url} 403 (Forbidden)`;
  const read = { kind: 'console', status: 403, headers: [], body: '', signed: { url, method: 'GET', headers: [] } };
  expect(readOne(line)).toEqual(read);
  expect(readOne(`${line}\n{"message":"Forbidden"}`)).toEqual({ ...read, body: '{"message":"Forbidden"}' });
});

it('what was hidden once counts as hidden: its status may be that of the preflight', () => {
  const hidden = { kind: 'console', error: 'TypeError: Failed to fetch', signed: { url, headers: [] } };
  for (const method of ['OPTIONS', 'GET']) {
    const line = `${method} ${url} 403 (Forbidden)`;
    const signed = method === 'GET' ? { ...hidden.signed, method } : hidden.signed;
    expect(readOne(`${line}\n${chrome}`)).toEqual({ ...hidden, signed });
    expect(readOne(`${chrome}\n${line}`)).toEqual({ ...hidden, signed });
  }
});

it('Chrome’s line about the status alone', () => {
  expect(readOne('Failed to load resource: the server responded with a status of 403 (Forbidden)')).toMatchObject({
    kind: 'console',
    status: 403,
    signed: undefined,
  });
});

it('several URLs are several refusals, and each is one', () => {
  const other = chrome.replace('/notes', '/tags');
  expect(readPasted([chrome, other, chrome].join('\n')).map((one) => flat(one).signed?.url)).toEqual([
    url,
    url.replace('/notes', '/tags'),
  ]);
});

it('requests that were answered are none', () => {
  expect(() => readPasted(`GET ${url} 200 (OK)`)).toThrow('got a string of');
});
