/** The configuration of a local AWS, to be pasted. */
import type { LocalAws } from '../../local/index.js';

/** The prefixes of the variables that Vite and Next.js hand to pages. */
const PREFIXES = ['VITE_', 'NEXT_PUBLIC_'];

/** Lines of an `.env` file, under the names that Vite and Next.js hand to pages. */
export function envLines({ config, webSocketApi }: Pick<LocalAws, 'config' | 'webSocketApi'>): string {
  const { cognito, apiGateway } = config;
  const values = {
    COGNITO_REGION: cognito.REGION,
    USER_POOL_ID: cognito.USER_POOL_ID,
    APP_CLIENT_ID: cognito.APP_CLIENT_ID,
    IDENTITY_POOL_ID: cognito.IDENTITY_POOL_ID,
    USER_POOL_ENDPOINT: cognito.USER_POOL_ENDPOINT,
    IDENTITY_POOL_ENDPOINT: cognito.IDENTITY_POOL_ENDPOINT,
    API_REGION: apiGateway.REGION,
    API_URL: apiGateway.URL,
    ...(webSocketApi && { WEBSOCKET_URL: webSocketApi.url }),
  };
  return PREFIXES.flatMap((prefix) => Object.entries(values).map(([name, value]) => `${prefix}${name}=${value}`)).join(
    '\n',
  );
}
