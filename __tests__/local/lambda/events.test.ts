/** Events beside AWS's own samples: which page each is from stands with it in the vectors. */
import vectors from '../../vectors/lambda-events.json';
import { caller, eventOf } from '../../support/lambdaHarness';
import type { Call } from '../../support/lambdaHarness';

interface RestEvent {
  requestContext: Record<string, unknown> & { identity: Record<string, unknown> };
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  [field: string]: unknown;
}
interface HttpEvent {
  requestContext: { authorizer: { iam: Record<string, unknown> }; http: Record<string, unknown> } & Record<
    string,
    unknown
  >;
  headers: Record<string, string>;
  [field: string]: unknown;
}

/** The fields of an event that a sample has, in all depths. */
function fieldsOf(event: unknown, sample: unknown): unknown {
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample)) return event;
  const fields = event as Record<string, unknown>;
  return Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, fieldsOf(fields[name], value)]));
}

const linesOf = (headers: object): [string, string][] =>
  Object.entries(headers as Record<string, string>).filter(([name]) => !name.startsWith('X-Forwarded'));

/** The role's id is made of its name. */
const PRINCIPAL = expect.stringMatching(/^AROA[A-Z2-7]{17}:CognitoIdentityCredentials$/) as unknown;

describe('a REST API', () => {
  const { event: sample } = vectors.rest;
  const request: Call = {
    url: `https://${sample.headers.Host}/hello/world?name=me&multivalueName=you&multivalueName=me`,
    headers: [...linesOf(sample.headers), ['Content-Length', '13']],
    body: sample.body,
    caller: { requestId: sample.requestContext.requestId },
    context: { stage: 'testStage', accountId: '12345678912', apiId: 'gy415nuibc' },
  };

  test('gives the event of the documentation, field by field', async () => {
    const event = await eventOf<RestEvent>('rest', request, { stageVariables: sample.stageVariables });
    expect(fieldsOf(event, sample)).toEqual(sample);
    expect(Object.keys(event).sort()).toEqual(Object.keys(sample).sort());
  });

  test('has the headers that were sent, but for the length, and those that AWS adds', async () => {
    const { headers, multiValueHeaders } = await eventOf<RestEvent>('rest', request);
    const added = ['X-Amzn-Trace-Id', 'X-Forwarded-For'];
    expect(Object.keys(headers).sort()).toEqual([...Object.keys(sample.headers), ...added].sort());
    expect(headers['X-Amzn-Trace-Id']).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24}$/);
    expect(headers['X-Forwarded-For']).toBe('127.0.0.1');
    expect(Object.keys(multiValueHeaders)).toEqual(Object.keys(headers));
  });

  test('gives the request context of AWS_IAM', async () => {
    const { requestContext } = vectors.restIam;
    const event = await eventOf<RestEvent>('rest', {
      url: 'http://127.0.0.1:9400/',
      headers: [['User-Agent', requestContext.identity.userAgent]],
      caller: { accessKeyId: requestContext.identity.accessKey, requestId: requestContext.requestId },
      context: { stage: 'test', apiId: requestContext.apiId, time: new Date(requestContext.requestTimeEpoch) },
    });
    expect(fieldsOf(event.requestContext, requestContext)).toEqual({
      ...requestContext,
      resourceId: expect.stringMatching(/^[\da-z]{6}$/) as unknown,
      identity: {
        ...requestContext.identity,
        sourceIp: '127.0.0.1',
        caller: PRINCIPAL,
        user: PRINCIPAL,
        cognitoIdentityId: caller.identityId,
        cognitoAuthenticationType: 'authenticated',
      },
    });
  });

  test('has the fields that were recorded, and no others', async () => {
    const { requestContext } = await eventOf<RestEvent>('rest');
    expect(Object.keys(requestContext).sort()).toEqual(vectors.restRecorded.requestContextFields);
    expect(Object.keys(requestContext.identity).sort()).toEqual(vectors.restRecorded.identityFields);
  });

  test.each(vectors.restRecorded.requests.map((one) => [one.target, one] as const))(
    'reads %s as recorded',
    async (target, { path, proxy, query, multiValueQuery }) => {
      const event = await eventOf<RestEvent>('rest', {
        url: `http://127.0.0.1:9400${target}`,
        context: { stage: 'test' },
      });
      expect(event).toMatchObject({
        resource: '/{proxy+}',
        path,
        pathParameters: { proxy },
        queryStringParameters: query,
        multiValueQueryStringParameters: multiValueQuery,
        requestContext: { path: `/test${path}` },
        body: null,
        stageVariables: null,
        isBase64Encoded: false,
      });
    },
  );

  test('tells a user of a user pool by the provider and the sub, and a guest by neither', async () => {
    const { amr, identityPoolId } = vectors.httpIam.iam.cognitoIdentity;
    const user = await eventOf<RestEvent>('rest', { caller: { amr, identityPoolId } });
    expect(user.requestContext.identity).toMatchObject({
      cognitoIdentityPoolId: identityPoolId,
      cognitoAuthenticationType: 'authenticated',
      cognitoAuthenticationProvider: `${amr[1]!},${amr[2]!}`,
    });
    const guest = await eventOf<RestEvent>('rest', { caller: { amr: ['unauthenticated'], authenticated: false } });
    expect(guest.requestContext.identity).toMatchObject({
      cognitoAuthenticationType: 'unauthenticated',
      cognitoAuthenticationProvider: null,
    });
  });

  test('keeps all values of a header under its first spelling, the last one in headers', async () => {
    const headers: [string, string][] = [
      ['X-Tag', 'a'],
      ['x-tag', 'b'],
      ['Cookie', 'a=1; b=2'],
    ];
    const event = await eventOf<RestEvent>('rest', { headers });
    expect(event.multiValueHeaders).toMatchObject({ 'X-Tag': ['a', 'b'], Cookie: ['a=1; b=2'] });
    expect(event.headers).toMatchObject({ 'X-Tag': 'b', Cookie: 'a=1; b=2' });
  });
});

