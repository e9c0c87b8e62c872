import { createTotpSecret, isTotpSecret, totpCode, totpStepsOf, UsedTotpCodes } from '../../../src/local/userPool/totp';

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
  ['of now', 0, [41_152_263]],
  ['of the period before', 30, [41_152_263]],
  ['of the next period', -30, [41_152_263]],
  ['of two periods before', 60, []],
  ['of two periods ahead', -60, []],
])('finds the time step of a code %s', (_, secondsLater, expected) => {
  expect(totpStepsOf(SECRET, '005924', new Date((1_234_567_890 + secondsLater) * 1000))).toEqual(expected);
});

it.each(['', '5924', '0059240', '00592x'])('refuses %p', (code) => {
  expect(totpStepsOf(SECRET, code, new Date(1_234_567_890_000))).toEqual([]);
});

describe('a code', () => {
  const at = (seconds: number): Date => new Date((1_234_567_890 + seconds) * 1000);

  it('is good once, as long as it is accepted at all', () => {
    const used = new UsedTotpCodes();
    expect(used.use('user', SECRET, '005924', at(-30))).toBe('right');
    for (const seconds of [-30, 0, 29, 30]) expect(used.use('user', SECRET, '005924', at(seconds))).toBe('used');
    expect(used.use('user', SECRET, '005924', at(60))).toBe('wrong');
  });

  it('of another step is another, whichever comes first', () => {
    const used = new UsedTotpCodes();
    for (const seconds of [30, -30, 0])
      expect(used.use('user', SECRET, totpCode(SECRET, at(seconds)), at(0))).toBe('right');
    for (const seconds of [30, -30, 0])
      expect(used.use('user', SECRET, totpCode(SECRET, at(seconds)), at(0))).toBe('used');
  });

  it('can be had unused three times in one step', () => {
    const used = new UsedTotpCodes();
    const codes = [1, 2, 3].map(() => {
      const code = used.unusedCode('user', SECRET, at(0));
      expect(used.use('user', SECRET, code, at(0))).toBe('right');
      return code;
    });
    expect(codes).toEqual([0, 30, -30].map((seconds) => totpCode(SECRET, at(seconds))));
    expect(used.unusedCode('user', SECRET, at(0))).toBe(codes[0]);
  });

  it('is not used up by a wrong one, another user, or another secret', () => {
    const used = new UsedTotpCodes();
    expect(used.use('user', SECRET, '000000', at(0))).toBe('wrong');
    expect(used.use('other', SECRET, '005924', at(0))).toBe('right');
    const secret = createTotpSecret();
    expect(used.use('user', secret, totpCode(secret, at(0)), at(0))).toBe('right');
    expect(used.use('user', SECRET, '005924', at(0))).toBe('right');
  });
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

describe('a used code', () => {
  const now = new Date(1_234_567_890_000);
  const used = () => {
    const codes = new UsedTotpCodes();
    expect(codes.use('victim', SECRET, '005924', now)).toBe('right');
    return codes;
  };

  it('stays used whatever others do', () => {
    const codes = used();
    for (let i = 0; i < 20_000; i++) codes.use(`other ${i}`, SECRET, '005924', now);
    expect(codes.use('victim', SECRET, '005924', now)).toBe('used');
  });

  it('stays used whatever other secrets one other user makes', () => {
    const codes = used();
    for (let i = 0; i < 300; i++) {
      const secret = createTotpSecret();
      expect(codes.use('attacker', secret, totpCode(secret, now), now)).toBe('right');
    }
    expect(codes.use('victim', SECRET, '005924', now)).toBe('used');
  });
});
