/** The identity pool over aws-sdk (v2). A door of its own, so that apps that do without it need not have it installed. */
export { connectAwsSdk } from './connectAwsSdk.js';
export { shareWithAwsConfig } from './shareWithAwsConfig.js';
