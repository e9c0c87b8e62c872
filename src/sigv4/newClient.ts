/** The client: what `sigV4Client.js` was, and the door of a copied file. */
import { signRequest } from './authorizationHeader.js';
import { readConfig } from './clientConfig.js';
import { presignUrl } from './presignedUrl.js';
import { createSigner } from './signer.js';
import type { ClientConfig, ClientConfigWithCredentials, SigV4Client } from './types.js';

/**
 * A client that signs requests to one endpoint with one set of credentials.
 * Specification: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @param config The keys, `endpoint`, and options; see `ClientConfig`.
 * @returns `signRequest`, `presignUrl`, and what was configured or found out: `endpoint`, `pathComponent`, `region`,
 *   `serviceName`. No property holds a key.
 * @throws SigV4Error for a missing, malformed or unknown option
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

/** For callers of the old file: `import sigV4Client from './sigV4Client'`. */
const sigV4Client = { newClient };
export default sigV4Client;
