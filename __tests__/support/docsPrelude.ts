/** What the documents' code uses without declaring it, and how their samples become the local AWS. */
import { newClient } from '../../src/index';
import { startLocalAws } from '../../src/local';
import type { LocalAws } from '../../src/local';

const region = 'eu-west-1'; // the one that the documents use
const username = 'user@example.com';
const password = 'Passw0rd!';

/** The local AWS that the documents' code is run against. */
export const startDocsAws = (): Promise<LocalAws> =>
  startLocalAws({ region, userPool: { users: [{ username, password }] } });

/**
 * Values for the names that the documents use without declaring them.
 * @param aws The local AWS.
 * @param log Takes what the documents print, so that it does not mix with the tests' own output.
 */
export function createPrelude(aws: LocalAws, log: (value: unknown) => void = () => undefined) {
  const { config, store } = aws;
  const endpoint = aws.apiGateway.url;
  const identityId = `${region}:11111111-2222-3333-4444-555555555555`;
  const issued = store.issue({ identityId, authenticated: true, username });
  const { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken, expiration } = issued;
  const signed = newClient({ accessKey, secretKey, sessionToken, endpoint, region }).signRequest({ path: '/notes' });
  return {
    accessKey,
    secretKey,
    sessionToken,
    region,
    service: 'execute-api',
    endpoint,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey, sessionToken, expiration },
    config,
    username,
    password,
    /** On a server: a request that came, and the keys that it may be signed with. */
    request: new Request(signed.url, signed),
    lookUp: (accessKeyId: string) => store.find(accessKeyId),
    console: { ...console, log, error: log },
  };
}

/** The prelude's declarations, for the compiler. */
export const declarePrelude = (names: readonly string[]): string =>
  [
    'interface Note { id: string; content: string; attachment?: string; createdAt: string; updatedAt: string }',
    `type Prelude = ReturnType<typeof import('../__tests__/support/docsPrelude').createPrelude>;`,
    ...names.filter((name) => name !== 'console').map((name) => `declare const ${name}: Prelude['${name}'];`),
  ].join('\n');

/** The documents' sample ids and addresses, in the local AWS's place. */
export function pointAtLocalAws(code: string, { config: { cognito, apiGateway } }: LocalAws): string {
  const samples: readonly (readonly [RegExp, string])[] = [
    [/\beu-west-1_AbCdEfGhI\b/g, cognito.USER_POOL_ID],
    [/\b1h57kf5cpq17m0eml12example\b/gi, cognito.APP_CLIENT_ID],
    [/\beu-west-1:01234567-89ab-cdef-0123-456789abcdef\b/g, cognito.IDENTITY_POOL_ID],
    [/\bhttps:\/\/\w+\.execute-api\.eu-west-1\.amazonaws\.com\/\w+/g, apiGateway.URL],
    [/\bwss:\/\/\w+\.execute-api\.eu-west-1\.amazonaws\.com\/\w+/g, apiGateway.URL.replace('http', 'ws')],
    [/\bhttp:\/\/127\.0\.0\.1:9401\b/g, cognito.USER_POOL_ENDPOINT],
    [/\bhttp:\/\/127\.0\.0\.1:9402\b/g, cognito.IDENTITY_POOL_ENDPOINT],
  ];
  const { USER_POOL_ENDPOINT, IDENTITY_POOL_ENDPOINT } = cognito;
  const endpoints = `USER_POOL_ENDPOINT: '${USER_POOL_ENDPOINT}', IDENTITY_POOL_ENDPOINT: '${IDENTITY_POOL_ENDPOINT}',`;
  return (
    samples
      .reduce((text, [sample, value]) => text.replace(sample, value), code)
      .replace(/\bcognito: \{/g, (section) => `${section} ${endpoints}`)
      // AWS's host names the region, the local one does not.
      .replace(/\bapiGateway: \{(?= URL)/g, (section) => `${section} REGION: '${region}',`)
  );
}
