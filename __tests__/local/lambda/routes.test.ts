import { lambdaHandler } from '../../../src/local/lambda';
import { call, eventOf, seen } from '../../support/lambdaHarness';

interface Event {
  resource?: string;
  routeKey?: string;
  pathParameters?: unknown;
}
const routes = ['/', '/notes', 'GET /notes/{id}', '/notes/{id}', '/notes/{id}/{rest+}', '/notes/new', '/{proxy+}'];

test.each([
  ['GET', '/', '/', null],
  ['GET', '/notes', '/notes', null],
  ['GET', '/notes/', '/notes', null],
  ['POST', '/notes/1', '/notes/{id}', { id: '1' }],
  ['GET', '/notes/new', '/notes/new', null],
  ['GET', '/notes/1/a/b', '/notes/{id}/{rest+}', { id: '1', rest: 'a/b' }],
  ['GET', '/other/path', '/{proxy+}', { proxy: 'other/path' }],
  ['GET', '/__proto__', '/{proxy+}', { proxy: '__proto__' }],
])('a REST API: %s %s is %s', async (method, path, resource, pathParameters) => {
  const event = await eventOf<Event>('rest', { method, url: `http://127.0.0.1${path}` }, { routes });
  expect(event).toMatchObject({ resource, pathParameters });
});

test.each([
  ['GET', '/notes/1', 'GET /notes/{id}', { id: '1' }],
  ['PUT', '/notes/1', 'ANY /notes/{id}', { id: '1' }],
  ['GET', '/notes/', 'ANY /{proxy+}', { proxy: 'notes/' }],
  ['GET', '/', '$default', undefined],
])('an HTTP API: %s %s is %s', async (method, path, routeKey, pathParameters) => {
  const all = [...routes.slice(1), '$default'];
  const event = await eventOf<Event>('http', { method, url: `http://127.0.0.1${path}` }, { routes: all });
  expect([event.routeKey, event.pathParameters]).toEqual([routeKey, pathParameters]);
});

test('what no route fits does not come to the function', async () => {
  const handler = (): never => {
    throw new Error('was called');
  };
  const given = { url: 'http://127.0.0.1/other' };
  expect(await seen(await call({ handler, routes: ['GET /notes'] }, given))).toEqual({
    status: 403,
    type: 'application/json',
    body: '{"message":"Missing Authentication Token"}',
  });
  expect(await seen(await call({ handler, routes: ['GET /notes'], frontend: 'http' }, given))).toEqual({
    status: 404,
    type: 'application/json',
    body: '{"message":"Not Found"}',
  });
});

test.each([
  [['notes']],
  [['get /notes']],
  [['GET /notes HTTP/1.1']],
  [['/notes/{id']],
  [['/{proxy+}/notes']],
  [['/notes//']],
  [['$default']],
  [[1 as unknown as string]],
])('%j is no list of routes of a REST API', (routes) => {
  expect(() => lambdaHandler({ handler: () => undefined, routes })).toThrow(/^routes\[0\]: expected a path such as/);
});
