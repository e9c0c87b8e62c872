/**
 * Many calls while users come and go: three instances on one storage (as tabs are), logins, logouts, reloaded pages, each
 * service slow at times, tokens and credentials that expire. Every body says whom it is meant for; the API says who sent it.
 */
import type { Apig, ApigConfig, ApigOptions } from '../../src/apig/index';
import { ApigError, SigV4ClientError } from '../../src/errors';
import { startLocalAws } from '../../src/local';
import type { ApiHandler, LocalAws } from '../../src/local';
import { createRandom } from './faultProxy';
import type { Random } from './faultProxy';
import { mapStorage } from './mapStorage';
import { pause } from './waiting';

export interface SessionRunOptions {
  readonly calls: number;
  readonly seed: number;
  /** One for each instance. */
  readonly createApigs: readonly ((config: ApigConfig, options: ApigOptions) => Apig)[];
}

/** What came of a run. */
export interface SessionReport {
  /** Calls by what they were to do and how they ended: `right`, or the error's name and code. */
  readonly outcomes: Map<string, number>;
  /** What else was done, how often. */
  readonly events: Map<string, number>;
  /** How many bodies reached the API. */
  readonly arrived: number;
  readonly seconds: number;
  /** What must not be: a body under another name than the one it was meant for, or twice; errors that are not ours. */
  readonly deviations: string[];
}

const PASSWORD = 'Passw0rd!';
/** Their names, and the aliases and spellings that they may log in by. */
const USERS = {
  alice: ['alice', 'alice@example.com', 'Alice'],
  bob: ['bob', 'bob@example.com', 'BOB'],
  carol: ['carol', 'carol@example.com', 'carol'],
} as const;
type User = keyof typeof USERS;
type Login = readonly [user: User, typed: string];
const NAMES = Object.keys(USERS) as User[];

/** How long tokens and credentials last, in seconds. */
const LIFETIME = 900;
/** How many calls and logins are under way at the same time, at most. */
const AT_ONCE = 16;

/** One step, drawn from the seed before the run begins. */
type Step = { readonly instance: number; readonly pause: number } & (
  | { readonly kind: 'call'; readonly login: Login | 'whoever is logged in' | undefined }
  | { readonly kind: 'login'; readonly login: Login }
  | { readonly kind: 'another tab'; readonly user: User }
  | { readonly kind: 'logout' }
  | { readonly kind: 'reload' }
  | { readonly kind: 'expiry' }
);

/**
 * Makes the calls, and checks each. The seed gives all steps, their pauses and the delays of the services; how what is under
 * way at the same time meets is left to the machine.
 */
export async function runManySessions({ calls, seed, createApigs }: SessionRunOptions): Promise<SessionReport> {
  const started = performance.now();
  const arrivals: Arrival[] = [];
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const users = NAMES.map((username) => ({
    username,
    password: PASSWORD,
    attributes: { email: `${username}@example.com`, email_verified: 'true' },
  }));
  const handler: ApiHandler = async (request, { username: sender = '' }) => {
    const { id, meant } = (await request.json()) as Omit<Arrival, 'sender'>;
    arrivals.push({ id, meant, sender });
    return Response.json({ id, meant, sender });
  };
  const aws = await startLocalAws({
    now,
    userPool: { users, tokenLifetimeSeconds: LIFETIME, refreshTokenLifetimeSeconds: 4 * LIFETIME },
    identityPool: { credentialsLifetimeSeconds: LIFETIME },
    apiGateway: { handler },
  });
  const realFetch = globalThis.fetch;
  globalThis.fetch = delayed(realFetch, createRandom(seed + 1));
  try {
    const run = new Run(aws, createApigs, now, arrivals);
    await run.perform(planOf(calls, createApigs.length, createRandom(seed)), () => (ahead += 0.6 * LIFETIME * 1000));
    return { ...run.report(), seconds: (performance.now() - started) / 1000 };
  } finally {
    globalThis.fetch = realFetch;
    await aws.stop();
  }
}

interface Arrival {
  readonly id: number;
  readonly meant: string;
  readonly sender: string;
}

/**
 * Half of the calls come with a login, most of those with that of whoever is logged in. Beside them, sessions end all the
 * time: most by another tab, which writes a session into the storage as a login does, without its arithmetic.
 */
function planOf(calls: number, instances: number, random: Random): Step[] {
  const pick = <T>(from: readonly T[]): T => from[random.below(from.length)]!;
  const login = (): Login => {
    const user = pick(NAMES);
    return [user, pick([user, ...USERS[user]])];
  };
  function caller(): Extract<Step, { kind: 'call' }>['login'] {
    const draw = random.below(20);
    if (draw < 10) return undefined;
    return draw < 18 ? 'whoever is logged in' : login();
  }
  const steps: Step[] = NAMES.map((user) => ({ instance: 0, pause: 0, kind: 'login', login: [user, user] }));
  for (let made = 0; made < calls;) {
    const base = { instance: random.below(instances), pause: pick([0, 0, 0, 1, 3, 10, 40]) };
    const draw = random.below(100);
    if (draw < 1) steps.push({ ...base, kind: 'login', login: login() });
    else if (draw < 3) steps.push({ ...base, kind: 'logout' });
    else if (draw < 11) steps.push({ ...base, kind: 'another tab', user: pick(NAMES) });
    else if (draw < 19) steps.push({ ...base, kind: 'reload' });
    else if (draw < 22) steps.push({ ...base, kind: 'expiry' });
    else {
      steps.push({ ...base, kind: 'call', login: caller() });
      made++;
    }
  }
  return steps;
}

