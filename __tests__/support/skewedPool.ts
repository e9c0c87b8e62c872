/** A local AWS whose clock tests move apart from the device's, and servers between the app and its user pool. */
import { createApig } from '../../src/apig/index';
import type { Apig, ApigConfig, ApigOptions } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { closeAll, startServer } from './signedFetchHarness';
import { fakeDate } from './clocks';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

export const password = 'Passw0rd!';
export const [username, other] = ['first@example.com', 'second@example.com'];

/** The services' clock. */
export let time = Date.now();
/** How many minutes the device's is ahead of it. */
let ahead = 0;

export function pass(minutes: number): void {
  time += minutes * 60_000;
  jest.setSystemTime(time + ahead * 60_000);
}

/** Puts the device ahead of the services; behind them, where it is negative. */
export function setAhead(minutes: number): void {
  ahead = minutes;
  pass(0);
}

export let aws: LocalAws;
beforeAll(async () => {
  const users = [
    { username, password },
    { username: other, password },
  ];
  const temporary = { username: 'temporary', password, mustChangePassword: true };
  aws = await startLocalAws({ userPool: { users: [...users, temporary] }, now: () => new Date(time) });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

beforeEach(() => {
  fakeDate();
  setAhead(0);
});
afterEach(() => jest.useRealTimers());

export async function loggedIn(options: ApigOptions = {}, config: ApigConfig = aws.config): Promise<Apig> {
  const apig = createApig(config, options);
  await apig.login(username, password);
  return apig;
}

export interface Exchange {
  readonly operation: string;
  /** Of a renewal. */
  readonly RefreshToken?: string;
}

export const isRenewal = ({ operation }: Exchange): boolean => operation === 'GetTokensFromRefreshToken';

/** The local user pool, with something between. */
export async function behind(
  between: (input: Exchange, ask: (input: Exchange) => Promise<Response>) => Promise<Response>,
) {
  const server = await startServer(async (request) => {
    const target = request.headers.get('x-amz-target')!;
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target };
    const ask = ({ operation: _, ...input }: Exchange) =>
      fetch(aws.userPool.url, { method: 'POST', headers, body: JSON.stringify(input) });
    const operation = target.replace(/^.*\./, '');
    const response = await between({ ...(JSON.parse(await request.text()) as object), operation }, ask);
    return new Response(await response.text(), { status: response.status });
  });
  return { ...aws.config, cognito: { ...aws.config.cognito, USER_POOL_ENDPOINT: server.url } };
}

export const expiryOf = (token: string) => (JSON.parse(atob(token.split('.')[1]!)) as { exp: number }).exp * 1000;
