/** AWS SDK v3 and this package take each other's credentials, also where properties must not be `undefined`. */
import { S3Client } from '@aws-sdk/client-s3';
import * as providers from '@aws-sdk/credential-providers';
import { newClient } from '../../src/index.js';
import type { AwsCredentials, CredentialProvider } from '../../src/index.js';
import { cognitoIdentityCredentials, configure, createApig, getAwsCredentials } from '../../src/apig/index.js';
import type { ApigConfig } from '../../src/apig/index.js';

/** Every provider of AWS SDK v3. */
const ofAwsSdk: Record<Extract<keyof typeof providers, `from${string}`>, CredentialProvider> = {
  fromCognitoIdentity: providers.fromCognitoIdentity({ identityId: 'eu-west-1:1' }),
  fromCognitoIdentityPool: providers.fromCognitoIdentityPool({ identityPoolId: 'eu-west-1:1' }),
  fromContainerMetadata: providers.fromContainerMetadata(),
  fromEnv: providers.fromEnv(),
  fromHttp: providers.fromHttp({}),
  fromIni: providers.fromIni(),
  fromInstanceMetadata: providers.fromInstanceMetadata(),
  fromLoginCredentials: providers.fromLoginCredentials(),
  fromNodeProviderChain: providers.fromNodeProviderChain(),
  fromProcess: providers.fromProcess(),
  fromSSO: providers.fromSSO(),
  fromTemporaryCredentials: providers.fromTemporaryCredentials({
    params: { RoleArn: 'arn:aws:iam::123456789012:role/r' },
  }),
  fromTokenFile: providers.fromTokenFile(),
  fromWebToken: providers.fromWebToken({ roleArn: 'arn:aws:iam::123456789012:role/r', webIdentityToken: 'token' }),
};
export const apigs = Object.values(ofAwsSdk).map((credentials) =>
  createApig({ apiGateway: { URL: 'https://example.com' } }, { credentials }),
);
export const chain: CredentialProvider = providers.createCredentialChain(providers.fromEnv());

/** What this package gives, in the places where AWS SDK v3 takes credentials. */
declare const config: ApigConfig;
const { credentials } = configure(config);
const guest = cognitoIdentityCredentials({ identityPoolId: 'eu-west-1:01234567-89ab-cdef-0123-456789abcdef' });
export const s3 = [credentials, guest, await getAwsCredentials()].map((one) => new S3Client({ credentials: one }));
export const role = providers.fromTemporaryCredentials({
  params: { RoleArn: 'arn:aws:iam::123456789012:role/r' },
  masterCredentials: credentials,
});

/** Keys from the environment, where what is not set is `undefined`. */
declare const sessionToken: string | undefined;
const fromEnvironment = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken, expiration: undefined };
export const given: CredentialProvider[] = [
  fromEnvironment,
  () => fromEnvironment,
  () => Promise.resolve(fromEnvironment),
];
export const client = newClient({ credentials: fromEnvironment, endpoint: 'https://example.com', region: 'eu-west-1' });
export const exact = { ...fromEnvironment, sessionToken: 'token', expiration: new Date() } satisfies AwsCredentials;
