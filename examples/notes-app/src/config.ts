import type { ApigConfig } from 'sigv4-client/apig';

/** What `configure` takes, and the address of the WebSocket API beside it. */
export interface AppConfig extends ApigConfig {
  readonly apiGateway: ApigConfig['apiGateway'] & {
    /** With its stage. Optional: without it, what another tab has changed appears after a reload. */
    readonly WEBSOCKET_URL?: string;
  };
}

/** Put your own ids here; README.md says where they come from. */
export const config: AppConfig = {
  cognito: {
    REGION: 'us-east-1',
    USER_POOL_ID: 'us-east-1_AbCdEfGhI',
    APP_CLIENT_ID: '1h57kf5cpq17m0eml12EXAMPLE',
    IDENTITY_POOL_ID: 'us-east-1:01234567-89ab-cdef-0123-456789abcdef',
  },
  apiGateway: {
    REGION: 'us-east-1',
    URL: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod',
    WEBSOCKET_URL: 'wss://def456.execute-api.us-east-1.amazonaws.com/prod',
  },
};

/** The largest file that can be attached to a note, in bytes. */
export const MAX_ATTACHMENT_SIZE = 4_500_000;
