/** What has signed a request. Advice names the options of that function or command, and its ways to sign. */

/** `functions`: newClient, createSignedFetch and signAxios, and whatever else made the request that `explain` is given. */
export type Signer = 'functions' | 'invokeApig' | 'commandLine';

/** The words of advice that depend on what has signed. */
export interface SignerWords {
  /** How to sign a request that was not signed. */
  readonly sign: string;
  /** Where the region is stated. */
  readonly region: string;
  /** How to sign for another service. */
  readonly service: (name: string) => string;
  /** How to set an option that all functions have, and neither invokeApig nor the command line; not at a sentence's start. */
  readonly option: (stated: string) => string;
}

const functions: SignerWords = {
  sign: 'Sign the request: send what signRequest returns, with its headers (fetch(signed.url, signed)), or call it with createSignedFetch or signAxios.',
  region: 'region',
  service: (name) =>
    `Pass serviceName: '${name}' to newClient, or service: '${name}' to createSignedFetch or signAxios.`,
  option: (stated) => `sign with ${stated}`,
};

const ofApig = (stated: string): string =>
  `call it with createSignedFetch({ credentials: apig.credentials, ${stated} }) of sigv4-client`;

const invokeApig: SignerWords = {
  sign: 'Leave out sign: false where the route has IAM authorization.',
  region: 'apiGateway.REGION',
  service: (name) => `invokeApig signs for API Gateway alone: ${ofApig(`service: '${name}'`)}.`,
  option: ofApig,
};

const commandLine: SignerWords = {
  ...functions,
  region: '--region, or as AWS_REGION',
  service: (name) => `Pass --service ${name}.`,
  option: (stated) => `call it from code, with createSignedFetch({ credentials, ${stated} }) of sigv4-client`,
};

/** The words for each kind of signer. */
export const SIGNERS: Readonly<Record<Signer, SignerWords>> = { functions, invokeApig, commandLine };
