/** A login on a storage that fails is whole: no one is found but the user who logged in. */
import { createApig } from '../../../src/apig/index';
import type { Method } from '../../support/failingStorage';
import { aws, bob, loggedIn, password, whoami } from '../../support/storedSession';

describe('a login', () => {
  test.each<Method[][]>([[['setItem']], [['removeItem']], [['setItem', 'removeItem']]])(
    'is whole although %p throw: no one is found but the user who logged in',
    async (methods) => {
      const { apig, storage, fail } = loggedIn();
      fail(...methods);
      await apig.login(bob, password);
      for (const one of [apig, createApig(aws.config, { storage })]) expect(await whoami(one)).toBe(bob);
      fail();
      for (const one of [apig, createApig(aws.config, { storage })]) expect(await whoami(one)).toBe(bob);
      await apig.logout();
      for (const one of [apig, createApig(aws.config, { storage })]) expect(one.getCurrentUser()).toBeNull();
    },
  );
});

test('a login that can be written, and not read from then on, has taken effect', async () => {
  const { apig, storage, fail, shouldFail } = loggedIn();
  shouldFail.decide = (method, key) => {
    if (method === 'setItem' && key.endsWith('.LastAuthUser')) fail('getItem');
    return false;
  };
  await apig.login(bob, password);
  fail();
  for (const one of [apig, createApig(aws.config, { storage })]) expect(await whoami(one)).toBe(bob);
});
