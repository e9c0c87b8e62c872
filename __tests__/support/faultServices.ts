/** The three local services of AWS, a fault proxy before each, and what the API has executed. */
import type { ApigConfig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { startFaultProxy } from './faultProxy';
import type { Fault, FaultProxy, Random } from './faultProxy';

export const USERS = ['user1', 'user2'] as const;
export const PASSWORD = 'Passw0rd!';

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

/** What reached the API, and by whom it was signed. */
export interface Execution {
  id: string;
  method: string;
  user: string;
}

export interface FaultServices {
  readonly aws: LocalAws;
  readonly proxies: Proxies;
  readonly executed: readonly Execution[];
  /** Of an app that reaches the services through the proxies. */
  readonly config: ApigConfig;
  readonly stop: () => Promise<void>;
}

/** Starts them, with tokens and credentials that expire within seconds. */
export async function startFaultServices(random: Random): Promise<FaultServices> {
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
  const stop = async (): Promise<void> => {
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
    await aws.stop();
  };
  return { aws, proxies, executed, config: configOf(aws, proxies), stop };
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

function configOf({ config: { cognito, apiGateway } }: LocalAws, proxies: Proxies): ApigConfig {
  return {
    cognito: { ...cognito, USER_POOL_ENDPOINT: proxies.userPool.url, IDENTITY_POOL_ENDPOINT: proxies.identityPool.url },
    apiGateway: { ...apiGateway, URL: `${proxies.apiGateway.url}/dev` },
  };
}
