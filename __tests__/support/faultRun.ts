/**
 * Calls under mixed faults: two users alternate at one app, with a fault proxy before each of the three local services,
 * a device's clock that jumps by an hour, and credentials that expire or are forgotten in the middle of bursts.
 */
import { ApigError, AuthError, SigV4ClientError } from '../../src/errors';
import type { Apig } from '../../src/apig/index';
import type { ApigOptions } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import type { ApigConfig } from '../../src/apig/index';
import { createRandom, startFaultProxy } from './faultProxy';
import type { Fault, FaultProxy, Random } from './faultProxy';

export interface FaultRunOptions {
  readonly calls: number;
  readonly seed: number;
  readonly createApig: (config: ApigConfig, options: ApigOptions) => Apig;
  /** Calls under way at the same time. Default 12. */
  readonly atOnce?: number;
}

/** What came of a run. */
export interface FaultReport {
  /** Calls by outcome: `right result`, or the error's name and code. */
  readonly outcomes: Map<string, number>;
  /** Faults by service and kind. */
  readonly faults: Map<string, number>;
  /** What reached the API, by method. */
  readonly executed: Map<string, number>;
  readonly logins: { readonly right: number; readonly failed: number };
  /** The longest call, in milliseconds. */
  readonly slowest: number;
  readonly seconds: number;
  /** What must not be: wrong results, untyped errors, hanging calls, another user's credentials, POSTs done twice. */
  readonly deviations: string[];
}

const USERS = ['user1', 'user2'] as const;
const PASSWORD = 'Passw0rd!';
const METHODS = ['GET', 'GET', 'GET', 'PUT', 'PUT', 'POST', 'POST', 'POST', 'DELETE', 'PATCH'] as const;
const TIMEOUT = 8000;
const HANGS_AFTER = 60_000;
const HOUR = 3_600_000;

const ALWAYS: readonly Fault[] = [
  'reset before the service',
  'reset after the service',
  'reset in mid-response',
  'slow answer',
  '429 burst',
  '503 burst',
  '503 after the service',
  'garbage instead of JSON',
  'truncated JSON',
];

/**
 * Runs the calls, and checks each. The seed chooses calls and faults; which call meets which fault also depends on timing.
 */
export async function runUnderFaults(options: FaultRunOptions): Promise<FaultReport> {
  const random = createRandom(options.seed);
  const executed: Execution[] = [];
  const aws = await startLocalAws({
    userPool: {
      users: USERS.map((username) => ({ username, password: PASSWORD })),
      tokenLifetimeSeconds: 5,
      refreshTokenRotation: { graceSeconds: 60 },
    },
    identityPool: { credentialsLifetimeSeconds: 3 },
    apiGateway: {
      handler: async (request, { username = '' }) => {
        const id = new URL(request.url).pathname.split('/').at(-1) ?? '';
        const body = await request.text();
        executed.push({ id, method: request.method, user: username });
        return Response.json({ id, method: request.method, user: username, body });
      },
    },
  });
  const proxies = await startProxies(aws, random);
  try {
    return await new Run(options, aws, proxies, random, executed).run();
  } finally {
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
    await aws.stop();
  }
}

interface Execution {
  id: string;
  method: string;
  user: string;
}

type Proxies = Record<'userPool' | 'identityPool' | 'apiGateway', FaultProxy>;

async function startProxies(aws: LocalAws, random: Random): Promise<Proxies> {
  const portOf = (url: string): number => Number(new URL(url).port);
  const [userPool, identityPool, apiGateway] = await Promise.all([
    startFaultProxy({ port: portOf(aws.userPool.url), random, faults: ALWAYS, percent: 15 }),
    startFaultProxy({ port: portOf(aws.identityPool.url), random, faults: ALWAYS, percent: 25 }),
    startFaultProxy({ port: aws.apiGateway.port, random, faults: [...ALWAYS, 'no answer'], percent: 35 }),
  ]);
  return { userPool, identityPool, apiGateway };
}

class Run {
  readonly #options: FaultRunOptions;
  readonly #aws: LocalAws;
  readonly #proxies: Proxies;
  readonly #random: Random;
  readonly #executed: Execution[];
  readonly #app: Apig;
  readonly #outcomes = new Map<string, number>();
  readonly #deviations: string[] = [];
  readonly #expected = new Map<string, string>();
  #skew = 0;
  #next = 0;
  #slowest = 0;
  #logins = { right: 0, failed: 0 };

