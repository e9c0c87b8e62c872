/** Refusals about time that lack one of the times, or hold odd ones. */
import { date, presign, read, sign } from '../../support/awsTexts';
import { xml } from '../../support/serviceRefusals';
import { explainWords } from '../../support/explainWords';

const LATE = 'Signature expired: 20240501T120000Z is now earlier than';
const COMPARE = "Compare the device's clock with the Date header of a response, and sign right before sending.";
const TOO_OLD =
  "The gateway found the signature's date too old by its own clock; it accepts 5 minutes. Either the clock is off, or the request was not signed right before it was sent.";

const link = (expiresIn: number): string => presign().replace('X-Amz-Expires=300', `X-Amz-Expires=${expiresIn}`);
const HAS_EXPIRED = xml('AccessDenied', 'Request has expired');
const explainLink = (url: string, now: string, body = HAS_EXPIRED) =>
  explainWords({ status: 403, body }, { url }, { now: () => new Date(now) });

it('the device’s clock stands for the gateway’s where the answer has none', () => {
  expect(explainLink(link(1000), '2024-05-01T12:20:00Z')).toMatchObject({
    code: 'PresignedUrlExpired',
    cause: 'The presigned URL was valid for 16 minutes 40 seconds and expired 3 minutes 20 seconds ago.',
  });
  expect(explainLink(link(1000), '2024-05-01T12:16:40Z')?.cause).toMatch(/ and expired 0 seconds ago\.$/);
});

it('a link without a date', () => {
  const url = link(300).replace(/&X-Amz-Date=\w+/, '');
  expect(explainLink(url, '2024-05-01T12:20:00Z')).toEqual({ code: 'ClockBehind', cause: TOO_OLD, advice: COMPARE });
});

it.each([
  ['Request has expired', 'PresignedUrlExpired'],
  ['Request has expired.', 'PresignedUrlExpired'],
  ['Request has expired, says the app', undefined],
  ['The Request has expired', undefined],
])('%s', (message, code) => {
  const body = JSON.stringify({ message });
  expect(explainLink(link(300), '2024-05-01T12:20:00Z', body)?.code).toBe(code);
});

it('a request without a date that is refused for it', () => {
  const headers = { 'x-amzn-errortype': 'RequestTimeTooSkewed', date: 'Wed, 01 May 2024 12:20:00 GMT' };
  const url = 'https://api.test/';
  const skewed = { status: 403, headers, body: '{"message":"No entry."}' };
  expect(explainWords(skewed, { url }, { now: () => date })).toEqual({
    code: 'ClockAhead',
    cause: TOO_OLD.replace('too old', 'too new'),
    advice: COMPARE,
  });
});

it('a text without the gateway’s clock, and no Date header', () => {
  expect(read({ message: LATE.replace(' is now earlier than', '') }, sign())).toEqual({
    code: 'ClockBehind',
    cause: TOO_OLD,
    advice: COMPARE,
  });
});
