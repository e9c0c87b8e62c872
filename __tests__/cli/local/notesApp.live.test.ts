/** The notes app's backend tells a user's pages of changes, as `sigv4-client local` runs it and as its template would deploy it. */
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { newClient } from '../../../src';
import { createApig } from '../../../src/apig';
import type { ApigConfig } from '../../../src/apig';
import { folder, start, write } from '../../support/cliHarness';
import { bundleBackend, readTemplate, readUserPolicy, startNotesServices } from '../../support/notesBackend';
import { open } from '../../support/webSocketHarness';

const PASSWORD = 'Passw0rd!';
const CHANGED = '{"changed":"notes"}';
const FILE = join(folder, 'backend', 'handler.mjs');

beforeAll(async () => {
  mkdirSync(join(folder, 'backend'));
  await bundleBackend(FILE);
});

/** Runs both functions, with the policy of the template, and logs two users in. */
async function run(env: Record<string, string>) {
  const policy = readUserPolicy();
  const { Resources } = readTemplate();
  const keys = Object.values(Resources).flatMap(({ Properties }) => Properties.RouteKey ?? []) as string[];
  const routes = Object.fromEntries(keys.map((key) => [key, `${FILE}#socket`]));
  const apiGateway = { stage: 'prod', policy, lambda: FILE };
  write('live.json', JSON.stringify({ apiGateway, webSocketApi: { stage: 'prod', policy, routes } }));
  const names = ['one@example.com', 'two@example.com'];
  const users = names.flatMap((name) => ['--user', `${name}:${PASSWORD}`]);
  const command = start(['local', '--port', '0', '--json', '--config', 'live.json', ...users], env);
  await command.printed(/WebSocket API ws/);
  await command.printed(/\}\n/);
  const endpoint = /WebSocket API (ws:\S+)/.exec(command.err())![1]!;
  const config = JSON.parse(command.out().split('\n')[0]!) as ApigConfig;

  /** A user, and a page of theirs: what came over its socket. */
  const openPage = async (name: string) => {
    const apig = createApig(config);
    await apig.login(name, PASSWORD);
    const credentials = await apig.getAwsCredentials();
    const { socket } = await open(newClient({ credentials, region: 'us-east-1', endpoint }).presignUrl());
    const heard: string[] = [];
    socket.on('message', (data: Buffer) => void heard.push(data.toString('utf8')));
    /** All that was sent so far has come once the server answers a ping. */
    const settle = async (): Promise<string[]> => {
      socket.ping();
      await once(socket, 'pong');
      return heard;
    };
    return { apig, socket, settle, identityId: credentials.identityId! };
  };
  const stop = async () => {
    command.child.kill('SIGTERM');
    return command.ended;
  };
  return { openPage, stop, command };
}

const services = (where: string) =>
  where === 'in memory' ? { env: {} as Record<string, string>, stop: () => Promise.resolve() } : startNotesServices();

describe.each(['in memory', 'in DynamoDB'])('with connections %s', (where) => {
  it('all pages of a user are told of what they make, change and delete, and nobody else’s', async () => {
    const { env, stop: stopServices } = await services(where);
    // The function's role is what the local WebSocket API lends it, as Lambda does: these keys would stand in its place.
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...others } = env;
    const { openPage, stop, command } = await run(others);
    try {
      const [one, tab, two] = await Promise.all(['one', 'one', 'two'].map((name) => openPage(`${name}@example.com`)));
      const path = '/notes';
      const { id } = await one!.apig.invokeApig<{ id: string }>({ path, method: 'POST', body: { content: 'Milk' } });
      await one!.apig.invokeApig({ path: `${path}/${id}`, method: 'PUT', body: { content: 'Oat milk' } });
      await one!.apig.invokeApig({ path: `${path}/${id}` });
      await expect(
        one!.apig.invokeApig({ path: `${path}/${id}`, method: 'PUT', body: { content: '' } }),
      ).rejects.toMatchObject({ status: 400 });
      await one!.apig.invokeApig({ path: `${path}/${id}`, method: 'DELETE' });
      for (const page of [one, tab]) expect(await page!.settle()).toEqual([CHANGED, CHANGED, CHANGED]);
      expect(await two!.settle()).toEqual([]);
      await two!.apig.invokeApig({ path, method: 'POST', body: { content: 'Of the other' } });
      expect(await two!.settle()).toEqual([CHANGED]);
      expect(await tab!.settle()).toHaveLength(3);

      tab!.socket.send('{"action":"keepAlive"}');
      expect(await tab!.settle()).toHaveLength(3); // and no complaint that there is no such route
      expect(command.err()).not.toMatch(/Error| 410 /); // a status; ids hold such digits by chance
    } finally {
      expect((await stop()).code).toBe(0);
      await stopServices();
    }
  });
});

it('a connection that has gone is forgotten, by the function or by DynamoDB itself', async () => {
  const { env, timeToLive, stop: stopServices } = await startNotesServices();
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...others } = env;
  const { openPage, stop, command } = await run(others);
  const database = new DynamoDBClient({
    ...{ region: env.AWS_REGION, endpoint: env.AWS_ENDPOINT_URL_DYNAMODB },
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
  });
  const keyOf = (identityId: string, id: string) => ({ identityId: { S: identityId }, id: { S: id } });
  const read = async (identityId: string, id: string) =>
    (await database.send(new GetItemCommand({ TableName: 'connections', Key: keyOf(identityId, id) }))).Item;
  try {
    const { apig, socket, identityId } = await openPage('one@example.com');
    const tab = await openPage('one@example.com');
    const Item = { ...keyOf(identityId, 'LongGone0000000='), connectedAt: { N: '1767225600000' } }; // 2026 began
    await database.send(new PutItemCommand({ TableName: 'connections', Item }));
    const change = () => apig.invokeApig({ path: '/notes', method: 'POST', body: { content: 'Milk' } });
    await change();
    expect(command.err()).toMatch(/POST \/prod\/@connections\/LongGone0000000(=|%3D) 410/);
    expect(await read(identityId, 'LongGone0000000=')).toBeUndefined();

    const told = () => [...command.err().matchAll(/@connections\/(\S+) 200/g)].map(([, id]) => decodeURIComponent(id!));
    const ids = told();
    expect(ids).toHaveLength(2);
    const kept = (await read(identityId, ids[0]!))!;
    const { AttributeName, Enabled } = timeToLive as { AttributeName: string; Enabled: boolean };
    // API Gateway ends each connection after two hours; DynamoDB wants the time in seconds.
    expect([Enabled, Number(kept[AttributeName]!.N) * 1000 - Number(kept.connectedAt!.N) > 7_200_000]).toEqual([
      true,
      true,
    ]);
    expect(Number(kept[AttributeName]!.N)).toBeLessThan(Number(kept.connectedAt!.N) / 100);

    tab.socket.close();
    // $disconnect runs once it is closed.
    while ((await Promise.all(ids.map((id) => read(identityId, id)))).every(Boolean));
    await change();
    expect(told()).toHaveLength(3);
    expect(command.err().match(/@connections\/\S+ 410/g)).toHaveLength(1);
    socket.close();
  } finally {
    database.destroy();
    await stop();
    await stopServices();
  }
});
