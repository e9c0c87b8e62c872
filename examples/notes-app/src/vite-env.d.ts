interface ImportMetaEnv {
  /** The configuration of a local AWS, as JSON. The repository's `npm run example` sets it. */
  readonly VITE_LOCAL_AWS?: string;
  /** The address of its WebSocket API, as `sigv4-client local --env` names it. */
  readonly VITE_WEBSOCKET_URL?: string;
  /** Its accounts, as JSON: `[{ "username", "password" }]`. The login page offers them. */
  readonly VITE_LOCAL_ACCOUNTS?: string;
}
