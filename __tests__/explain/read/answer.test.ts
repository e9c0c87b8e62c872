/** What a gateway's answer says, whatever it is wrapped in. */
import { readAnswer } from '../../../src/explain/read/answer';
import { canonicalLines, mismatch, read, sign } from '../../support/awsTexts';

const message = mismatch(canonicalLines({ 'content-type': 'application/json; charset=utf-8' }));
const answerTo = (body: string, headers: Record<string, string> = {}) => readAnswer({ status: 403, headers, body });

describe('a mismatch', () => {
  it.each<[string, string | object]>([
    ['with "message"', { message }],
    ['with "Message"', { Message: message }],
    ['with "errorMessage"', { errorMessage: message }],
    ['wrapped by an app', { error: { message } }],
    ['wrapped by an app as text', { error: message }],
    ['wrapped by an app more than once', { error: { errors: [{ message: { error: message } }] } }],
    ['in a list of errors', { errors: [{ message }] }],
    ['as JSON of JSON', JSON.stringify(JSON.stringify({ message }))],
    ['as bare text', message],
    ['as text with white space around it', `\n ${message} \n`],
    ['as text copied out of JSON, escapes and all', JSON.stringify(message).slice(1, -1)],
    ['with Windows line breaks', { message: message.replaceAll('\n', '\r\n') }],
  ])('is read %s', (_, answer) => {
    expect(read(answer)).toMatchObject({
      code: 'HeaderChanged',
      difference:
        'the header content-type: signed as "application/json", arrived as "application/json; charset=utf-8": a charset was added',
    });
  });

  it('gives the canonical request and the string to sign, each part', () => {
    const { canonical, stringToSign } = answerTo(
      JSON.stringify({ message: mismatch(['GET', '/a', 'b=1', "x:'a' b:c", ':d', 'e', '', 'x', 'hash']) }),
    );
    expect(canonical).toEqual({
      method: 'GET',
      path: '/a',
      query: 'b=1',
      headers: new Map([['x', "'a' b:c"]]),
      signedHeaders: 'x',
      payloadHash: 'hash',
    });
    expect(stringToSign).toMatchObject({
      amzDate: '20240501T120000Z',
      scope: '20240501/eu-west-1/execute-api/aws4_request',
    });
  });

  it.each<[string, string]>([
    ['no line', ''],
    ['too few lines', 'GET\n/\n\nhost\nhash'],
    ['no method', '\n/\n\nhost:a\n\nhost\nhash'],
    ['no path', 'GET\nx\n\nhost:a\n\nhost\nhash'],
    ['no hash', 'GET\n/\n\nhost:a\n\nhost\n'],
  ])('is not read where there is %s', (_, lines) => {
    expect(answerTo(mismatch(lines.split('\n'))).canonical).toBeUndefined();
  });

  it('is not read where its quotation marks are missing', () => {
    const whole = mismatch(canonicalLines());
    for (const cut of [
      whole.replace("'POST", 'POST'),
      whole.replace("'\n\nThe String", '\n\nThe String'),
      whole.replace('The String-to', 'A string to'),
      whole.slice(0, whole.indexOf('The String-to')),
    ]) {
      expect(answerTo(cut).canonical).toBeUndefined();
    }
    expect(answerTo(whole.replace(/'\n$/, '')).stringToSign).toBeUndefined();
    expect(answerTo(whole.replace("'AWS4-", '')).stringToSign).toBeUndefined();
    expect(answerTo(whole.replace("'AWS4-", "'AWS5-")).stringToSign).toBeUndefined();
    expect(answerTo(whole.replace(/(SHA256\n)\w+/, '$1')).stringToSign).toBeUndefined();
  });
});

it('the two characters of an escape stay where the message has real line breaks', () => {
  const headers = { accept: String.raw`C:\new` };
  const message = mismatch(canonicalLines({ ...headers, 'content-type': 'text/plain' }));
  expect(read({ message }, sign({ headers }))?.difference).toBe(
    'the header content-type: signed as "application/json", arrived as "text/plain"',
  );
});

describe('the type', () => {
  it.each([
    ['ExpiredToken', 'ExpiredToken'],
    ['ExpiredTokenException', 'ExpiredToken'],
    ['ExpiredTokenException:http://internal.amazon.com/coral/', 'ExpiredToken'],
    ['com.amazon.coral.service#ExpiredTokenException', 'ExpiredToken'],
    ['ExceptionOfMine', 'ExceptionOfMine'],
  ])('%s', (stated, type) => {
    expect(answerTo('', { 'X-Amzn-ErrorType': stated }).type).toBe(type);
    for (const name of ['__type', 'code', 'Code']) expect(answerTo(JSON.stringify({ [name]: stated })).type).toBe(type);
  });

  it('of the header counts before that of the body', () => {
    expect(answerTo('{"__type":"Other"}', { 'x-amzn-errortype': 'AccessDeniedException' }).type).toBe('AccessDenied');
  });
});

it.each([
  ['{"message":"a"}', true],
  ['{"Message":"a"}', true],
  ['{"message":"a","code":1}', false],
  ['{"error":"a"}', false],
  ['{}', false],
  ['a', false],
])('%s holds a message alone: %p', (body, isBare) => {
  expect(answerTo(body).isBare).toBe(isBare);
});

it('the gateway’s clock is its Date header', () => {
  expect(answerTo('', { Date: 'Wed, 01 May 2024 13:00:00 GMT' }).date).toBe(Date.parse('2024-05-01T13:00:00Z'));
  expect(answerTo('', { Date: 'yesterday' })).not.toHaveProperty('date');
  expect(answerTo('')).not.toHaveProperty('date');
});

it('all that comes after 64 kB is not read', () => {
  const text = '{"message":"Forbidden"}';
  expect(answerTo(text + ' '.repeat(70_000)).message).toBe('Forbidden');
  expect(answerTo(' '.repeat(65_536) + text).message).toBe('');
  expect(answerTo(' '.repeat(65_536 - text.length) + text).message).toBe('Forbidden');
});

it('a body that a client has parsed says what its text says', () => {
  expect(readAnswer({ status: 403, body: { message: 'Forbidden' } }).message).toBe('Forbidden');
  expect(readAnswer({ status: 403, body: new Blob(['Forbidden']) }).message).toBe('');
  expect(read('{"message":"Forbidden"}', sign())?.code).toBe('Forbidden');
});
