/** What is set for all calls of an instance belongs to the API. */
import { createApig } from '../../src/apig/index';
import { answer, closeAll, startServer } from '../support/signedFetchHarness';

afterAll(closeAll);

test('headers go to the API alone, not to what fetch calls elsewhere', async () => {
  const [api, other] = [await startServer(answer(200)), await startServer(answer(200))];
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x' };
  const apiGateway = { URL: api.url, REGION: 'us-east-1' };
  const apig = createApig({ apiGateway }, { credentials, headers: { 'x-api-key': 'the-key' } });
  await apig.fetch(`${api.url}/x`);
  await apig.fetch(`${other.url}/x`);
  expect(api.seen[0]!.headers.get('x-api-key')).toBe('the-key');
  expect(other.seen[0]!.headers.get('x-api-key')).toBeNull();
});
