/** Recorded refusals, from the pasted text to the explanation. */
import { explainPasted, readOne, sample } from '../support/pastedHarness';

it.each([
  ['curl-7.88-http1-secret.txt', 'curl', 'WrongSecretKey'],
  ['curl-7.88-http1-expired.txt', 'curl', 'SignatureTooOld'],
  ['curl-7.88-http2-secret.txt', 'curl', 'WrongSecretKey'],
  ['curl-7.88-http2-redirect.txt', 'curl', 'PathChanged'],
  ['curl-7.88-aws-sigv4.txt', 'curl', 'TokenMissing'],
  ['chromium-156-wrong-secret.har', 'har', 'WrongSecretKey'],
  ['chromium-156-hidden.har', 'har', 'CorsHidden'],
])('%s: %s, %s', (name, kind, code) => {
  expect(readOne(sample(name)).kind).toBe(kind);
  expect(explainPasted(sample(name))?.code).toBe(code);
});

const SAMPLES = [
  'curl-7.88-http1-secret.txt',
  'curl-7.88-http1-expired.txt',
  'curl-7.88-http2-secret.txt',
  'chromium-156-wrong-secret.har',
];

it.each(SAMPLES)(
  '%s is read the same with the line breaks of Windows, a byte order mark and space around it',
  (name) => {
    const text = sample(name).replace(/\r?\n/g, '\n');
    const read = readOne(text);
    expect(readOne(text.replace(/\n/g, '\r\n'))).toEqual(read);
    expect(readOne(`\ufeff\n${text}\n\n`)).toEqual(read);
  },
);
