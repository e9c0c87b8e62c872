/** AWS's texts on signatures that did not arrive or cannot be read, in their rarer forms. */
import { host, read, sign } from '../../support/awsTexts';

const url = `https://${host}/dev/notes`;
const NO_DATE = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
const NOT_ISO = "Date must be in ISO-8601 'basic format'. Got 'x'.";

it.each(['Missing Authentication Token', 'Request is missing Authentication Token'])('%s', (message) => {
  expect(read({ message }, { url })?.code).toBe('NotSigned');
  expect(read({ message }, { ...sign(), url: 'no url' })?.difference).toBe(
    'the header authorization: signed, but perhaps dropped on the way; or the path "" with the method POST: perhaps unknown to the API',
  );
});

it.each([
  ['signed: x-amz-a, x-amz-b', 'x-amz-a, x-amz-b'],
  ['signed: x-amz-a,x-amz-b', 'x-amz-a,x-amz-b'],
  ['signed:x-amz-a', 'x-amz-a'],
  ['signed X-Amz-A', 'x-amz-a'],
])('there were headers present in the request which were not %s', (words, names) => {
  const message = `There were headers present in the request which were not ${words}`;
  expect(read({ message })?.difference).toBe(`the header ${names}: arrived, but was not signed`);
});

it.each([NO_DATE, NOT_ISO])('%s: of a request without a date, another scheme is told', (message) => {
  const headers = { authorization: 'Bearer abc' };
  expect(read({ message: `${message} Authorization=Bearer abc` }, { url, headers })).toMatchObject({
    code: 'IncompleteSignature',
    difference: 'the header authorization: arrived as "Bearer …"',
  });
});

it.each([
  ["'Basic abc' not a valid key=value pair (missing equal-sign)", 'arrived as "Basic …"'],
  ["'Basically' not a valid key=value pair (missing equal-sign)", 'arrived in a form that the gateway cannot read'],
  ['Basic abc: missing equal-sign', 'arrived in a form that the gateway cannot read'],
])('%s', (message, how) => {
  expect(read({ message })?.difference).toBe(`the header authorization: signed as "AWS4-HMAC-SHA256 …", ${how}`);
});
