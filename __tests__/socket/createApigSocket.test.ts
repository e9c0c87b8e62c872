/** Sockets of a user who is logged in, against a whole local AWS. */
import { WebSocket } from 'ws';
import { createApig } from '../../src/apig';
import { startLocalAws } from '../../src/local';
import { createApigSocket } from '../../src/socket';
import { holdTimers } from '../support/heldTimers';
import { mapStorage } from '../support/mapStorage';
import { endLater, watchSocket } from '../support/socketHarness';

const [USER, OTHER] = ['user@example.com', 'other@example.com'];
const PASSWORD = 'Passw0rd!';

async function start() {
  const aws = await startLocalAws({
    userPool: { users: [USER, OTHER].map((username) => ({ username, password: PASSWORD })) },
    webSocketApi: {},
  });
  endLater(() => aws.stop());
  const storage = mapStorage();
  const open = () => {
    const apig = createApig(aws.config, { storage });
    const connect = (options: object = {}) => {
      const socket = createApigSocket(apig, {
        url: aws.webSocketApi.url,
        WebSocket,
        reconnect: { baseDelay: 5 },
        ...options,
      });
      endLater(() => {
        socket.close();
      });
      return { socket, ...watchSocket(socket) };
    };
    return { apig, connect };
  };
  return { aws, open };
}

it('is signed in the user’s name, and goes on through renewals', async () => {
  const { aws, open } = await start();
  const { apig, connect } = open();
  await apig.login(USER, PASSWORD);
  const { socket, until, told } = connect();
  socket.send('hello');
  await until('message hello');
  await apig.getUserToken({ forceRefresh: true });
  await apig.login(USER, PASSWORD); // the same user again
  socket.send('still here');
  await until('message still here');
  expect(told).toEqual(['open', 'message hello', 'message still here']);
  const identity = (await apig.getAwsCredentials()) as { identityId?: string };
  expect(aws.webSocketApi.requests.map(({ identityId }) => identityId)).toEqual([identity.identityId]);
});

describe('ends, and sends nothing more,', () => {
  it('when the user logs out', async () => {
    const { open } = await start();
    const { apig, connect } = open();
    await apig.login(USER, PASSWORD);
    const { socket, until, told } = connect();
    await until('open');
    await apig.logout();
    await until('close 1000');
    expect(told).toEqual(['open', 'error AuthError SessionChanged', 'close 1000']);
    expect(() => {
      socket.send('late');
    }).toThrow('send: expected a socket that is not closed');
  });

  it('when another user logs in, also while the connection is being made', async () => {
    const { aws, open } = await start();
    const { apig, connect } = open();
    await apig.login(USER, PASSWORD);
    const { socket, until, told } = connect();
    socket.send('of the first user');
    const second = apig.login(OTHER, PASSWORD);
    await until('close 1005');
    await second;
    expect(told[0]).toBe('error AuthError SessionChanged');
    expect(aws.webSocketApi.requests).toEqual([]);
  });

  it('when another instance on the same storage logs somebody else in, before it connects anew', async () => {
    const { aws, open } = await start();
    const [one, two] = [open(), open()];
    await one.apig.login(USER, PASSWORD);
    const after = 98_765;
    const handOvers = holdTimers(after);
    const { until, told } = one.connect({ handOver: { after } });
    await until('open');
    await two.apig.login(OTHER, PASSWORD);
    handOvers.fire();
    await until('close 1000');
    handOvers.release();
    expect(told).toEqual(['open', 'error AuthError SessionChanged', 'close 1000']);
    expect(aws.webSocketApi.requests).toHaveLength(1);
  });
});

it('refuses what is no instance, and credentials beside it', () => {
  const url = 'wss://example.com';
  expect(() => createApigSocket({} as never, { url })).toThrow('apig: expected what createApig or configure gave, got');
  const apig = createApig({ apiGateway: { URL: 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod' } } as never, {
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'x'.repeat(40) },
  });
  expect(() => createApigSocket(apig, { url, WebSocket, credentials: {} } as never)).toThrow(
    'credentials: expected nothing, since they are those of apig, got',
  );
});
