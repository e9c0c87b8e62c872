import { startWebSocketApi } from '../../../src/local';
import { CredentialStore, startApiGateway } from '../../../src/local';
import { connect } from '../../support/webSocketHarness';
import { sign } from '../../support/apiGatewayHarness';

const thrown = new Error('a mistake in the listener');
const onError = () => {
  throw thrown;
};
const shown = jest.spyOn(console, 'error').mockImplementation();
beforeEach(() => shown.mockClear());
afterAll(() => {
  shown.mockRestore();
});

const mistake = () => Promise.reject(new Error('a mistake in the function'));
const user = { identityId: 'us-east-1:11111111-2222-3333-4444-555555555555', authenticated: true };

it('a listener that throws keeps no client of a WebSocket API waiting', async () => {
  const store = new CredentialStore();
  const api = await startWebSocketApi({ store, onError, routes: { $default: mistake } });
  const client = await connect(api, store.issue(user));
  client.socket.send('hello');
  expect(await client.next()).toContain('Internal server error');
  expect(shown.mock.calls).toEqual([[thrown]]);
  await api.stop();
});

it('a listener that throws does not change what a gateway answers', async () => {
  const store = new CredentialStore();
  const gateway = await startApiGateway({ store, onError, handler: mistake });
  const { url, init } = sign(gateway, store.issue(user), '/notes');
  expect((await fetch(url, init)).status).toBe(502);
  expect(shown.mock.calls).toEqual([[thrown]]);
  await gateway.stop();
});
