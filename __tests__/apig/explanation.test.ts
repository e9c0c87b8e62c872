/** The explanation on the error that an app catches. */
import { inspect } from 'node:util';
import { ApigError, createApig } from '../../src/apig/index';
import type { Apig } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { setHeader, startDamagingProxy } from '../support/damagingProxy';
import type { DamagingProxy } from '../support/damagingProxy';

let aws: LocalAws;
let proxy: DamagingProxy;
let app: Apig;

beforeAll(async () => {
  const credentials = { username: 'user@example.com', password: 'Passw0rd!' };
  const policy = {
    Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'execute-api:/dev/GET/*' },
  } as const;
  const handler = (): Response => Response.json({ error: 'This note belongs to someone else' }, { status: 403 });
  aws = await startLocalAws({ userPool: { users: [credentials] }, apiGateway: { policy, handler } });
  proxy = await startDamagingProxy(aws.apiGateway.port);
  app = createApig({ ...aws.config, apiGateway: { ...aws.config.apiGateway, URL: `${proxy.url}/dev` } });
  await app.login(credentials.username, credentials.password);
});
afterAll(() => Promise.all([proxy.close(), aws.stop()]));
beforeEach(() => {
  proxy.damage = () => undefined;
});

async function refused(method: string, body?: object): Promise<ApigError> {
  const error: unknown = await app.invokeApig({ path: '/notes', method, body }).catch((caught: unknown) => caught);
  if (!(error instanceof ApigError)) throw new Error(`expected an ApigError, got ${inspect(error)}`);
  return error;
}

it('names what a proxy changed', async () => {
  proxy.damage = setHeader('content-type', 'application/json; charset=utf-8');
  const error = await refused('POST', { text: 'Hello' });
  expect(error.explanation).toMatchObject({
    code: 'HeaderChanged',
    cause: expect.stringContaining('A charset was added') as string,
    difference: expect.stringContaining('the header content-type') as string,
    advice: expect.stringContaining('content type that is really sent') as string,
  });
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ explanation: { code: 'HeaderChanged' } });
});

it('names what the policy lacks', async () => {
  const { explanation } = await refused('DELETE');
  expect(explanation).toMatchObject({
    code: 'NotAuthorized',
    advice: expect.stringContaining('/dev/DELETE/notes') as string,
  });
});

it('names the settings and options of its caller', async () => {
  const apiGateway = { REGION: 'eu-west-3', URL: aws.apiGateway.url };
  const elsewhere = createApig({ ...aws.config, apiGateway }, { credentials: app.credentials });
  const region: unknown = await elsewhere.invokeApig({ path: '/notes' }).catch((caught: unknown) => caught);
  expect(region).toMatchObject({
    explanation: { code: 'WrongRegion', advice: expect.stringContaining('as apiGateway.REGION') as string },
  });
  const open: unknown = await app.invokeApig({ path: '/notes', sign: false }).catch((caught: unknown) => caught);
  expect(open).toMatchObject({
    explanation: { code: 'NotSigned', advice: expect.stringMatching(/^Leave out sign: false/) as string },
  });
});

it('is not there where the app itself refuses', async () => {
  const error = await refused('GET');
  expect(error.body).toEqual({ error: 'This note belongs to someone else' });
  expect(error.explanation).toBeUndefined();
});
