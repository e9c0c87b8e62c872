/** `apiGateway.lambda` of `startLocalAws`. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalAws } from '../../../src/local';
import type { LambdaOption, LocalAwsOptions } from '../../../src/local';
import { call, credentialsOf } from '../../support/localAwsHarness';

jest.setTimeout(60_000);

const guests = { identityPool: { allowGuests: true } };
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-'));
  file = join(folder, 'notes.mjs');
  await writeFile(
    file,
    `export const handler = async (event) => ({ statusCode: 200, body: 'handler ' + event.path });
    export const main = async (event) => ({ statusCode: 200, body: 'main ' + (event.rawPath ?? event.path) });`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function textOf(lambda: LambdaOption): Promise<string> {
  const aws = await startLocalAws({ ...guests, apiGateway: { lambda } });
  try {
    const { keys } = await credentialsOf(aws.config);
    return await (await call(aws.config, keys, '/notes')).text();
  } finally {
    await aws.stop();
  }
}

test.each<[string, () => LambdaOption, string]>([
  ['a function', () => (event: { path: string }) => Promise.resolve({ body: `own ${event.path}` }), 'own /notes'],
  ['a file', () => file, 'handler /notes'],
  ['a file and its export', () => `${file}#main`, 'main /notes'],
  ['options', () => ({ file, exportName: 'main', functionName: 'notes' }), 'main /notes'],
])('%s runs behind the gateway', async (_, lambda, text) => {
  expect(await textOf(lambda())).toBe(text);
});

test.each<[string, () => LocalAwsOptions['apiGateway']]>([
  [
    'apiGateway.lambda and handler: expected one of them, got both',
    () => ({ lambda: file, handler: () => new Response() }),
  ],
  [
    'apiGateway.lambda and target: expected one of them, got both',
    () => ({ lambda: file, target: 'http://127.0.0.1:1' }),
  ],
  [
    'apiGateway.lambda.routs: expected a known option, such as routes, got Array',
    () => ({ lambda: { file, routs: [] } as object }),
  ],
  ['apiGateway.lambda.exportName: expected the name of an export', () => ({ lambda: `${file}#` })],
  ['apiGateway.lambda.file: ', () => ({ lambda: join(folder, 'none.mjs') })],
])('refuses with: %s', async (message, apiGateway) => {
  await expect(startLocalAws({ apiGateway: apiGateway() })).rejects.toMatchObject({
    code: 'InvalidOption',
    message: expect.stringContaining(message) as string,
  });
});
