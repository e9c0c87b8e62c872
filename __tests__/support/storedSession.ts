/** A local AWS with two users, and a storage that fails as told, on which one of them is logged in. */
import { createApig } from '../../src/apig/index';
import type { Apig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { failingStorage } from './failingStorage';
import { mapStorage } from './mapStorage';

export const password = 'Passw0rd!';
export const [alice, bob] = ['alice', 'bob'];

export let aws: LocalAws;
/** What Alice's login has stored: that, and not the login itself, is what most of these tests need. */
export let session: readonly [key: string, value: string][];
beforeAll(async () => {
  const users = [alice, bob].map((username) => ({ username, password }));
  const handler = (_: Request, { username }: { username?: string }) => Response.json(username);
  aws = await startLocalAws({ userPool: { users }, apiGateway: { handler } });
  const storage = mapStorage();
  await createApig(aws.config, { storage }).login(alice, password);
  session = [...storage.items];
});
afterAll(() => aws.stop());

/** A storage that fails as told, and an instance on it that Alice is logged in at. */
export function loggedIn() {
  const failing = failingStorage();
  for (const [key, value] of session) failing.items.set(key, value);
  const apig = createApig(aws.config, { storage: failing.storage });
  apig.getCurrentUser();
  return { ...failing, apig };
}

export const whoami = (apig: Apig) => apig.invokeApig<string>({ path: '/' });

/** What calling throws or rejects with; undefined where it does not. */
export async function failureOf(work: () => unknown): Promise<unknown> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
}
