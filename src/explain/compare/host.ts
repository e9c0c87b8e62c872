/** How a host was changed on its way. */
import { quoteWhole, showChange } from './show.js';
import type { Difference } from './types.js';

/**
 * The difference of two hosts that are not equal.
 * @param signed As signed.
 * @param arrived As the gateway saw it.
 */
export function hostDifference(signed: string, arrived: string): Difference {
  const isPort = withoutPort(signed) === withoutPort(arrived);
  return {
    code: 'HostChanged',
    place: 'the host',
    what: showChange(signed, arrived, false, quoteWhole) + (isPort ? ': the port differs' : ''),
    cause: isPort
      ? 'The host was signed with another port than the gateway saw: a proxy or an HTTP client added or dropped it.'
      : 'The gateway saw another host than was signed. A proxy, CDN or custom domain before the gateway puts in a name of its own.',
    advice: `Call the gateway under the host that is signed (its own or its custom domain name), or let the proxy pass Host on (in nginx: proxy_set_header Host $http_host; in Vite and webpack: changeOrigin: false). Where the proxy has to replace Host, sign for what it puts there: signedHost: ${quoteWhole(arrived)}.`,
  };
}

const withoutPort = (host: string): string => host.replace(/:\d+$/, '');