/** Before a service sees a request, and before its answer is seen, some time passes. */
function delayed(realFetch: typeof fetch, random: Random): typeof fetch {
  const delay = async (): Promise<void> => {
    const draw = random.below(4);
    if (draw > 0) await pause([1, 8, 30][draw - 1]! + random.below(10));
  };
  return async (input, init) => {
    await delay();
    const response = await realFetch(input, init);
    await delay();
    return response;
  };
}

class Run {
  readonly #storage = mapStorage();
  readonly #create: (instance: number) => Apig;
  readonly #instances: Apig[];
  readonly #arrivals: readonly Arrival[];
  readonly #sessions = new Map<User, readonly [key: string, value: string][]>();
  readonly #outcomes = new Map<string, number>();
  readonly #events = new Map<string, number>();
  readonly #deviations: string[] = [];

  constructor(aws: LocalAws, createApigs: SessionRunOptions['createApigs'], now: () => Date, arrivals: Arrival[]) {
    this.#create = (instance) => createApigs[instance]!(aws.config, { storage: this.#storage, now });
    this.#instances = createApigs.map((_, instance) => this.#create(instance));
    this.#arrivals = arrivals;
  }

  async perform(steps: readonly Step[], expire: () => void): Promise<void> {
    const underWay = new Set<Promise<void>>();
    for (const [id, step] of steps.entries()) {
      const isFirst = id < NAMES.length; // each user's first login has no one beside it
      while (underWay.size >= (isFirst ? 1 : AT_ONCE)) await Promise.race(underWay);
      if (step.pause > 0) await pause(step.pause);
      if (step.kind !== 'call') count(this.#events, step.kind);
      const work = this.#begin(id, step, expire).finally(() => underWay.delete(work));
      underWay.add(work);
    }
    await Promise.all(underWay);
  }

  async #begin(id: number, step: Step, expire: () => void): Promise<void> {
    const apig = this.#instances[step.instance]!;
    if (step.kind === 'reload') this.#instances[step.instance] = this.#create(step.instance);
    else if (step.kind === 'expiry') expire();
    else if (step.kind === 'another tab') this.#logInElsewhere(step.user);
    else if (step.kind === 'call') await this.#call(id, apig, step.login);
    else if (step.kind === 'logout') await this.#expectOurs(id, 'logout', () => apig.logout());
    else {
      const [user, typed] = step.login;
      await this.#expectOurs(id, 'login', () => apig.login(typed, PASSWORD));
      this.#remember(user);
    }
  }

  /** Keeps what a login has stored, for `#logInElsewhere`. */
  #remember(user: User): void {
    const items = [...this.#storage.items].filter(([key]) => key.includes(`.${user}.`));
    if (items.length > 0) this.#sessions.set(user, items);
  }

  /** What a login in another tab leaves in the storage: its tokens, and whose they are; the former user's are gone. */
  #logInElsewhere(user: User): void {
    const items = this.#sessions.get(user) ?? [];
    const lastUser = items[0]?.[0].replace(/[^.]+\.[^.]+$/, 'LastAuthUser');
    if (lastUser === undefined) return;
    this.#storage.items.clear();
    for (const [key, value] of items) this.#storage.setItem(key, value);
    this.#storage.setItem(lastUser, user);
  }

  async #call(id: number, apig: Apig, given: Login | 'whoever is logged in' | undefined): Promise<void> {
    const current = apig.getCurrentUser()?.getUsername();
    const login = typeof given === 'string' ? current && [current, current] : given;
    const meant = login ? login[0] : (current ?? 'nobody');
    const kind = login ? 'with login' : 'without';
    const credentials = login ? { login: { username: login[1], password: PASSWORD } } : {};
    const body = { id, meant };
    await this.#expectOurs(id, kind, async () => {
      const answer = await apig.invokeApig<Arrival>({ path: '/', method: 'POST', body, ...credentials });
      if (answer.sender === meant && answer.id === id) count(this.#outcomes, `${kind}: right`);
      else this.#deviations.push(`call ${id} ${kind}, meant for ${meant}: got ${JSON.stringify(answer)}`);
    });
  }

  async #expectOurs(id: number, kind: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof SigV4ClientError) count(this.#outcomes, `${kind}: ${describe(error)}`);
      else this.#deviations.push(`step ${id}, ${kind}: ${String(error)}`);
    }
  }

  report(): Omit<SessionReport, 'seconds'> {
    const deviations = [...this.#deviations];
    const seen = new Set<number>();
    for (const { id, meant, sender } of this.#arrivals) {
      if (sender !== meant) deviations.push(`body ${id}, meant for ${meant}, arrived as ${sender}'s`);
      if (seen.has(id)) deviations.push(`body ${id} arrived twice`);
      seen.add(id);
    }
    return { outcomes: this.#outcomes, events: this.#events, arrived: this.#arrivals.length, deviations };
  }
}

/** An answer's error with its text: how the clock's leaps are refused is the gateway's to say. */
function describe(error: SigV4ClientError): string {
  return `${error.name} ${error.code}${error instanceof ApigError ? ` ${error.message.slice(0, 60)}` : ''}`;
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
