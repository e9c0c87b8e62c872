/** Explained by damage: several damages are all named, the deeper one first. */
import { all, changeBody, changeTarget, dropHeader, setHeader } from '../../support/damagingProxy';
import { isExplained, post, withQuery } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

it.each<Row>([
  [
    'a redirect: GET without body and content type',
    {
      code: 'MethodChanged',
      cause:
        'The request was signed as POST and arrived as GET: most likely a redirect (301, 302, 303) was followed, which turns it into a GET without a body. What else differs: the payload hash, the header content-type.',
      difference:
        'the method: signed as "POST", arrived as "GET"\nthe payload hash: the body was signed, but arrived empty\nthe header content-type: signed, but did not arrive',
      advice:
        'Call the URL that the redirect leads to (https instead of http, with or without the slash at the end), signed for that URL.\nPass the signed body to the HTTP client (fetch: body, axios: data), and call the final URL, not one that redirects.\nSign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    {
      request: post,
      damage: all(
        (m) => {
          m.method = 'GET';
        },
        changeBody(() => ''),
        dropHeader('content-type'),
      ),
    },
  ],
  [
    'body and content type',
    {
      code: 'BodyChanged',
      difference:
        'the payload hash: the body was changed after signing (its SHA-256 differs)\nthe header content-type: signed as "application/json", arrived as "application/x-www-form-urlencoded"',
    },
    {
      request: post,
      damage: all(
        changeBody(() => 'text=hello'),
        setHeader('content-type', 'application/x-www-form-urlencoded'),
      ),
    },
  ],
  [
    'host and prefix',
    {
      code: 'HostChanged',
      difference:
        'the host: signed as "127.0.0.1:port", arrived as "backend.internal"\nthe path: signed as "/api/dev/notes", arrived as "/dev/notes": its beginning "/api" is missing',
    },
    { stage: '/api/dev', damage: all(changeTarget('/api', ''), setHeader('host', 'backend.internal')) },
  ],
  [
    'path and query',
    {
      code: 'PathChanged',
      difference:
        'the path: signed as "/dev/notes", arrived as "/dev/notes/": a slash was added at its end\nthe query: the query parameter "limit" was signed, but did not arrive',
    },
    { request: withQuery, damage: changeTarget('/notes?limit=10&', '/notes/?') },
  ],
  [
    'two headers',
    {
      code: 'HeaderChanged',
      cause:
        'The header accept was changed after signing, by the HTTP client or a proxy. What else differs: the header x-customer.',
      difference:
        'the header accept: signed as "application/json", arrived as "*/*"\nthe header x-customer: signed, but did not arrive',
      advice:
        "Send the signed headers as they are and let proxies pass accept on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['accept']: it is then sent, and not signed.\nSend the signed headers as they are and let proxies pass x-customer on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['x-customer']: it is then sent, and not signed.",
    },
    { request: { headers: { 'x-customer': '7' } }, damage: all(setHeader('accept', '*/*'), dropHeader('x-customer')) },
  ],
  [
    'path and content type',
    {
      code: 'PathChanged',
      cause:
        'The path was changed on the way to the gateway: a slash was added at its end. A redirect or a rewriting proxy does that. What else differs: the header content-type.',
      difference:
        'the path: signed as "/dev/notes", arrived as "/dev/notes/": a slash was added at its end\nthe header content-type: signed as "application/json", arrived as "text/plain"',
      advice:
        'Call the path that the API has ("/dev/notes/"), or let the proxy pass the path on byte for byte (in nginx: `proxy_pass` without a path behind the host).\nSign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    { request: post, damage: all(changeTarget('/notes', '/notes/'), setHeader('content-type', 'text/plain')) },
  ],
])('%s', isExplained);
