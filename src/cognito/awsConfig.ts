/**
 * The global `AWS.config`, where an app wants its credentials there. Loaded only then; imports nothing, so that bundlers need
 * not cut what loads at first into pieces that both can share.
 */
import type AwsSdk from 'aws-sdk/global.js';
import type { TemporaryCredentials } from './credentials.js';

/**
 * Sets `AWS.config.credentials` (and the region, where there is none).
 * @param AWS The package aws-sdk.
 * @param given The credentials.
 * @param renew Gives good ones at any later time.
 * @returns What takes them back, if they are still there.
 */
export function setAwsConfig(
  AWS: typeof AwsSdk,
  { accessKeyId, secretAccessKey, sessionToken, expiration, identityId }: TemporaryCredentials,
  renew: () => Promise<TemporaryCredentials>,
): () => void {
  const credentials = new AWS.Credentials({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) });
  if (expiration) credentials.expireTime = expiration;
  // aws-sdk asks for new ones shortly before these expire; they must come with the tokens of that time.
  credentials.refresh = (callback) => {
    renew().then(
      (renewed) => {
        Object.assign(credentials, renewed, { expireTime: renewed.expiration, expired: false });
        callback();
      },
      (error: unknown) => {
        callback(error as Parameters<typeof callback>[0]);
      },
    );
  };
  AWS.config.credentials = credentials;
  if (!AWS.config.region && identityId) AWS.config.region = identityId.slice(0, identityId.indexOf(':'));
  return () => {
    if (AWS.config.credentials === credentials) AWS.config.credentials = null;
  };
}