describe('an HTTP API', () => {
  const { event: sample } = vectors.http;
  const { stageVariables } = sample;
  const request: Call = {
    url: `https://${sample.requestContext.domainName}/my/path?${sample.rawQueryString}`,
    headers: [
      ['Cookie', 'cookie1; cookie2'],
      ['Header1', 'value1'],
      ['Header2', 'value1'],
      ['header2', 'value2'],
      ['User-Agent', 'agent'],
      ['Content-Type', 'text/plain'],
    ],
    body: sample.body,
    caller: { requestId: 'id' },
    context: { stage: '$default', apiId: 'id', time: new Date(sample.requestContext.timeEpoch) },
  };

  test('gives the event of the documentation, field by field', async () => {
    const event = await eventOf<HttpEvent>('http', request, { stageVariables });
    expect(fieldsOf(event, sample)).toEqual({
      ...sample,
      requestContext: { ...sample.requestContext, http: { ...sample.requestContext.http, sourceIp: '127.0.0.1' } },
    });
    expect(Object.keys(event).sort()).toEqual(Object.keys(sample).sort());
    const fields = [...Object.keys(sample.requestContext), 'authorizer'];
    expect(Object.keys(event.requestContext).sort()).toEqual(fields.sort());
  });

  test('has its headers in lower case, cookies apart, and those that AWS adds', async () => {
    const { headers } = await eventOf<HttpEvent>('http', request);
    expect(headers).toEqual({
      header1: 'value1',
      header2: 'value1,value2',
      'user-agent': 'agent',
      'content-type': 'text/plain',
      'content-length': String(sample.body.length),
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-/) as unknown,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    });
  });

  test('tells the caller as recorded', async () => {
    const { iam } = vectors.httpIam;
    const { amr, identityId, identityPoolId } = iam.cognitoIdentity;
    const given = { accessKeyId: iam.accessKey, userArn: iam.userArn, amr, identityId, identityPoolId };
    const event = await eventOf<HttpEvent>('http', { caller: given });
    expect(event.requestContext.authorizer).toEqual({
      iam: { ...iam, callerId: PRINCIPAL, userId: PRINCIPAL, principalOrgId: null },
    });
  });

  test('leaves out what there is none of', async () => {
    const event = await eventOf<HttpEvent>('http', { url: 'http://127.0.0.1:9400/' });
    const names = ['headers', 'isBase64Encoded', 'rawPath', 'rawQueryString', 'requestContext', 'routeKey', 'version'];
    expect(Object.keys(event).sort()).toEqual(names);
    expect(event).toMatchObject({ rawQueryString: '', rawPath: '/dev/' });
  });

  test('decodes the path and its parameters, but not the query', async () => {
    const url = 'http://127.0.0.1:9400/notes/a%20b?text=a%20b+c';
    const event = await eventOf<HttpEvent>('http', { url }, { routes: ['GET /notes/{id}'] });
    expect(event).toMatchObject({
      routeKey: 'GET /notes/{id}',
      rawPath: '/dev/notes/a b',
      rawQueryString: 'text=a%20b+c',
      queryStringParameters: { text: 'a b c' },
      pathParameters: { id: 'a b' },
      requestContext: { routeKey: 'GET /notes/{id}', stage: 'dev', http: { path: '/dev/notes/a b' } },
    });
  });
});

describe('a function URL', () => {
  const { event: sample } = vectors.functionUrl;

  test('gives the event of the documentation, field by field', async () => {
    const { iam } = sample.requestContext.authorizer;
    const event = await eventOf<HttpEvent>('functionUrl', {
      url: `https://${sample.requestContext.domainName}/my/path?${sample.rawQueryString}`,
      headers: [
        ['Cookie', 'cookie1; cookie2'],
        ['Header1', 'value1'],
        ['Header2', 'value1'],
        ['Header2', 'value2'],
        ['User-Agent', 'agent'],
        ['Content-Type', 'text/plain'],
      ],
      body: sample.body,
      caller: { requestId: 'id', accessKeyId: iam.accessKey, userArn: iam.userArn },
      context: { accountId: iam.accountId, apiId: 'url-id', time: new Date(sample.requestContext.timeEpoch) },
    });
    const principal = expect.stringMatching(/^AROA[A-Z2-7]{17}:example-session$/) as unknown;
    expect(fieldsOf(event, sample)).toEqual({
      ...sample,
      requestContext: {
        ...sample.requestContext,
        authorizer: { iam: { ...iam, callerId: principal, userId: principal } },
        http: { ...sample.requestContext.http, sourceIp: '127.0.0.1' },
      },
    });
    expect(Object.keys(event).sort()).toEqual(Object.keys(sample).sort());
    expect(Object.keys(event.requestContext).sort()).toEqual(Object.keys(sample.requestContext).sort());
  });
});
