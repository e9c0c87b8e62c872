// Where the app's requests leave the machine: what is meant for AWS's hosts goes to the local ones. The app itself knows nothing of it.
import AWS from 'aws-sdk';

const { USER_POOL, IDENTITY_POOL } = process.env;
const toAws = globalThis.fetch;

globalThis.fetch = (url, init) =>
  toAws(String(url).replace(/^https:\/\/cognito-idp\.[\w-]+\.amazonaws\.com/, USER_POOL), init);
AWS.config.update({ cognitoidentity: { endpoint: IDENTITY_POOL } });
