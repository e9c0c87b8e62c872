/** Explained by damage: the host. */
import { setHeader } from '../../support/damagingProxy';
import { isExplained } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';
import { hostDifference } from '../../../src/explain/compare/host';

it.each<Row>([
  [
    'Host replaced',
    {
      code: 'HostChanged',
      cause:
        'The gateway saw another host than was signed. A proxy, CDN or custom domain before the gateway puts in a name of its own.',
      difference: 'the host: signed as "127.0.0.1:port", arrived as "backend.internal"',
      advice:
        'Call the gateway under the host that is signed (its own or its custom domain name), or let the proxy pass Host on (in nginx: proxy_set_header Host $http_host; in Vite and webpack: changeOrigin: false). Where the proxy has to replace Host, sign for what it puts there: signedHost: "backend.internal".',
    },
    { damage: setHeader('host', 'backend.internal') },
  ],
  [
    'port dropped from Host',
    {
      code: 'HostChanged',
      cause:
        'The host was signed with another port than the gateway saw: a proxy or an HTTP client added or dropped it.',
      difference: 'the host: signed as "127.0.0.1:port", arrived as "127.0.0.1": the port differs',
      advice:
        'Call the gateway under the host that is signed (its own or its custom domain name), or let the proxy pass Host on (in nginx: proxy_set_header Host $http_host; in Vite and webpack: changeOrigin: false). Where the proxy has to replace Host, sign for what it puts there: signedHost: "127.0.0.1".',
    },
    { damage: setHeader('host', '127.0.0.1') },
  ],
  [
    'Host replaced by one with a port',
    { code: 'HostChanged', difference: 'the host: signed as "127.0.0.1:port", arrived as "backend.internal:8080"' },
    { damage: setHeader('host', 'backend.internal:8080') },
  ],
])('%s', isExplained);

it('the port of an address of IPv6 stands behind its bracket', () => {
  expect(hostDifference('[::1]', '[::1]:8080').what).toMatch(/: the port differs$/);
  expect(hostDifference('[::1]', '[::2]').what).not.toContain('port');
});
