/** A storage that throws at random: all that comes of it is an error of ours. */
import { inspect } from 'node:util';
import { createApig } from '../../../src/apig/index';
import type { Apig } from '../../../src/apig/index';
import { SigV4ClientError } from '../../../src/errors';
import { failingStorage } from '../../support/failingStorage';
import { createRandom } from '../../support/faultProxy';
import { alice, aws, bob, failureOf, password, whoami } from '../../support/storedSession';

test('a storage that throws at times: all errors are ours, and no one signs who is not logged in', async () => {
  const seed = 11;
  const random = createRandom(seed);
  const { storage, shouldFail } = failingStorage();
  const apigs = [createApig(aws.config, { storage }), createApig(aws.config, { storage })];
  const at = (i: number): Apig => apigs[i % apigs.length]!;
  for (let round = 0; round < 8; round++) {
    const user = round % 2 === 0 ? alice : bob;
    shouldFail.decide = () => random.below(6) === 0;
    const login = await failureOf(() => at(round).login(user, password));
    const calls = await Promise.all(
      Array.from({ length: 6 }, async (_, i) => {
        try {
          return await whoami(at(i));
        } catch (error) {
          return error;
        }
      }),
    );
    const logout = await failureOf(() => at(round + 1).logout());
    for (const outcome of [login, logout, ...calls]) {
      if (outcome === undefined || outcome === user) continue;
      expect(outcome).toBeInstanceOf(SigV4ClientError);
      expect(inspect(outcome)).not.toContain('eyJ');
    }
    shouldFail.decide = () => false;
    for (const one of [...apigs, createApig(aws.config, { storage })]) expect(one.getCurrentUser()).toBeNull();
  }
});
