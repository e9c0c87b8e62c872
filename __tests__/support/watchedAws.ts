/** A local AWS with two users, whose clock tests move, and whose calls they watch and hold back. */
import { createApig } from '../../src/apig/index';
import type { Apig, ApigOptions } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { createGate } from './gate';
import type { Gate } from './gate';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

export const password = 'Passw0rd!';
export const [alice, bob] = ['first@example.com', 'second@example.com'];

/** The clock of both sides, which tests move: it stands still by itself. */
let time = Date.now();
export const now = () => new Date(time);
export const minutes = (count: number) => {
  time += count * 60_000;
};

export let aws: LocalAws;
beforeAll(async () => {
  const users = [alice, bob].map((username) => ({ username, password }));
  aws = await startLocalAws({
    userPool: { users },
    now,
    identityPool: { allowGuests: true },
    apiGateway: { handler: (_request, caller) => Response.json({ identityId: caller.identityId }) },
  });
});
afterAll(() => aws.stop());

/** What went over the wire since the last call of this, by operation; the pools' and the API's. */
let calls: string[] = [];
const realFetch = globalThis.fetch;
let held: { operation: string; what: 'call' | 'answer'; gate: Gate } | undefined;
beforeAll(() => {
  globalThis.fetch = async (input, init) => {
    const operation = new Headers(init?.headers).get('x-amz-target')?.split('.')[1] ?? 'api';
    calls.push(operation);
    if (held?.operation !== operation) return realFetch(input, init);
    const { gate, what } = held;
    held = undefined;
    const answered = what === 'answer' ? await realFetch(input, init) : undefined;
    await gate.pass();
    return answered ?? realFetch(input, init);
  };
});
afterAll(() => {
  globalThis.fetch = realFetch;
});
beforeEach(() => {
  calls = [];
});
export const taken = () => calls.splice(0).sort();

/** Who the API says is calling. */
export const caller = async (apig: Apig) =>
  (await apig.invokeApig<{ identityId: string }>({ path: '/who' })).identityId;
export const create = (options: ApigOptions = {}) => createApig(aws.config, { now, ...options });

export async function loggedIn(username = alice, options: ApigOptions = {}): Promise<Apig> {
  const apig = create(options);
  await apig.login(username, password);
  taken();
  return apig;
}

/** Holds the next call of an operation back, or its answer, until it is let go. */
export function holdBack(operation: string, what: 'call' | 'answer' = 'call'): Gate {
  const gate = createGate();
  held = { operation, what, gate };
  return gate;
}