  constructor(options: FaultRunOptions, aws: LocalAws, proxies: Proxies, random: Random, executed: Execution[]) {
    [this.#options, this.#aws, this.#proxies, this.#random, this.#executed] = [options, aws, proxies, random, executed];
    const { cognito, apiGateway } = aws.config;
    const config: ApigConfig = {
      cognito: {
        ...cognito,
        USER_POOL_ENDPOINT: proxies.userPool.url,
        IDENTITY_POOL_ENDPOINT: proxies.identityPool.url,
      },
      apiGateway: { ...apiGateway, URL: `${proxies.apiGateway.url}/dev` },
    };
    this.#app = options.createApig(config, { now: () => new Date(Date.now() + this.#skew) });
  }

  async run(): Promise<FaultReport> {
    const started = performance.now();
    await this.#login(USERS[0]);
    const workers = Array.from({ length: this.#options.atOnce ?? 12 }, () => this.#work());
    await Promise.all([...workers, this.#disturb(Promise.all(workers))]);
    await this.#recover();
    this.#checkExecutions();
    const faults = new Map<string, number>();
    for (const [service, { counts }] of Object.entries(this.#proxies)) {
      for (const [fault, count] of counts) faults.set(`${service}: ${fault}`, count);
    }
    return {
      outcomes: this.#outcomes,
      faults,
      executed: countBy(this.#executed.map(({ method }) => method)),
      logins: this.#logins,
      slowest: this.#slowest,
      seconds: (performance.now() - started) / 1000,
      deviations: this.#deviations,
    };
  }

  async #work(): Promise<void> {
    while (this.#next < this.#options.calls) await this.#call(String(this.#next++));
  }

  /** Every few calls: another user, another clock, forgotten credentials, refused connections. */
  async #disturb(done: Promise<unknown>): Promise<void> {
    const state = { isDone: false };
    void done.finally(() => (state.isDone = true));
    const atCall = async (call: number): Promise<void> => {
      while (!state.isDone && this.#next < call) await pause(5);
    };
    for (let round = 1; !state.isDone; round++) {
      await atCall(round * 10);
      const proxies = Object.values(this.#proxies);
      void proxies[this.#random.below(proxies.length)]!.refuse(20 + this.#random.below(80));
      if (round % 2 === 0) this.#aws.store.clear();
      if (round % 3 === 0) this.#skew = [0, HOUR, -HOUR][this.#random.below(3)]!;
      if (round % 6 === 5) await this.#login(USERS[((round + 1) / 6) % 2]!);
    }
  }

  async #login(username: string): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        await notHanging(this.#app.login(username, PASSWORD), `login ${username}`);
        this.#logins.right++;
        return;
      } catch (error) {
        this.#logins.failed++;
        if (!(error instanceof SigV4ClientError)) this.#deviate(`login: ${describe(error)}`);
      }
    }
    this.#deviate(`login of ${username}: failed 20 times`);
  }

  async #call(id: string): Promise<void> {
    const method = METHODS[this.#random.below(METHODS.length)]!;
    const body = method === 'GET' || method === 'DELETE' ? undefined : { id, at: 'é' };
    const user = this.#app.getCurrentUser()?.getUsername() ?? '';
    this.#expected.set(id, user);
    const started = performance.now();
    try {
      const retry = { attempts: 4, baseDelay: 20, maxDelay: 200 };
      const sent = this.#app.invokeApig({ path: `/calls/${id}`, method, body, retry, timeout: TIMEOUT });
      const result = await notHanging(sent, `${method} ${id}`);
      const expected = { id, method, user, body: body ? JSON.stringify(body) : '' };
      if (JSON.stringify(result) === JSON.stringify(expected)) this.#count('right result');
      else this.#deviate(`${method} ${id} of ${user}: got ${JSON.stringify(result)}`);
      if (!this.#executed.some((one) => one.id === id)) this.#deviate(`${method} ${id}: a result, but never executed`);
    } catch (error) {
      if (error instanceof AuthError && error.code === 'SessionExpired') this.#deviate(`${method} ${id}: session lost`);
      else if (error instanceof SigV4ClientError) this.#count(`${error.name} ${error.code}${statusOf(error)}`);
      else this.#deviate(`${method} ${id}: ${describe(error)}`);
    }
    this.#slowest = Math.max(this.#slowest, performance.now() - started);
  }

  /** Once the faults are over, everything works at once, for either user. */
  async #recover(): Promise<void> {
    this.#skew = 0;
    for (const proxy of Object.values(this.#proxies)) {
      await proxy.refuse(0);
      proxy.percent = 0;
    }
    // A burst may still be under way.
    for (let i = 0; i < 12; i++)
      await Promise.all(Object.values(this.#proxies).map(({ url }) => fetch(url).catch(() => undefined)));
    for (const username of USERS) {
      await this.#login(username);
      const id = `recovery-${username}`;
      this.#expected.set(id, username);
      try {
        const sent = this.#app.invokeApig<{ user: string }>({ path: `/calls/${id}`, method: 'POST', timeout: TIMEOUT });
        const { user } = await notHanging(sent, id);
        if (user !== username) this.#deviate(`after the faults, ${username} was ${user}`);
      } catch (error) {
        this.#deviate(`after the faults, ${username}: ${describe(error)}`);
      }
    }
  }

  #checkExecutions(): void {
    const times = countBy(this.#executed.filter(({ method }) => /^(POST|PATCH)$/.test(method)).map(({ id }) => id));
    for (const [id, count] of times) if (count > 1) this.#deviate(`${id}: executed ${count} times`);
    for (const { id, user, method } of this.#executed) {
      const expected = this.#expected.get(id) ?? '';
      if (user !== expected) this.#deviate(`${method} ${id}: signed for ${user}, called by ${expected || 'nobody'}`);
    }
  }

  #count(outcome: string): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
  }

  #deviate(what: string): void {
    this.#deviations.push(what);
    this.#count('DEVIATION');
  }
}

async function notHanging<T>(promise: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${what} hangs`));
    }, HANGS_AFTER);
  });
  try {
    return await Promise.race([promise, hangs]);
  } finally {
    clearTimeout(timer);
  }
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The status of an answer, and why a refusal was one. */
function statusOf(error: object): string {
  if (!(error instanceof ApigError)) return '';
  const code = error.explanation?.code;
  return ` ${error.status}${code === undefined ? '' : ` ${code}`}`;
}
const describe = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
