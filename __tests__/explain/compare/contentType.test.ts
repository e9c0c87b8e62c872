/** Explained by damage: the content type. */
import { setHeader } from '../../support/damagingProxy';
import { isExplained, post } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';

it.each<Row>([
  [
    'charset added',
    {
      code: 'HeaderChanged',
      cause:
        'A charset was added to the content type after signing: XMLHttpRequest, some HTTP clients and proxies do that.',
      difference:
        'the header content-type: signed as "application/json", arrived as "application/json; charset=utf-8": a charset was added',
      advice:
        'Sign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    { request: post, damage: setHeader('content-type', (type) => `${type}; charset=utf-8`) },
  ],
  [
    'charset removed',
    {
      code: 'HeaderChanged',
      cause: 'The charset was removed from the content type after signing, by the HTTP client or a proxy.',
      difference:
        'the header content-type: signed as "application/json;charset=UTF-8", arrived as "application/json": the charset was removed',
      advice:
        'Sign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    {
      request: { ...post, headers: { 'content-type': 'application/json;charset=UTF-8' } },
      damage: setHeader('content-type', 'application/json'),
    },
  ],
  [
    'in another spelling',
    {
      code: 'HeaderChanged',
      cause: 'The content type was rewritten after signing: the same type in another spelling.',
      difference:
        'the header content-type: signed as "application/json", arrived as "Application/JSON": case or white space differ',
      advice:
        'Sign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    { request: post, damage: setHeader('content-type', 'Application/JSON') },
  ],
  [
    'replaced',
    {
      code: 'HeaderChanged',
      cause:
        'The content type was changed after signing, by the HTTP client or a proxy. A client that sets its own default (text/plain, application/x-www-form-urlencoded) does that when it is given the body without the header.',
      difference: 'the header content-type: signed as "application/json", arrived as "text/plain"',
      advice:
        'Sign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    { request: post, damage: setHeader('content-type', 'text/plain') },
  ],
  [
    'of a form',
    {
      code: 'HeaderChanged',
      cause: 'The HTTP client set the content type of a form by itself, with a boundary, after another one was signed.',
      difference: 'the header content-type: signed as "application/json", arrived as "multipart/form-data; boundary=x"',
      advice:
        'Sign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    { request: post, damage: setHeader('content-type', 'multipart/form-data; boundary=x') },
  ],
  [
    'sent twice',
    {
      code: 'HeaderChanged',
      cause: 'The header content-type was sent twice: the HTTP client or a proxy added its own beside the signed one.',
      difference:
        'the header content-type: signed as "application/json", arrived as "application/json, application/json": it arrived twice',
      advice:
        'Sign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    { request: post, damage: setHeader('content-type', (type) => `${type}, ${type}`) },
  ],
  [
    'another charset',
    {
      code: 'HeaderChanged',
      difference: 'the header content-type: signed as "application/json", arrived as "text/plain; charset=utf-8"',
    },
    { request: post, damage: setHeader('content-type', 'text/plain; charset=utf-8') },
  ],
])('%s', isExplained);
