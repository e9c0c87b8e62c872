/** The identity pool over aws-sdk (v2). A door of its own, so that apps without aws-sdk need not install it. */
export { connectAwsSdk } from './connectAwsSdk.js';
export { shareWithAwsConfig } from './shareWithAwsConfig.js';
