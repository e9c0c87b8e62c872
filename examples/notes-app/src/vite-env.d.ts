interface ImportMetaEnv {
  /** The configuration of a local AWS, as JSON. The repository's `npm run example` sets it. */
  readonly VITE_LOCAL_AWS?: string;
}
