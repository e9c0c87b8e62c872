import { checkPort, LocalAwsError, optionError } from '../../../src/local/options';
import { SigV4ClientError } from '../../../src/sigv4';
import { checkOptions } from '../../../src/util';
import { LOOK_SECRET } from '../../support/secretTexts';

const known = ['users', 'port', 'region'];

describe('known options', () => {
  it.each([{}, { users: [] }, { region: 'eu-west-1', port: 0 }, { other: undefined }])('takes %p', (options) => {
    expect(() => {
      checkOptions(options, known, optionError);
    }).not.toThrow();
  });

  it.each<[unknown, string, string]>([
    [{ user: 1 }, '', 'user: expected a known option, such as users, got 1'],
    [{ por: 1 }, 'providers[0]', 'providers[0].por: expected a known option, such as providers[0].port, got 1'],
    [{ usersPasswort: 12_345_678 }, '', 'usersPasswort: expected a known option, such as users, got Number'],
    [
      { usersSecret: 'secret' },
      '',
      'usersSecret: expected a known option, such as users, got a string of 6 characters',
    ],
    [null, '', 'options: expected an object, got null'],
    [[], 'users[0]', 'users[0]: expected an object, got Array'],
  ])('refuses %p at "%s"', (options, place, message) => {
    const check = () => {
      checkOptions(options, known, optionError, place);
    };
    expect(check).toThrow(LocalAwsError);
    expect(check).toThrow(expect.objectContaining({ code: 'InvalidOption', message }) as Error);
  });

  it.each(LOOK_SECRET)('tells %s that stands in the place of a name by its length', (_, secret) => {
    for (const place of ['', 'users[0]']) {
      const check = () => {
        checkOptions({ [secret]: 1 }, known, optionError, place);
      };
      expect(check).toThrow(/a string of \d+ characters.*: expected a known option/);
      expect(check).not.toThrow(secret);
    }
  });

  it('throws the error that it is told to make', () => {
    const makeError = (option: string) => new SigV4ClientError('Other', option);
    expect(() => {
      checkOptions({ user: 1 }, known, makeError, 'at');
    }).toThrow(new SigV4ClientError('Other', 'at.user'));
  });
});

describe('a port', () => {
  it.each([undefined, 0, 80, 65_535])('takes %p', (port) => {
    expect(() => {
      checkPort(port);
    }).not.toThrow();
  });

  it.each([-1, 65_536, 1.5, NaN, null, '80'])('refuses %p', (port) => {
    expect(() => {
      checkPort(port, 'userPool.port');
    }).toThrow(/^userPool\.port: expected a whole number from 0 to 65535, got /);
  });
});
