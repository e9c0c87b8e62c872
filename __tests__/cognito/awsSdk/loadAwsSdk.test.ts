/** What is said where aws-sdk cannot be used: whether it is missing, does not arrive, or cannot run as it was built. */
import type * as Loading from '../../../src/cognito/awsSdk/loadAwsSdk';

afterEach(() => {
  jest.dontMock('aws-sdk/global.js');
});

/** Loads it where the package is something else. */
async function loadAwsSdk(stub: () => unknown): Promise<unknown> {
  let loading: typeof Loading | undefined;
  jest.isolateModules(() => {
    jest.doMock('aws-sdk/global.js', stub);
    loading = jest.requireActual<typeof Loading>('../../../src/cognito/awsSdk/loadAwsSdk');
  });
  let result: Promise<unknown> | undefined;
  await jest.isolateModulesAsync(async () => {
    result = loading!.loadAwsSdk();
    await result.catch(() => undefined);
  });
  return result;
}

const throwing = (message: string, code?: string) => (): never => {
  throw Object.assign(new Error(message), code === undefined ? {} : { code });
};

const CognitoIdentityCredentials = (): void => undefined;

test('the package, as Node and most bundlers give it', async () => {
  expect(await loadAwsSdk(() => ({ __esModule: true, default: { CognitoIdentityCredentials } }))).toEqual({
    CognitoIdentityCredentials,
  });
});

test('the module itself, as Parcel gives it', async () => {
  expect(await loadAwsSdk(() => ({ __esModule: true, CognitoIdentityCredentials }))).toMatchObject({
    CognitoIdentityCredentials,
  });
});

test.each([
  ['Node’s require', "Cannot find module 'aws-sdk/global.js'\nRequire stack:\n- /app/index.js", 'MODULE_NOT_FOUND'],
  ['Node’s import', "Cannot find package 'aws-sdk' imported from /app/index.js", 'ERR_MODULE_NOT_FOUND'],
  ['Yarn’s Plug’n’Play', "Your application tried to access aws-sdk, but it isn't declared", 'MODULE_NOT_FOUND'],
  ['webpack', "Cannot find module 'aws-sdk/global.js'", undefined],
  ['Vite', 'Could not resolve "aws-sdk/global.js" imported by "sigv4-client". Is it installed?', undefined],
  ['a page without a bundler', "Failed to resolve module specifier 'aws-sdk/global.js'", undefined],
])('where it is not installed, by %s: install it', async (_by, message, code) => {
  await expect(loadAwsSdk(throwing(message, code))).rejects.toMatchObject({
    name: 'AuthError',
    code: 'MissingDependency',
    message: expect.stringContaining('npm install aws-sdk') as string,
    cause: { message },
  });
});

test.each([
  ['Vite 5', "Cannot read properties of undefined (reading 'prototype')", undefined],
  [
    'something that it needs',
    "Cannot find package 'xml2js' imported from /app/node_modules/aws-sdk/lib/xml.js",
    'ERR_MODULE_NOT_FOUND',
  ],
  [
    'something that it needs',
    "Cannot find module 'uuid'\nRequire stack:\n- /app/node_modules/aws-sdk/lib/util.js",
    'MODULE_NOT_FOUND',
  ],
  ['something that it needs', 'Could not resolve "uuid" imported by "aws-sdk". Is it installed?', undefined],
])('an error from within, by %s, is told, with the cure', async (_by, message, code) => {
  const error: unknown = await loadAwsSdk(throwing(message, code)).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'MissingDependency', cause: { message } });
  expect((error as Error).message).toContain(`could not be loaded: ${message}.`);
  expect((error as Error).message).toContain('build.commonjsOptions.strictRequires: true');
  expect((error as Error).message).not.toContain('nstall it');
});

test.each([
  'Failed to fetch dynamically imported module: https://app.example.com/assets/global-1234.js',
  'error loading dynamically imported module: https://app.example.com/assets/global-1234.js',
  'Importing a module script failed.',
  'Loading chunk 7 failed.\n(error: https://app.example.com/7.js)',
])('a chunk that does not arrive: %s', async (message) => {
  await expect(loadAwsSdk(throwing(message))).rejects.toMatchObject({
    code: 'Unreachable',
    message: expect.stringMatching(/could not be loaded: [^]*reload the page/) as string,
  });
});

test('a build of it without CognitoIdentityCredentials', async () => {
  await expect(
    loadAwsSdk(() => ({ __esModule: true, default: { Credentials: CognitoIdentityCredentials } })),
  ).rejects.toMatchObject({
    code: 'MissingDependency',
    message: expect.stringMatching(/no CognitoIdentityCredentials.*strictRequires: true/) as string,
  });
});
