import { configure } from 'sigv4-client/apig';
import type { ApigConfig } from 'sigv4-client/apig';
import { config } from './config.ts';

const local = import.meta.env.VITE_LOCAL_AWS;
const { WEBSOCKET_URL, ...apiGateway } = config.apiGateway;

/** Who may log in at the local AWS, where that is what the page talks to. */
export interface LocalAccount {
  readonly username: string;
  readonly password: string;
}

/** `USER_AUTH` lets users log in with a password or with a passkey. */
export const apig = configure(local ? (JSON.parse(local) as ApigConfig) : { ...config, apiGateway }, {
  authFlow: 'USER_AUTH',
});

/** The WebSocket API that tells of changes; `undefined` where there is none. */
export const webSocketUrl = local ? import.meta.env.VITE_WEBSOCKET_URL : WEBSOCKET_URL;

/** The accounts of the local AWS, to choose from; none with a real one. */
export const localAccounts = JSON.parse(import.meta.env.VITE_LOCAL_ACCOUNTS ?? '[]') as readonly LocalAccount[];
