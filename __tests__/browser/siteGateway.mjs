// The local gateway before which the site's two tools are tried.
import { after, before } from 'node:test';
import { CredentialStore, startApiGateway } from 'sigv4-client/local';

/**
 * Starts the gateway before a file's tests, and stops it after them.
 * @returns `issue`, which gives credentials that the gateway knows, and `url`, once the tests run.
 */
export function useGateway() {
  const store = new CredentialStore();
  let gateway;
  before(async () => {
    const handler = (request) => new Response(`${request.method} it is`);
    gateway = await startApiGateway({ store, region: 'eu-west-1', handler });
  });
  after(() => gateway?.stop());
  const identity = { identityId: 'eu-west-1:11111111-2222-3333-4444-555555555555', authenticated: true };
  return {
    issue: () => store.issue(identity),
    get url() {
      return gateway.url;
    },
  };
}
