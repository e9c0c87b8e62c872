/**
 * Calls under mixed faults: two users alternate at one app, with a fault proxy before each of the three local services,
 * a device's clock that jumps by an hour, and credentials that expire or are forgotten in the middle of bursts.
 */
import type { Apig, ApigConfig, ApigOptions } from '../../src/apig/index';
import { AuthError, SigV4ClientError } from '../../src/errors';
import { createRandom } from './faultProxy';
import type { Random } from './faultProxy';
import { PASSWORD, startFaultServices, USERS } from './faultServices';
import type { FaultServices } from './faultServices';
import { countBy, describe, FaultTally } from './faultTally';
import { pause } from './waiting';
import { HOUR } from './clocks';

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

const METHODS = ['GET', 'GET', 'GET', 'PUT', 'PUT', 'POST', 'POST', 'POST', 'DELETE', 'PATCH'] as const;
const TIMEOUT = 8000;
const HANGS_AFTER = 60_000;

/**
 * Runs the calls, and checks each. The seed chooses calls and faults; which call meets which fault also depends on timing.
 */
export async function runUnderFaults(options: FaultRunOptions): Promise<FaultReport> {
  const random = createRandom(options.seed);
  const services = await startFaultServices(random);
  try {
    return await new Run(options, services, random).run();
  } finally {
    await services.stop();
  }
}

class Run {
  readonly #options: FaultRunOptions;
  readonly #services: FaultServices;
  readonly #random: Random;
  readonly #app: Apig;
  readonly #tally = new FaultTally();
  #skew = 0;
  #next = 0;
  #slowest = 0;
  #logins = { right: 0, failed: 0 };
  /** Resolves when the proxy that refuses connections takes them again. */
  #refusal: Promise<unknown> = Promise.resolve();

  constructor(options: FaultRunOptions, services: FaultServices, random: Random) {
    [this.#options, this.#services, this.#random] = [options, services, random];
    this.#app = options.createApig(services.config, { now: () => new Date(Date.now() + this.#skew) });
  }

  async run(): Promise<FaultReport> {
    const started = performance.now();
    await this.#login(USERS[0]);
    const workers = Array.from({ length: this.#options.atOnce ?? 12 }, () => this.#work());
    await Promise.all([...workers, this.#disturb(Promise.all(workers))]);
    await this.#recover();
    const { executed, proxies } = this.#services;
    this.#tally.checkExecutions(executed);
    const faults = new Map<string, number>();
    for (const [service, { counts }] of Object.entries(proxies)) {
      for (const [fault, count] of counts) faults.set(`${service}: ${fault}`, count);
    }
    return {
      outcomes: this.#tally.outcomes,
      faults,
      executed: countBy(executed.map(({ method }) => method)),
      logins: this.#logins,
      slowest: this.#slowest,
      seconds: (performance.now() - started) / 1000,
      deviations: this.#tally.deviations,
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
      const proxies = Object.values(this.#services.proxies);
      this.#refusal = proxies[this.#random.below(proxies.length)]!.refuse(20 + this.#random.below(80));
      if (round % 2 === 0) this.#services.aws.store.clear();
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
        if (!(error instanceof SigV4ClientError)) this.#tally.deviate(`login: ${describe(error)}`);
        await this.#refusal; // a refused connection fails at once: all attempts could be over before it is taken again
      }
    }
    this.#tally.deviate(`login of ${username}: failed 20 times`);
  }

  async #call(id: string): Promise<void> {
    const method = METHODS[this.#random.below(METHODS.length)]!;
    const body = method === 'GET' || method === 'DELETE' ? undefined : { id, at: 'é' };
    const user = this.#app.getCurrentUser()?.getUsername() ?? '';
    this.#tally.begin(id, user);
    const started = performance.now();
    try {
      const retry = { attempts: 4, baseDelay: 20, maxDelay: 200 };
      const sent = this.#app.invokeApig({ path: `/calls/${id}`, method, body, retry, timeout: TIMEOUT });
      const result = await notHanging(sent, `${method} ${id}`);
      const expected = { id, method, user, body: body ? JSON.stringify(body) : '' };
      if (JSON.stringify(result) === JSON.stringify(expected)) this.#tally.count('right result');
      else this.#tally.deviate(`${method} ${id} of ${user}: got ${JSON.stringify(result)}`);
      if (!this.#services.executed.some((one) => one.id === id))
        this.#tally.deviate(`${method} ${id}: a result, but never executed`);
    } catch (error) {
      if (error instanceof AuthError && error.code === 'SessionExpired')
        this.#tally.deviate(`${method} ${id}: session lost`);
      else if (error instanceof SigV4ClientError) this.#tally.count(error);
      else this.#tally.deviate(`${method} ${id}: ${describe(error)}`);
    }
    this.#slowest = Math.max(this.#slowest, performance.now() - started);
  }

  /** Once the faults are over, everything works at once, for either user. */
  async #recover(): Promise<void> {
    this.#skew = 0;
    for (const proxy of Object.values(this.#services.proxies)) {
      await proxy.refuse(0);
      proxy.percent = 0;
    }
    // A burst may still be under way.
    for (let i = 0; i < 12; i++)
      await Promise.all(Object.values(this.#services.proxies).map(({ url }) => fetch(url).catch(() => undefined)));
    for (const username of USERS) {
      await this.#login(username);
      const id = `recovery-${username}`;
      this.#tally.begin(id, username);
      try {
        const sent = this.#app.invokeApig<{ user: string }>({ path: `/calls/${id}`, method: 'POST', timeout: TIMEOUT });
        const { user } = await notHanging(sent, id);
        if (user !== username) this.#tally.deviate(`after the faults, ${username} was ${user}`);
      } catch (error) {
        this.#tally.deviate(`after the faults, ${username}: ${describe(error)}`);
      }
    }
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
