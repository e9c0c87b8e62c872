/** Throttling, after which a POST is sent again as well: the server surely did not act. */
import { createSignedFetch } from '../../src/signedFetch/index';
import { answer, ANY_KEYS, closeAll, startServer } from '../support/signedFetchHarness';

afterAll(closeAll);

const retry = { baseDelay: 1, attempts: 3 };
const signedFetch = createSignedFetch({ credentials: ANY_KEYS, retry });

/** Sends to a server as if it were AWS's own service. */
async function sendToAws(server: { url: string }, init: RequestInit): Promise<Response> {
  const passOn: typeof fetch = (_, given) => fetch(server.url, given);
  return createSignedFetch({ credentials: ANY_KEYS, retry, fetch: passOn })(
    'https://sts.eu-west-1.amazonaws.com/',
    init,
  );
}

describe('as AWS names it', () => {
  test.each([
    'ThrottlingException',
    'TooManyRequestsException:http://internal.amazon.com/',
    'aws#RequestLimitExceeded',
  ])('a POST throttled with %s', async (type) => {
    const server = await startServer(answer(400, { 'x-amzn-errortype': type }), answer(201));
    expect((await sendToAws(server, { method: 'POST', body: 'x' })).status).toBe(201);
    expect(server.seen.map(({ body }) => Buffer.from(body).toString())).toEqual(['x', 'x']);
  });

  test.each<[number, string]>([
    [400, '{"__type":"ThrottlingException","message":"Rate exceeded"}'],
    [400, '{"__type":"com.amazon.coral.availability#ThrottlingException"}'],
  ])('a POST throttled as the body tells, with %d %s', async (status, body) => {
    const server = await startServer(answer(status, {}, body), answer(201));
    expect((await sendToAws(server, { method: 'POST', body: 'x' })).status).toBe(201);
    expect(server.seen).toHaveLength(2);
  });

  test.each<[string, number, string, Record<string, string>]>([
    ['a success', 200, '{"__type":"ThrottlingException"}', {}],
    ['another status', 404, '{"__type":"ThrottlingException"}', {}],
    ['another name', 400, '{"__type":"Invalid","message":"ThrottlingException"}', {}],
    ['another name in the header', 400, '{"__type":"ThrottlingException"}', { 'x-amzn-errortype': 'Other' }],
    ['a long body', 400, `{"__type":"ThrottlingException","x":"${'x'.repeat(70_000)}"}`, {}],
    ['a body that is no text', 400, '{"__type":"ThrottlingException"}', { 'content-type': 'image/png' }],
  ])('no throttling: %s, which stays whole', async (_, status, body, headers) => {
    const server = await startServer(answer(status, headers, body));
    const response = await sendToAws(server, { method: 'POST', body: 'x' });
    expect(await response.text()).toBe(body);
    expect(server.seen).toHaveLength(1);
  });
});

describe('throttling that a body tells of', () => {
  const count = async (method: string, status: number, body: string, headers = {}): Promise<number> => {
    const server = await startServer(answer(status, headers, body), answer(200));
    await signedFetch(server.url, { method, body: 'x' });
    return server.seen.length;
  };
  const XML = '<ErrorResponse><Error><Code>RequestThrottled</Code></Error></ErrorResponse>';
  const TYPED = '{"__type":"ThrottlingException","message":"Rate exceeded"}';

  test.each<[number, string]>([
    [500, '{"code":"ThrottlingException","message":"Rate exceeded"}'],
    [400, '{"code":"TooManyRequestsException"}'],
    [403, '{"Code":"TooManyRequestsException"}'],
    [503, XML],
    [400, TYPED],
    [403, TYPED],
    [500, TYPED],
    [502, TYPED],
    [503, TYPED],
    [504, TYPED],
    // Of a table behind the API, which acted before: the API passes it on as it is.
    [400, '{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"}'],
    [400, '{"__type":"LimitExceededException"}'],
  ])('may be what an API passes on from a call of its own: %d %s', async (status, body) => {
    expect(await count('POST', status, body)).toBe(1);
    expect(await count('PATCH', status, body)).toBe(1);
    expect(await count('PUT', status, body)).toBe(2);
  });

  test.each([400, 500, 503])('and so may its header, with %d', async (status) => {
    const headers = { 'x-amzn-errortype': 'ThrottlingException' };
    expect(await count('POST', status, '{}', headers)).toBe(1);
    expect(await count('PUT', status, '{}', headers)).toBe(2);
  });

  test.each([
    ['https://sts.eu-west-1.amazonaws.com/', 2],
    ['https://s3.amazonaws.com/', 2],
    ['https://abc.execute-api.eu-west-1.amazonaws.com/', 1],
    ['https://abc.lambda-url.eu-west-1.on.aws/', 1],
    ['https://abc.appsync-api.eu-west-1.amazonaws.com/', 1],
    ['https://sts.eusc-de-east-1.amazonaws.eu/', 2],
    ['https://abc.execute-api.eusc-de-east-1.amazonaws.eu/', 1],
    ['https://service-abc.7d67968.vpc-lattice-svcs.us-east-2.on.aws/', 1],
    ['https://amazonaws.com.example.com/', 1],
  ])("is the service's own wherever AWS answers itself: %s", async (url, times) => {
    const server = await startServer(answer(503, { 'content-type': 'text/xml' }, XML), answer(200));
    const passOn: typeof fetch = (_, init) => fetch(server.url, init);
    const all = { credentials: ANY_KEYS, fetch: passOn, retry: { baseDelay: 1 } };
    await createSignedFetch(all)(url, { method: 'POST', body: 'x' });
    expect(server.seen).toHaveLength(times);
  });
});

describe('a 429 of an API behind the gateway, which may have acted', () => {
  const url = 'https://abc.execute-api.eu-west-1.amazonaws.com/dev/notes';

  test.each<[string, Record<string, string>, string, number]>([
    ["in the API's own words", {}, '{"message":"you wrote too much; note saved"}', 1],
    ['with a body of its own', {}, '{"message":"Too Many Requests","id":1}', 1],
    ['that passes on another name', { 'x-amzn-errortype': 'NoteTooLong' }, '{"message":"Too Many Requests"}', 1],
    ["in the gateway's words", {}, '{"message":"Too Many Requests"}', 3],
    ["in the gateway's words for a usage plan", {}, '{"message":"Limit Exceeded"}', 3],
    ["by the gateway's name", { 'x-amzn-errortype': 'TooManyRequestsException' }, '{"message":null}', 3],
  ])('%s: sent %d times', async (_, headers, body, times) => {
    const server = await startServer(answer(429, { 'content-type': 'application/json', ...headers }, body));
    const passOn: typeof fetch = (_url, given) => fetch(server.url, given);
    const client = createSignedFetch({ credentials: ANY_KEYS, retry, fetch: passOn });
    expect((await client(url, { method: 'POST', body: 'x' })).status).toBe(429);
    expect(server.seen).toHaveLength(times);
    await client(url); // what may be done twice is sent again, whoever says so
    expect(server.seen).toHaveLength(times + 3);
  });
});
