/** Tabs of one app on a storage that they share, the AWS that they log in to, and whose bodies have arrived there. */
import { createApig } from '../../src/apig/index';
import type { Apig, ApigOptions, TokenStorage } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { createGate } from './gate';
import type { Gate } from './gate';
import { mapStorage } from './mapStorage';

export const password = 'Passw0rd!';
export const asUser = (username: string) => ({ login: { username, password } });
export const LIFETIME = 900; // in seconds

/** The clock of both sides, which tests move: it stands still by itself. */
let time = Date.now();
const now = () => new Date(time);

export function pass(milliseconds: number): void {
  time += milliseconds;
}

export let aws: LocalAws;
/** Whose bodies have arrived: `meant/sender`. */
export let arrived: string[] = [];
beforeAll(async () => {
  const shared = { email: 'family@example.com', email_verified: 'true' };
  const plain = ['alice', 'bob'].map((username) => ({ username, password }));
  const family = ['carol', 'dave'].map((username) => ({ username, password, attributes: shared }));
  aws = await startLocalAws({
    now,
    userPool: {
      users: [...plain, ...family, { username: 'mail@example.com', password }],
      tokenLifetimeSeconds: LIFETIME,
      refreshTokenLifetimeSeconds: 4 * LIFETIME,
    },
    identityPool: { credentialsLifetimeSeconds: LIFETIME },
    apiGateway: {
      handler: async (request, { username = '' }) => {
        arrived.push(`${await request.text()}/${username}`);
        return Response.json(username);
      },
    },
  });
});
afterAll(() => aws.stop());
beforeEach(() => {
  arrived = [];
});

export const send = (apig: Apig, meant: string, login = {}) =>
  apig.invokeApig<string>({ path: '/', method: 'POST', body: meant, ...login });

/** A tab: an instance on the storage, whose requests can be held back by the operation's name. */
export function tab(storage: TokenStorage, options: ApigOptions = {}) {
  const gates = new Map<string, Gate>();
  const apig = createApig(aws.config, {
    storage,
    now,
    fetch: async (input, init) => {
      const operation = new Headers(init?.headers).get('x-amz-target')?.split('.')[1] ?? 'api';
      const gate = gates.get(operation);
      gates.delete(operation);
      await gate?.pass();
      return fetch(input, init);
    },
    ...options,
  });
  const holdBack = (operation: string): Gate => {
    const gate = createGate();
    gates.set(operation, gate);
    return gate;
  };
  return { apig, holdBack };
}

export async function loggedIn(username: string, storage: TokenStorage = mapStorage()): Promise<Apig> {
  const { apig } = tab(storage);
  await apig.login(username, password);
  return apig;
}
