/** How signed headers were changed on their way. */
import type { Canonical } from './canonical.js';
import { change, quote } from './difference.js';
import type { Difference } from './difference.js';
import type { Ours } from './signed.js';

/** Headers whose values may be shown; of all others only the length is told. */
const SHOWN =
  /^(accept|accept-language|content-(type|length|md5|encoding|language)|host|x-amz-(date|content-sha256|target|api-version)|x-amzn-.+|date|range|if-(none-)?match|if-(un)?modified-since|x-requested-with)$/;
/** Text that stands where a tool or a log has hidden the value. */
const MASKED = /^(\[hidden\]|\*{3,}.*|x{3,}|<.*>|\.{3}|…)$/i;

/** The headers that both sides name, host among them. */
export function compareHeaders(ours: Ours, theirs: Canonical): Difference[] {
  const names = new Set([...ours.canonical.headers.keys(), ...theirs.headers.keys()]);
  return [...names].flatMap((name) => {
    if (ours.unknownHeaders.has(name)) return [];
    const [signed = '', arrived = ''] = [ours.canonical.headers.get(name), theirs.headers.get(name)];
    if (signed === arrived || MASKED.test(arrived)) return [];
    return [name === 'host' ? hostDifference(signed, arrived) : headerDifference(name, signed, arrived)];
  });
}

function headerDifference(name: string, signed: string, arrived: string): Difference {
  const place = `the header ${name}`;
  const keep = keepAdvice(name);
  if (arrived === '') {
    return {
      code: 'HeaderDropped',
      place,
      what: 'signed, but did not arrive',
      cause: `The header ${name} was signed, but was dropped on the way to the gateway. ${whoDrops(name)}`,
      advice: keep,
    };
  }
  if (signed === '') {
    return {
      code: 'HeaderAdded',
      place,
      what: `was not there when the request was signed, arrived${SHOWN.test(name) ? ` as ${quote(arrived)}` : ' (value not shown)'}`,
      cause: `The header ${name} is among the signed headers, and was filled in after signing.`,
      advice: `Pass ${name} to signRequest with the value that is sent, or do not send it.`,
    };
  }
  if (name === 'x-amz-date') {
    return {
      code: 'HeaderChanged',
      place,
      what: change(signed, arrived),
      cause:
        'The gateway saw another signing date than this request has: the date was changed on the way, or the answer belongs to another attempt than the signed request given here.',
      advice: 'Compare the answer with the very request it refused: each retry is signed anew.',
    };
  }
  const [kind, cause] = kindOfChange(name, signed, arrived);
  return {
    code: 'HeaderChanged',
    place,
    what: change(signed, arrived, !SHOWN.test(name)) + (kind && `: ${kind}`),
    cause,
    advice: keep,
  };
}

function kindOfChange(name: string, signed: string, arrived: string): [kind: string, cause: string] {
  const repeats = arrived.split(/,\s*/);
  if (repeats.length > 1 && repeats.every((part) => part === signed)) {
    return [
      'it arrived twice',
      `The header ${name} was sent twice: the HTTP client or a proxy added its own beside the signed one.`,
    ];
  }
  if (name === 'content-type') return contentTypeKind(signed, arrived);
  if (arrived.startsWith(`${signed},`) || arrived.endsWith(`, ${signed}`) || arrived.endsWith(`,${signed}`)) {
    return [
      'a second value was added',
      `A second value of the header ${name} was added after signing, by the HTTP client or a proxy.`,
    ];
  }
  const rewritten = `The header ${name} was changed after signing, by the HTTP client or a proxy.`;
  if (signed.toLowerCase() === arrived.toLowerCase()) return ['upper and lower case differ', rewritten];
  if (signed.replace(/\s/g, '') === arrived.replace(/\s/g, '')) return ['white space differs', rewritten];
  return ['', rewritten];
}

function contentTypeKind(signed: string, arrived: string): [kind: string, cause: string] {
  const [before, after] = [signed, arrived].map((type) => type.toLowerCase().replace(/\s/g, ''));
  if (before === after)
    return [
      'case or white space differ',
      'The content type was rewritten after signing: the same type in another spelling.',
    ];
  if (after!.startsWith(`${before};charset=`)) {
    return [
      'a charset was added',
      'A charset was added to the content type after signing: XMLHttpRequest, some HTTP clients and proxies do that.',
    ];
  }
  if (before!.startsWith(`${after};charset=`))
    return [
      'the charset was removed',
      'The charset was removed from the content type after signing, by the HTTP client or a proxy.',
    ];
  if (after!.startsWith('multipart/form-data')) {
    return [
      '',
      'The HTTP client set the content type of a form by itself, with a boundary, after another one was signed.',
    ];
  }
  return [
    '',
    'The content type was changed after signing, by the HTTP client or a proxy. A client that sets its own default (text/plain, application/x-www-form-urlencoded) does that when it is given the body without the header.',
  ];
}

function whoDrops(name: string): string {
  if (name === 'content-type')
    return 'HTTP clients drop it from requests without a body, and redirects from POST to GET drop it with the body.';
  if (name.startsWith('x-amz-')) return 'A proxy or CDN passes on only the headers it is told to.';
  return 'A proxy or CDN passes on only the headers it is told to; browsers drop the headers that they set themselves.';
}

function keepAdvice(name: string): string {
  if (name === 'content-type') {
    return 'Sign the content type that is really sent: pass it to signRequest spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.';
  }
  const cdn = 'In CloudFront: an origin request policy that forwards it';
  return `Send the signed headers as they are and let proxies pass ${name} on unchanged (${cdn}); where that cannot be, do not pass ${name} to signRequest, but add it after signing${name.startsWith('x-amz-') ? ' (x-amz-* headers must be signed, though)' : ''}.`;
}

function hostDifference(signed: string, arrived: string): Difference {
  const [hostOnly, port] = [signed, arrived].map((host) => host.replace(/:\d+$/, '')) as [string, string];
  const isPort = hostOnly === port;
  const what = change(signed, arrived) + (isPort ? ': the port differs' : '');
  const cause = isPort
    ? 'The host was signed with another port than the gateway saw: a proxy or an HTTP client added or dropped it.'
    : 'The gateway saw another host than was signed. A proxy, CDN or custom domain before the gateway puts in a name of its own.';
  const origin = `https://${arrived}`;
  return {
    code: 'HostChanged',
    place: 'the host',
    what,
    cause,
    advice: `Call the gateway under the host that is signed (its own or its custom domain name), or let the proxy pass Host on (in nginx: proxy_set_header Host $http_host; in Vite and webpack: changeOrigin: false). Where the proxy has to replace Host, sign with the endpoint ${quote(origin)} and send the result to the proxy.`,
  };
}
