/** No more than the body of the answer. */
import { readPasted } from '../../src/pasted';
import { canonicalLines, mismatch, sign } from '../support/awsTexts';
import { explainPasted, readOne } from '../support/pastedHarness';

const xml =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>SignatureDoesNotMatch</Code><Message>x</Message></Error>';
const response =
  '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>InvalidClientTokenId</Code><Message>The security token included in the request is invalid.</Message></Error></ErrorResponse>';

it.each([
  '{"message":"Missing Authentication Token"}',
  '{"Message":"User: anonymous is not authorized to perform: es:ESHttpGet"}',
  '{"__type":"UnrecognizedClientException","message":"x"}',
  '{"message":null}',
  '{"errors":[{"errorType":"UnauthorizedException","message":"x"}]}',
  '[{"message":"x"}]',
  xml,
  response,
  'Missing Authentication Token',
  'Forbidden',
  'The security token included in the request is expired',
  'User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:abc123/dev/GET/notes',
])('%s', (body) => {
  const read = { kind: 'json', status: 403, headers: [], body, signed: undefined };
  expect(readOne(body)).toEqual(read);
  expect(readOne(`\n ${body}\n\n`)).toEqual(read);
});

it.each([
  ['"Forbidden"', 'Forbidden'],
  ['It said:\n{"message":"Forbidden"}\nand no more.', '{"message":"Forbidden"}'],
  [`It said:\n${xml}`, xml],
  [`{"message":"Forbidden"}user@example:~$`, '{"message":"Forbidden"}'],
])('%j: what stands around it is left out', (text, body) => {
  expect(readOne(text).body).toBe(body);
});

it.each<[string, number]>([
  ['{"name":"AccessDeniedException","message":"x","$metadata":{"httpStatusCode":400}}', 400],
  ['{"statusCode":401,"message":"Unauthorized"}', 401],
  ['{"status":"401","message":"Unauthorized"}', 403],
  ['{"status":1e9,"message":"Unauthorized"}', 403],
])('%s has the status %d', (text, status) => {
  expect(readOne(text).status).toBe(status);
});

it('an answer printed as JSON is read with its headers', () => {
  const text = '{"status":401,"headers":{"x-amzn-errortype":"UnauthorizedException","a":1},"data":{"message":"x"}}';
  expect(readOne(text)).toMatchObject({
    status: 401,
    headers: ['x-amzn-errortype: UnauthorizedException'],
    body: { message: 'x' },
  });
});

it('a message whose line breaks were put in by a terminal is explained all the same', () => {
  const message = mismatch(canonicalLines());
  for (const text of [JSON.stringify({ message }), `{"message":"${message}"}`, message]) {
    expect(readOne(text).kind).toBe('json');
    expect(explainPasted(text)?.code).toBe('SignatureMismatch');
  }
});

it('is read behind the request', () => {
  const { url, method, headers, body } = sign();
  const command = `curl -X ${method} '${url}' ${Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`).join(' ')} -d '${body as string}'`; // prettier-ignore
  expect(explainPasted(`${command}\n${JSON.stringify({ message: mismatch(canonicalLines()) })}`)?.code).toBe(
    'WrongSecretKey',
  );
});

it.each(['', ' \n', '{}', '[]', '{"notes":[]}', '[1]', '<a>', '<', '{', 'Hello', 'null', '1', '"'])(
  '%j is none',
  (text) => {
    expect(() => readPasted(text)).toThrow(`, got a string of ${text.length} characters`);
  },
);
