/** `newClient`: takes the place of the old `sigV4Client.js`, and is the entry of the file that apps copy in. */
import { signRequest } from './authorizationHeader.js';
import { readConfig } from './clientConfig.js';
import { presignUrl } from './presignedUrl.js';
import { createSigner } from './signer.js';
import type { ClientConfig, ClientConfigWithCredentials, SigV4Client } from './types.js';

/**
 * A client that signs requests to one endpoint with one set of credentials.
 * @param config The keys, `endpoint`, and options; see `ClientConfig`.
 * @returns `signRequest`, `presignUrl`, and what was configured or read from the endpoint: `endpoint`, `pathComponent`, `region`,
 *   `serviceName`. No property holds a key.
 * @throws SigV4Error `InvalidCredentials`, `InvalidEndpoint` or `InvalidOption` for a missing, malformed or unknown option;
 *   `UnsupportedPlatform` where `URL` or `URLSearchParams` is not that of the standard
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @example
 * const client = newClient({ accessKey, secretKey, sessionToken, endpoint: 'https://abc.execute-api.eu-west-1.amazonaws.com/dev' });
 * const signed = client.signRequest({ method: 'GET', path: '/notes', queryParams: { limit: 10 } });
 * const response = await fetch(signed.url, signed);
 */
export function newClient(config: ClientConfigWithCredentials | ClientConfig): SigV4Client {
  const settings = readConfig(config);
  const signerAt = createSigner(settings);
  return {
    endpoint: settings.origin,
    pathComponent: settings.basePath,
    region: settings.region,
    serviceName: settings.service,
    signRequest: (request) => signRequest(settings, signerAt, request),
    presignUrl: (request) => presignUrl(settings, signerAt, request),
  };
}

/** The default export has the old file's shape: `import sigV4Client from './sigV4Client'`, then `sigV4Client.newClient(…)`. */
const sigV4Client = { newClient };
export default sigV4Client;
