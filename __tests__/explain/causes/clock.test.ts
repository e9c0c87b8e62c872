/** Explained by damage and by AWS's texts: the clocks. */
import { explain } from '../../../src/explain/index';
import { date, presign, read, sign } from '../../support/awsTexts';
import { isExplained, NOW } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';
import { HOUR } from '../../support/clocks';

const at = (time: number) => ({ now: () => time });

it.each<Row>([
  [
    'clock behind',
    {
      code: 'ClockBehind',
      cause: "This device's clock is about 1 hour behind the gateway's, which accepts 5 minutes.",
      difference:
        "the date: signed at 2024-05-01T11:00:00Z, the gateway's clock shows 2024-05-01T12:00:00Z: 1 hour too early",
      advice:
        "Set the device's clock by the network (and its time zone). Where that is not in your hands, sign with a corrected clock: pass now: () => Date.now() + offset, with the offset read from a response's Date header (a browser page can read it where Access-Control-Expose-Headers lists Date).",
    },
    { config: at(NOW - HOUR), ...at(NOW - HOUR) },
  ],
  [
    'clock ahead',
    {
      code: 'ClockAhead',
      cause: "This device's clock is about 1 hour ahead of the gateway's, which accepts 5 minutes.",
      difference:
        "the date: signed at 2024-05-01T13:00:00Z, the gateway's clock shows 2024-05-01T12:00:00Z: 1 hour too late",
      advice:
        "Set the device's clock by the network (and its time zone). Where that is not in your hands, sign with a corrected clock: pass now: () => Date.now() + offset, with the offset read from a response's Date header (a browser page can read it where Access-Control-Expose-Headers lists Date).",
    },
    { config: at(NOW + HOUR), ...at(NOW + HOUR) },
  ],
  [
    'signed long before',
    {
      code: 'SignatureTooOld',
      cause:
        "The request was signed 1 hour before it reached the gateway, which accepts 5 minutes. This device's clock is right: the signed request was kept, queued or sent again.",
      difference:
        "the date: signed at 2024-05-01T11:00:00Z, the gateway's clock shows 2024-05-01T12:00:00Z: 1 hour too early",
      advice:
        'Sign right before sending, and sign each retry anew. If the client is given a clock (now) or a date of its own, check that one.',
    },
    { config: at(NOW - HOUR) },
  ],
  [
    'signed with a clock ahead, on a device whose clock is right',
    {
      code: 'ClockAhead',
      cause:
        "The clock that the request was signed with is about 1 hour ahead of the gateway's, which accepts 5 minutes.",
      difference:
        "the date: signed at 2024-05-01T13:00:00Z, the gateway's clock shows 2024-05-01T12:00:00Z: 1 hour too late",
      advice:
        "Set the device's clock by the network (and its time zone). Where that is not in your hands, sign with a corrected clock: pass now: () => Date.now() + offset, with the offset read from a response's Date header (a browser page can read it where Access-Control-Expose-Headers lists Date).",
    },
    { config: at(NOW + HOUR) },
  ],
  [
    'the device off by less than half',
    {
      code: 'SignatureTooOld',
      difference:
        "the date: signed at 2024-05-01T11:00:00Z, the gateway's clock shows 2024-05-01T12:00:00Z: 1 hour too early",
    },
    { config: at(NOW - HOUR), ...at(NOW - HOUR / 2 + 1000) },
  ],
  [
    'the device off by half',
    {
      code: 'ClockBehind',
      difference:
        "the date: signed at 2024-05-01T11:00:00Z, the gateway's clock shows 2024-05-01T12:00:00Z: 1 hour too early",
    },
    { config: at(NOW - HOUR), now: () => new Date(NOW - HOUR / 2) },
  ],
])('%s', isExplained);

const LATE = 'Signature expired: 20240501T120000Z is now earlier than';
const EARLY = 'Signature not yet current: 20240501T120000Z is still later than';

