/** What the body of a refusal says, in JSON, XML, a page or plain text. */
import { readErrorBody } from '../../../src/explain/read/errorBody';
import { canonicalLines, mismatch, read, sign } from '../../support/awsTexts';
import { read as readAs, s3, xml } from '../../support/serviceRefusals';

const DENIED =
  'User: arn:aws:iam::123456789012:user/sample is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-west-1:********9012:abc123/dev/GET/notes';

it.each([
  ['JSON', JSON.stringify({ message: DENIED })],
  ['JSON of JSON', JSON.stringify(JSON.stringify({ message: DENIED }))],
  ['text', DENIED],
  ['text as JSON', JSON.stringify(DENIED)],
  ['the first text of several that is not empty', JSON.stringify({ message: '', Message: '', errorMessage: DENIED })],
  ["a list of errors, as AppSync's", JSON.stringify({ errors: [{ message: DENIED }] })],
  ["a reason, as OpenSearch's", JSON.stringify({ error: { reason: DENIED } })],
])('a message is read from %s', (_, body) => {
  expect(readErrorBody(body).message).toBe(DENIED);
});

it.each([
  [{ errors: [{ errorType: 'UnauthorizedException', message: 'a' }] }, 'UnauthorizedException'],
  [{ error: { type: 'security_exception', reason: 'a' } }, 'security_exception'],
  [{ __type: 'aws#A', error: { type: 'B' } }, 'A'],
  [{ error: { type: 1 } }, ''],
])('a type is read from %j', (body, type) => {
  expect(readErrorBody(JSON.stringify(body)).type).toBe(type);
});

it('of a page only what is to be read', () => {
  const page = '<html><script>"Request blocked"</script><body>Error from <b>cloudfront</b></body></html>';
  expect(readErrorBody(page)).toEqual({
    message: expect.stringMatching(/^\s*Error from\s+cloudfront\s*$/) as string,
    type: '',
    isBare: false,
    isHtml: true,
  });
});

it('a page that holds an element Code is no XML of AWS', () => {
  expect(readErrorBody('<html><Code>AccessDenied</Code><Message>x</Message></html>')).toMatchObject({
    type: '',
    isHtml: true,
  });
});

it('XML of AWS is no message alone, and other XML is text', () => {
  expect(readErrorBody(xml('AccessDenied', 'Access Denied'))).toEqual({
    message: 'Access Denied',
    type: 'AccessDenied',
    isBare: false,
    isHtml: false,
  });
  expect(readErrorBody('<a><Message>x</Message></a>')).toMatchObject({ type: '', isBare: false, isHtml: false });
});

it('marks in plain text are no tags', () => {
  const message = mismatch(canonicalLines({ accept: 'a<b>c' }));
  expect(read(message, sign({ headers: { accept: 'a<b>d' } }))?.difference).toBe(
    'the header accept: signed as "a<b>d", arrived as "a<b>c"',
  );
});

it('S3 names the headers that were not signed in an element of their own', () => {
  const words = 'There were headers present in the request which were not signed';
  const body = xml('AccessDenied', words, '<HeadersNotSigned>x-amz-acl, x-amz-meta-a</HeadersNotSigned>');
  expect(readAs(s3, { body })).toMatchObject({
    code: 'HeaderAdded',
    difference: 'the header x-amz-acl, x-amz-meta-a: arrived, but was not signed',
  });
});
