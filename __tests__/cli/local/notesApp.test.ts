/** The notes app's backend, as `sigv4-client local` runs it and as its template would deploy it. */
import { join } from 'node:path';
import { createApig } from '../../../src/apig';
import type { Apig, ApigConfig } from '../../../src/apig';
import { folder, start, write } from '../../support/cliHarness';
import { bundleBackend, readTemplate, readUserPolicy, startNotesServices } from '../../support/notesBackend';

const HANDLER = join(folder, 'handler.mjs');
const PASSWORD = 'Passw0rd!';
const { Resources, Outputs } = readTemplate();

beforeAll(() => bundleBackend(HANDLER)); // the backend's own packages are installed with the example, not with this one

interface Note {
  id: string;
  content: string;
  attachment?: string;
}

/** Runs the function behind the local gateway, with the policy of the template, and logs two users in. */
async function run(env: Record<string, string>) {
  const lambda = { file: HANDLER, binaryMediaTypes: ['*/*'] };
  write('aws.json', JSON.stringify({ apiGateway: { stage: 'prod', policy: readUserPolicy(), lambda } }));
  const names = ['one@example.com', 'two@example.com'];
  const users = names.flatMap((name) => ['--user', `${name}:${PASSWORD}`]);
  const command = start(['local', '--port', '0', '--json', '--config', 'aws.json', ...users], env);
  await command.printed(/\n/);
  const config = JSON.parse(command.out().split('\n')[0]!) as ApigConfig;
  const logIn = async (name: string): Promise<Apig> => {
    const apig = createApig(config);
    await apig.login(name, PASSWORD);
    return apig;
  };
  const [one, two] = await Promise.all([logIn(names[0]!), logIn(names[1]!)]);
  const stop = async () => {
    command.child.kill('SIGTERM');
    return command.ended;
  };
  return { one, two, config, stop, command };
}

describe.each(['in memory', 'in DynamoDB and S3'])('the notes, kept %s', (where) => {
  it('are made, listed, changed and deleted, each user’s apart', async () => {
    const services = where === 'in memory' ? { env: {}, stop: () => Promise.resolve() } : await startNotesServices();
    const { one, two, stop } = await run(services.env);
    try {
      const first = await one.invokeApig<Note>({ path: '/notes', method: 'POST', body: { content: 'Milk' } });
      const second = await one.invokeApig<Note>({ path: '/notes', method: 'POST', body: { content: '漢' } });
      expect(await one.invokeApig<Note[]>({ path: '/notes' })).toEqual([first, second]);
      expect(await two.invokeApig<Note[]>({ path: '/notes' })).toEqual([]);
      await expect(two.invokeApig({ path: `/notes/${first.id}` })).rejects.toMatchObject({ status: 404 });

      const body = { content: 'Oat milk' };
      const changed = await one.invokeApig<Note>({ path: `/notes/${first.id}`, method: 'PUT', body });
      expect(changed).toMatchObject({ id: first.id, ...body });
      expect(await one.invokeApig<Note>({ path: `/notes/${first.id}` })).toEqual(changed);

      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      const type = 'image/png';
      const attached = await one.invokeApig<Note>({
        ...{ path: `/notes/${first.id}/file`, method: 'PUT', queryParams: { name: 'a b.png' }, body: bytes },
        headers: { 'Content-Type': type },
      });
      expect(attached.attachment).toBe('a b.png');
      const file = await one.invokeApig<Blob>({ path: `/notes/${first.id}/file`, responseType: 'blob' });
      expect([file.type, new Uint8Array(await file.arrayBuffer())]).toEqual([type, bytes]);
      await expect(one.invokeApig({ path: `/notes/${second.id}/file` })).rejects.toMatchObject({ status: 404 });

      await one.invokeApig({ path: `/notes/${first.id}`, method: 'DELETE' });
      expect(await one.invokeApig<Note[]>({ path: '/notes' })).toEqual([second]);
    } finally {
      expect((await stop()).code).toBe(0);
      await services.stop();
    }
  });
});

it('refuses what it cannot use in words, and what the template’s policy does not allow', async () => {
  const { one, stop } = await run({});
  try {
    const post = { path: '/notes', method: 'POST' };
    for (const body of [{}, { content: ' ' }, 'no JSON']) {
      await expect(one.invokeApig({ ...post, body })).rejects.toMatchObject({ status: 400 });
    }
    await expect(one.invokeApig({ ...post, method: 'PATCH', body: {} })).rejects.toMatchObject({ status: 405 });
    await expect(one.invokeApig({ path: '/other' })).rejects.toMatchObject({
      status: 403,
      explanation: { code: 'NotAuthorized' },
    });
  } finally {
    await stop();
  }
});

describe('the template', () => {
  const api = Resources.Api!.Properties;

  it('deploys this file, behind IAM authorization', () => {
    expect(Resources.NotesFunction!.Properties).toMatchObject({ CodeUri: '.', Handler: 'handler.handler' });
    expect(Resources.SocketFunction!.Properties).toMatchObject({ CodeUri: '.', Handler: 'handler.socket' });
    expect(api).toMatchObject({ Auth: { DefaultAuthorizer: 'AWS_IAM', InvokeRole: 'NONE' } });
  });

  it('lets a page send what is signed, and read refusals', () => {
    const { AllowHeaders } = api.Cors as { AllowHeaders: string };
    // Of DESIGN's facts: what a browser's preflight of a signed call asks for.
    for (const name of ['Authorization', 'Content-Type', 'X-Amz-Date', 'X-Amz-Security-Token']) {
      expect(AllowHeaders.replaceAll("'", '').split(',')).toContain(name);
    }
    for (const type of ['DEFAULT_4XX', 'DEFAULT_5XX']) {
      expect(api.GatewayResponses).toHaveProperty([
        type,
        'ResponseParameters',
        'Headers',
        'Access-Control-Allow-Origin',
      ]);
    }
  });

  it('gives out what the app’s configuration wants', () => {
    expect(Object.keys(Outputs)).toEqual([
      'REGION',
      'USERPOOLID',
      'APPCLIENTID',
      'IDENTITYPOOLID',
      'URL',
      'WEBSOCKETURL',
    ]);
  });
});