it.each<[message: string, expected: object]>([
  [
    `${LATE} 20240501T125500Z (20240501T130000Z - 5 min.)`,
    {
      code: 'ClockBehind',
      cause: "This device's clock is about 1 hour behind the gateway's, which accepts 5 minutes.",
      difference:
        "the date: signed at 2024-05-01T12:00:00Z, the gateway's clock shows 2024-05-01T13:00:00Z: 1 hour too early",
      advice:
        "Set the device's clock by the network (and its time zone). Where that is not in your hands, sign with a corrected clock: pass now: () => Date.now() + offset, with the offset read from a response's Date header (a browser page can read it where Access-Control-Expose-Headers lists Date).",
    },
  ],
  [
    `${EARLY} 20240501T105500Z (20240501T105000Z + 5 min.)`,
    {
      code: 'ClockAhead',
      cause: "This device's clock is about 1 hour 10 minutes ahead of the gateway's, which accepts 5 minutes.",
      difference:
        "the date: signed at 2024-05-01T12:00:00Z, the gateway's clock shows 2024-05-01T10:50:00Z: 1 hour 10 minutes too late",
      advice:
        "Set the device's clock by the network (and its time zone). Where that is not in your hands, sign with a corrected clock: pass now: () => Date.now() + offset, with the offset read from a response's Date header (a browser page can read it where Access-Control-Expose-Headers lists Date).",
    },
  ],
  [
    `${LATE} 20240504T125500Z`,
    {
      code: 'ClockBehind',
      difference:
        "the date: signed at 2024-05-01T12:00:00Z, the gateway's clock shows 2024-05-04T13:00:00Z: 3 days 1 hour too early",
    },
  ],
  [
    `${EARLY} 20240501T105500Z`,
    {
      code: 'ClockAhead',
      difference:
        "the date: signed at 2024-05-01T12:00:00Z, the gateway's clock shows 2024-05-01T10:50:00Z: 1 hour 10 minutes too late",
    },
  ],
  [
    'Signature expired: 20240501T120000Z',
    {
      code: 'ClockBehind',
      cause:
        "The gateway found the signature's date too old by its own clock; it accepts 5 minutes. Either the clock is off, or the request was not signed right before it was sent.",
      advice: "Compare the device's clock with the Date header of a response, and sign right before sending.",
    },
  ],
  [
    'Signature not yet current: 20240501T120000Z',
    {
      code: 'ClockAhead',
      cause:
        "The gateway found the signature's date too new by its own clock; it accepts 5 minutes. Either the clock is off, or the request was not signed right before it was sent.",
      advice: "Compare the device's clock with the Date header of a response, and sign right before sending.",
    },
  ],
  [
    'Signature expired: 20240231T120000Z',
    {
      code: 'HeaderChanged',
      difference: 'the header x-amz-date: signed as "20240501T120000Z", arrived as "20240231T120000Z"',
    },
  ],
  [`${LATE} 20240231T120000Z (20240231T120000Z - 5 min.)`, { code: 'ClockBehind' }],
  [
    'Signature expired: 20240501T110000Z is now earlier than 20240501T125500Z (20240501T130000Z - 5 min.)',
    {
      code: 'HeaderChanged',
      cause:
        'The gateway saw another signing date than this request has: the date was changed on the way, or the answer belongs to another attempt than the signed request given here.',
      difference: 'the header x-amz-date: signed as "20240501T120000Z", arrived as "20240501T110000Z"',
      advice:
        'Let x-amz-date pass unchanged, and compare the answer with the very request it refused: each retry is signed anew.',
    },
  ],
])('%s', (message, expected) => {
  expect(read({ message })).toMatchObject(expected);
});

it('the gateway’s clock: what its text says counts before its Date header, and that before the limit', () => {
  const headers = { date: 'Wed, 01 May 2024 15:00:00 GMT' };
  const clock = (message: string) => read({ message }, sign(), { headers })?.difference;
  expect(clock(`${LATE} 20240501T125500Z (20240501T130000Z - 5 min.)`)).toContain('shows 2024-05-01T13:00:00Z: 1 hour');
  expect(clock(`${LATE} 20240501T125500Z`)).toContain('shows 2024-05-01T15:00:00Z: 3 hours');
});

it('in the words of S3', () => {
  const headers = { date: 'Wed, 01 May 2024 12:20:00 GMT' };
  for (const message of [
    'The difference between the request time and the current time is too large.',
    "The difference between the request time and the server's time is too large.",
  ]) {
    expect(read({ message }, sign(), { headers })?.difference).toContain('20 minutes too early');
  }
  const typed = { ...headers, 'x-amzn-errortype': 'RequestTimeTooSkewed' };
  expect(read({ message: 'No entry.' }, sign(), { headers: typed })?.difference).toContain('20 minutes too early');
});

it('a request without a date is read by the date that arrived', () => {
  const message = `${LATE} 20240501T125500Z (20240501T130000Z - 5 min.)`;
  expect(read({ message }, { url: 'https://api.test/' })?.difference).toContain('1 hour too early');
});

it.each([
  [1000, '1 second'],
  [59_000, '59 seconds'],
  [60_000, '1 minute'],
  [61_000, '1 minute 1 second'],
  [2 * HOUR + 59_000, '2 hours'],
  [24 * HOUR + 60_000, '1 day'],
  [49 * HOUR + 60_000, '2 days 1 hour'],
  [1499, '1 second'],
])('a URL that expired %d ms ago', (ago, words) => {
  const now = new Date(date.getTime() + 300_000 + ago);
  const amz = (time: Date) => time.toISOString().replace(/[:-]|\.\d{3}/g, '');
  const message = `${LATE} ${amz(now)} (${amz(now)} - 5 min.)`;
  const seconds = Math.floor(ago / 1000) * 1000;
  expect(read({ message }, { url: presign() })).toMatchObject({
    code: 'PresignedUrlExpired',
    cause: `The presigned URL was valid for 5 minutes and expired ${words} ago.`,
    difference: `the date: signed at 2024-05-01T12:00:00Z, valid until 2024-05-01T12:05:00Z, the gateway's clock shows ${new Date(date.getTime() + 300_000 + seconds).toISOString().replace('.000', '')}`,
  });
});

it('a refused signature without its text: the Date header tells a wrong clock', () => {
  const headers = (time: string) => ({
    'x-amzn-errortype': 'InvalidSignatureException',
    date: `Wed, 01 May 2024 ${time} GMT`,
  });
  const code = (time: string, now: string, signed: { url: string } = sign()) =>
    explain({ status: 403, headers: headers(time), body: '' }, signed, { now: () => new Date(now) })?.code;
  expect(code('13:00:00', '2024-05-01T12:00:01Z')).toBe('ClockBehind');
  expect(code('11:00:00', '2024-05-01T12:00:01Z')).toBe('ClockAhead');
  expect(code('13:00:00', '2024-05-01T13:00:01Z')).toBe('SignatureTooOld');
  expect(code('12:05:01', '2024-05-01T12:00:01Z')).toBe('ClockBehind');
  expect(code('12:05:00', '2024-05-01T12:00:01Z')).toBe('SignatureMismatch');
  expect(code('13:00:00', '2024-05-01T12:00:01Z', { url: presign() })).toBe('SignatureMismatch');
});
