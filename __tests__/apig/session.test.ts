/** What an app needs of its session beside invokeApig: a provider, a fetch, fresh tokens, options for all calls, open routes, the time. */
import createOpenApiClient from 'openapi-fetch';
import { createApig as createApigWithAwsSdk } from '../../src/apig/invokeApig';
import { createApig } from '../../src/apig/index';
import type { Apig, ApigOptions } from '../../src/apig/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';
import { createSignedFetch } from '../../src/signedFetch/index';
import { mapStorage } from '../support/mapStorage';
import { answer, closeAll, onPage, rejection, startServer } from '../support/signedFetchHarness';
import { adminCall } from '../support/userPoolHarness';
import { fakeDate } from '../support/clocks';

// Real SRP logins, 0.2 s of computing each, more on a busy machine.

const [username, password] = ['user@example.com', 'Passw0rd!'];
let aws: LocalAws;
beforeAll(async () => {
  const handler = (request: Request, caller: { identityId: string }) =>
    Response.json({ identityId: caller.identityId, headers: Object.fromEntries(request.headers) });
  aws = await startLocalAws({ userPool: { users: [{ username, password }] }, apiGateway: { handler } });
});
afterAll(() => Promise.all([aws.stop(), closeAll()]));

interface Echo {
  readonly identityId: string;
  readonly headers: Readonly<Record<string, string>>;
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;

describe.each([
  ['sigv4-client/apig', createApig],
  ['sigv4-client/invoke-apig', createApigWithAwsSdk],
])('%s', (_entry, create: typeof createApig) => {
  async function loggedIn(options: ApigOptions = {}): Promise<Apig> {
    const apig = create(aws.config, options);
    await apig.login(username, password);
    return apig;
  }

  describe('after a change of what the user may do', () => {
    test('a forced token has the new groups', async () => {
      const apig = await loggedIn();
      const before = await apig.getUserToken();
      const GroupName = `editors-${Math.random().toString(36).slice(2)}`;
      await adminCall(aws.userPool, 'CreateGroup', { GroupName });
      await adminCall(aws.userPool, 'AdminAddUserToGroup', { GroupName, Username: username });
      expect(await apig.getUserToken()).toBe(before);
      const after = await apig.getUserToken({ forceRefresh: true });
      expect(claimsOf(after)['cognito:groups']).toContain(GroupName);
      expect(await apig.getUserToken()).toBe(after);
      expect(await apig.getUserToken({ forceRefresh: false })).toBe(after);
    });

    test('forced credentials are new', async () => {
      const apig = await loggedIn();
      const { accessKeyId } = await apig.getAwsCredentials();
      expect((await apig.getAwsCredentials({})).accessKeyId).toBe(accessKeyId);
      const forced = await apig.getAwsCredentials({ forceRefresh: true });
      expect(forced.accessKeyId).not.toBe(accessKeyId);
      expect(await apig.getAwsCredentials()).toEqual(forced);
    });

    test('what is neither true nor false is refused', async () => {
      const apig = await loggedIn();
      for (const get of [apig.getUserToken, apig.getAwsCredentials]) {
        expect(await rejection(get({ forceRefresh: 'yes' as never }))).toMatchObject({
          code: 'InvalidConfig',
          message: "forceRefresh: expected true or false, got 'yes'",
        });
      }
    });
  });

  describe('as a provider of credentials', () => {
    test.each<[string, (apig: Apig) => Apig['credentials']]>([
      ['credentials', (apig) => apig.credentials],
      ['getAwsCredentials itself', (apig) => apig.getAwsCredentials],
    ])('%s recovers once the gateway refuses the keys', async (_, providerOf) => {
      const apig = await loggedIn();
      const credentials = providerOf(apig);
      const { region } = aws.apiGateway;
      const signedFetch = createSignedFetch({ credentials, region, retry: false });
      expect((await signedFetch(`${aws.config.apiGateway.URL}/x`)).status).toBe(200);
      aws.store.clear();
      expect((await signedFetch(`${aws.config.apiGateway.URL}/x`)).status).toBe(200);
    });

    test('takes what AWS SDK v3 hands to providers', async () => {
      const apig = await loggedIn();
      const context = { forceRefresh: false, callerClientConfig: { region: 'us-east-1' } };
      await expect(apig.credentials(context)).resolves.toHaveProperty('sessionToken');
    });
  });

  describe('fetch', () => {
    test('signs in the name of the user, and resolves whatever the status', async () => {
      const apig = await loggedIn({ headers: { 'x-app': 'notes' } });
      const response = await apig.fetch(`${aws.config.apiGateway.URL}/x`, { headers: { 'x-own': '1' } });
      const { identityId, headers } = (await response.json()) as Echo;
      expect(identityId).toBe((await apig.getAwsCredentials()).identityId);
      expect(headers).toMatchObject({ 'x-app': 'notes', 'x-own': '1' });
      expect((await apig.fetch(`${new URL(aws.config.apiGateway.URL).origin}/other/x`)).status).toBe(403);
    });

    test('signs what is elsewhere for the service and the region of its host', async () => {
      const scopes: unknown[] = [];
      const apig = await loggedIn({
        fetch: (input, init) => {
          const { url, headers } = new Request(input, init);
          if (url.startsWith('http:')) return fetch(input, init); // the pools
          scopes.push(/Credential=\w+\/\d{8}\/([^,]+)/.exec(headers.get('authorization')!)?.[1]);
          return Promise.resolve(new Response());
        },
      });
      await apig.fetch('https://my-bucket.s3.eu-west-1.amazonaws.com/x');
      await apig.fetch('https://abc123.lambda-url.eu-central-1.on.aws/');
      expect(scopes).toEqual(['eu-west-1/s3/aws4_request', 'eu-central-1/lambda/aws4_request']);
    });

    test('goes to libraries that take one', async () => {
      const apig = await loggedIn();
      const client = createOpenApiClient<Record<string, never>>({
        baseUrl: aws.config.apiGateway.URL,
        fetch: apig.fetch,
      });
      const { data } = await (client as unknown as { GET(path: string): Promise<{ data: Echo }> }).GET('/x');
      expect(data.identityId).toBe((await apig.getAwsCredentials()).identityId);
    });

    test('is refused where no one is logged in, and recovers once the gateway refuses the keys', async () => {
      const url = `${aws.config.apiGateway.URL}/x`;
      expect(await rejection(create(aws.config).fetch(url))).toMatchObject({ code: 'NotLoggedIn' });
      const apig = await loggedIn();
      await apig.fetch(url);
      aws.store.clear();
      expect((await apig.fetch(url, { method: 'POST', body: '{}' })).status).toBe(200);
    });
  });

  describe('options for all calls', () => {
    test('headers are sent with each, and a call’s own take their place', async () => {
      const apig = await loggedIn({ headers: { 'X-App': 'notes', 'X-Version': '1' } });
      const { headers } = await apig.invokeApig<Echo>({ path: '/x', headers: { 'x-version': '2' } });
      expect(headers).toMatchObject({ 'x-app': 'notes', 'x-version': '2' });
      const own = new Headers({ 'x-version': '3' }) as never; // as some apps have them
      const second = await apig.invokeApig<Echo>({ path: '/x', headers: own });
      expect(second.headers).toMatchObject({ 'x-app': 'notes', 'x-version': '3' });
    });

    test('retry and timeout hold where a call states none', async () => {
      const server = await startServer(answer(503));
      const apiGateway = { REGION: 'us-east-1', URL: server.url };
      const options = { retry: { attempts: 2, baseDelay: 1 } };
      const apig = create({ ...aws.config, apiGateway }, options);
      await apig.login(username, password);
      const attempts = async (given: object) =>
        ((await rejection(apig.invokeApig({ path: '/x', ...given }))) as { attempts: number }).attempts;
      expect(await attempts({})).toBe(2);
      expect(await attempts({ retry: { attempts: 3 } })).toBe(3); // after waits of 1 ms, as stated for all
      expect(await attempts({ retry: false })).toBe(1);
      const silent = await startServer(() => new Promise(() => undefined));
      const late = create({ ...aws.config, apiGateway: { ...apiGateway, URL: silent.url } }, { timeout: 50 });
      await late.login(username, password);
      await late.getAwsCredentials();
      expect(await rejection(late.invokeApig({ path: '/x' }))).toMatchObject({ code: 'Timeout' });
      expect(await rejection(late.fetch(`${silent.url}/x`))).toMatchObject({ code: 'Timeout' });
    });

    test.each<[string, ApigOptions, string]>([
      ['retry', { retry: true as never }, 'retry: expected false, a whole number'],
      ['timeout', { timeout: 0 }, 'timeout: expected milliseconds above 0'],
      ['a header', { headers: { 'x-a': 'b\nc' } }, "headers['x-a']: expected a line of Latin-1 text"],
      ['its name', { header: {} } as never, 'header: expected a known option, such as headers'],
    ])('that cannot be used are refused at once: %s', (_, options, message) => {
      expect(() => create(aws.config, options)).toThrow(message);
    });
  });

  describe('an open route', () => {
    test('is called without a signature, and without anyone logged in', async () => {
      const server = await startServer(answer(200, {}, '{"open":true}'));
      const apig = create({ ...aws.config, apiGateway: { REGION: 'us-east-1', URL: server.url } });
      expect(await apig.invokeApig({ path: '/open', method: 'POST', body: { a: 1 }, sign: false })).toEqual({
        open: true,
      });
      const [seen] = server.seen;
      expect(seen!.headers.get('authorization')).toBeNull();
      expect(seen!.headers.get('x-amz-security-token')).toBeNull();
      expect(seen!.headers.get('content-type')).toBe('application/json');
      expect(Buffer.from(seen!.body).toString()).toBe('{"a":1}');
    });

    test('is tried again as others are, and a refusal says that it was not signed', async () => {
      const server = await startServer(answer(503), answer(200, {}, '{}'));
      const apig = create({ ...aws.config, apiGateway: { REGION: 'us-east-1', URL: server.url } });
      await apig.invokeApig({ path: '/open', sign: false, retry: { baseDelay: 1 } });
      expect(server.seen).toHaveLength(2);
      expect(await rejection(create(aws.config).invokeApig({ path: '/x', sign: false }))).toMatchObject({
        status: 403,
        explanation: { code: 'NotSigned' },
      });
    });

    test.each<[object, string]>([
      [{ sign: 'no' }, 'sign: expected true or false, got a string of 2 characters'],
      [{ sign: false, login: { username, password } }, 'login: expected none together with sign: false, got Object'],
    ])('%j is refused', async (given, message) => {
      const call = create(aws.config).invokeApig({ path: '/x', ...given });
      expect(await rejection(call)).toMatchObject({ code: 'InvalidOption', message });
    });
  });

  describe('a device whose clock is an hour off, in a page that sees no refusal', () => {
    afterEach(() => jest.useRealTimers());

    /** The gateway's refusals have no CORS headers, as AWS's: the page sees a network error. */
    const hidden: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (response.status === 403) throw new TypeError('Failed to fetch');
      return response;
    };

    test.each([60, -60])(
      '%i minutes: the first call is signed with the time that the login has told',
      async (minutes) => {
        const real = Date.now();
        fakeDate(real);
        // The services' clock is not that of the device.
        const services = await startLocalAws({ now: () => real, userPool: { users: [{ username, password }] } });
        try {
          jest.setSystemTime(real + minutes * 60_000);
          const storage = mapStorage();
          const apig = create(services.config, { fetch: hidden, storage, retry: false });
          await apig.login(username, password);
          await onPage(() => apig.invokeApig({ path: '/notes', method: 'POST', body: { content: 'a' } }));
          // After a reload the stored time is not believed until it is found again: the clock may have been put right.
          jest.setSystemTime(real);
          await create(services.config, { fetch: hidden, storage, retry: false }).invokeApig({ path: '/notes' });
          expect(services.apiGateway.requests.map(({ status }) => status)).toEqual([200, 200]);
        } finally {
          await services.stop();
        }
      },
    );
  });
});
