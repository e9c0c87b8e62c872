import { createTotpSecret, isTotpSecret, totpCode, verifyTotpCode } from '../../../src/local/userPool/totp';

// RFC 6238, appendix B, SHA-1: the ASCII secret 12345678901234567890 in base32, the codes' last six digits.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('shows the code of RFC 6238 at %d s', (seconds, code) => {
  expect(totpCode(SECRET, new Date(seconds * 1000))).toBe(code);
});

it.each([
  ['of now', 0, true],
  ['of the period before', 30, true],
  ['of the next period', -30, true],
  ['of two periods before', 60, false],
  ['of two periods ahead', -60, false],
])('checks a code %s', (_, secondsLater, expected) => {
  expect(verifyTotpCode(SECRET, '005924', new Date((1_234_567_890 + secondsLater) * 1000))).toBe(expected);
});

it.each(['', '5924', '0059240', '00592x'])('refuses %p', (code) => {
  expect(verifyTotpCode(SECRET, code, new Date(1_234_567_890_000))).toBe(false);
});

it('makes secrets of 160 bits, each another', () => {
  const secret = createTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(isTotpSecret(secret)).toBe(true);
  expect(createTotpSecret()).not.toBe(secret);
});

it.each(['', 'GEZDGNBVGY3TQOJ', 'gezdgnbvgy3tqojq', 'GEZDGNBVGY3TQOJ1', 'GEZDGNBVGY3TQOJ='])(
  'takes %p for no secret',
  (text) => {
    expect(isTotpSecret(text)).toBe(false);
  },
);
