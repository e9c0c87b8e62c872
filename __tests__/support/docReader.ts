/** What the examples in the doc comments leave to their reader beyond the documents' prelude: other libraries, and what an app has at hand. */
import type { Declarations } from './docExamples';

const constants = (types: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(types).map(([name, type]) => [name, `declare const ${name}: ${type};`]));
const texts = (...names: string[]) => constants(Object.fromEntries(names.map((name) => [name, 'string'])));
const library = (from: string, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, `import { ${name} } from '${from}';`]));

/** What the examples leave to their reader, by the folder or file that they are in. */
export const declarations: Declarations = {
  '': {
    ...texts('accessKeyId', 'secretAccessKey', 'url'),
    ...texts('newPassword', 'oldPassword', 'id', 'idToken', 'googleIdToken'),
    ...library('@aws-sdk/client-apigatewaymanagementapi', 'ApiGatewayManagementApiClient', 'PostToConnectionCommand'),
    ...library('@aws-sdk/client-s3', 'S3Client'),
    ...library('@aws-sdk/credential-providers', 'fromCognitoIdentityPool', 'fromNodeProviderChain'),
    ...library('@jest/globals', 'afterAll', 'afterEach'),
    ...library('amazon-cognito-identity-js', 'CognitoUserPool'),
    ...library('jose', 'createLocalJWKSet', 'jwtVerify'),
    ...library('node:crypto', 'createHash', 'createHmac'),
    axios: "import axios from 'axios';",
    createClient: "import createClient from 'openapi-fetch';",
    paths: "import type { paths } from '../__tests__/support/notesApiPaths.js';",
    ...constants({
      AsyncStorage: "import('sigv4-client/apig').AsyncTokenStorage",
      apig: "import('sigv4-client/apig').Apig",
      apiGateway: '{ URL: string }',
      client: "import('sigv4-client').SigV4Client",
      clock: "import('sigv4-client').Clock",
      error: 'unknown',
      show: '(text: string | undefined) => void',
      showLogin: '() => void',
      store: "import('sigv4-client/local').CredentialStore",
    }),
  },
  'src/cognito/userPool/account.ts': constants({ account: "import('sigv4-client/apig').Account" }),
  'src/generatedSdk/': {
    ...texts('invokeUrl'),
    ...constants({
      apigClientFactory: "import('sigv4-client/generated-sdk').ApigClientFactory",
      client: "import('sigv4-client/generated-sdk').InvokeApiClient",
      document: "typeof import('../__tests__/support/notesApi.js').notesApi",
    }),
  },
  'src/generatedSdk/apigClientError.ts': constants({
    client: "{ notesIdGet: import('sigv4-client/generated-sdk').ApigMethod }",
  }),
  'src/local/http/': { listen: "import { listen } from '../src/local/http/index.js';" },
  'src/local/': constants({
    allow: '(event: unknown) => object',
    api: "import('sigv4-client/local').LocalWebSocketApi",
    aws: "import('sigv4-client/local').LocalAws",
    gateway: "import('sigv4-client/local').LocalApiGateway",
    identityPool: "import('sigv4-client/local').LocalIdentityPool",
    pool: "import('sigv4-client/local').LocalUserPool",
    clientId: 'string',
    issuer: 'string',
    token: 'string',
  }),
  'src/pasted/': texts('text'),
  'src/signedFetch/': constants({
    api: "import('axios').AxiosInstance",
    response: 'Response',
    signedFetch: "import('sigv4-client').SignedFetch",
  }),
  'src/sigv4/': {
    ...texts('canonicalRequest', 'stringToSign'),
    ...constants({ body: '{ text: string }', signingKey: 'Uint8Array' }),
  },
  'src/socket/': constants({ lastId: 'string', socket: "import('sigv4-client/socket').SignedSocket" }),
  'src/verify/': constants({
    findKey: "(id: string) => Promise<import('sigv4-client/verify').VerifyCredentials | undefined>",
    options: "import('sigv4-client/verify').VerifyOptions",
    request: 'Request',
  }),
  'src/verify/fromNodeRequest.ts': constants({ request: "import('node:http').IncomingMessage" }),
};
