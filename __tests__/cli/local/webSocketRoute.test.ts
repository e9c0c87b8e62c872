/** A WebSocket API of the command line, whose functions answer as they do on AWS: by AWS's own client, with what the environment holds. */
import { createApig } from '../../../src/apig';
import type { ApigConfig } from '../../../src/apig';
import { newClient } from '../../../src';
import { run, start, write } from '../../support/cliHarness';
import { open } from '../../support/webSocketHarness';

const FUNCTIONS = `
const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require(${JSON.stringify(
  require.resolve('@aws-sdk/client-apigatewaymanagementapi'),
)});
exports.connect = async () => ({ statusCode: 200 });
exports.message = async ({ body, requestContext: { connectionId, identity } }) => {
  const Data = JSON.stringify({ you: identity.cognitoIdentityId, said: body });
  await new ApiGatewayManagementApiClient().send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
  return { statusCode: 200 };
};`;

it('runs functions for its routes, which answer with the credentials of the environment', async () => {
  write('chat.cjs', FUNCTIONS);
  const routes = ['--websocket-route', '$connect=chat.cjs#connect', '--websocket-route', '$default=chat.cjs#message'];
  const command = start(['local', '--port', '0', ...routes]);
  await command.printed(/Ctrl-C stops it/);
  const url = /WebSocket API +(ws:\S+)/.exec(command.out())![1]!;
  const config = JSON.parse(/\n\{[^]*\n\}\n/.exec(command.out())![0]) as ApigConfig;
  const apig = createApig(config);
  await apig.login('user@example.com', 'Passw0rd!');
  const credentials = await apig.getAwsCredentials();
  const { socket, next } = await open(newClient({ credentials, region: 'us-east-1', endpoint: url }).presignUrl());
  socket.send('hello');
  expect(JSON.parse(await next())).toEqual({ you: credentials.identityId, said: 'hello' });
  expect(command.err()).toMatch(/GET \/dev 101 {2}\S+ {2}allowed/);
  socket.close();
  command.child.kill('SIGTERM');
  expect((await command.ended).code).toBe(0);
});

it.each(['say', '=chat.cjs', 'say='])('refuses %p as a route', async (route) => {
  const { code, err } = await run(['local', '--port', '0', '--websocket-route', route]);
  expect(code).toBe(2);
  expect(err).toContain('--websocket-route: expected KEY=FILE[#EXPORT]');
});

it.each([
  ['--env', /^VITE_WEBSOCKET_URL=(ws:.+)\n[^]*^NEXT_PUBLIC_WEBSOCKET_URL=\1$/m],
  ['--json', /^WebSocket API (ws:.+)$/m],
])('is told with %s as well, and nowhere without a route', async (form, pattern) => {
  write('echo.cjs', 'exports.handler = async () => ({ statusCode: 200 });');
  for (const routes of [[], ['--websocket-route', '$default=echo.cjs']]) {
    const command = start(['local', '--port', '0', form, ...routes]);
    await command.printed(/\n/);
    command.child.kill('SIGTERM');
    const { out, err } = await command.ended;
    const url = pattern.exec(out + err)?.[1];
    expect(url?.replace(/\d+/g, '1')).toBe(routes.length > 0 ? 'ws://1.1.1.1:1/dev' : undefined);
  }
});
