/**
 * Explained by damage: a request signed by the signer goes through a real proxy, which damages it, to the real local
 * gateway, whose real refusal is explained. Each explanation has to name what the proxy did. Here: its headers.
 */
import { addHeader, dropHeader, setHeader } from '../../support/damagingProxy';
import { isExplained, post } from '../../support/explainHarness';
import type { Row } from '../../support/explainHarness';
import { canonicalLines, mismatch, read, sign } from '../../support/awsTexts';

const customer = { headers: { 'X-Customer': 'very private' } };

it.each<Row>([
  [
    'content type dropped',
    {
      code: 'HeaderDropped',
      cause:
        'The header content-type was signed, but was dropped on the way to the gateway. HTTP clients drop it from requests without a body, and redirects from POST to GET drop it with the body.',
      difference: 'the header content-type: signed, but did not arrive',
      advice:
        'Sign the content type that is really sent: state it spelled out, such as "application/json; charset=utf-8", send the signed headers as they are, and let proxies leave it alone.',
    },
    { request: post, damage: dropHeader('content-type') },
  ],
  [
    'accept dropped',
    {
      code: 'HeaderDropped',
      cause:
        'The header accept was signed, but was dropped on the way to the gateway. A proxy or CDN passes on only the headers it is told to; browsers drop the headers that they set themselves.',
      difference: 'the header accept: signed, but did not arrive',
      advice:
        "Send the signed headers as they are and let proxies pass accept on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['accept']: it is then sent, and not signed.",
    },
    { damage: dropHeader('accept') },
  ],
  [
    'a header of the app dropped',
    {
      code: 'HeaderDropped',
      cause:
        'The header x-customer was signed, but was dropped on the way to the gateway. A proxy or CDN passes on only the headers it is told to; browsers drop the headers that they set themselves.',
      difference: 'the header x-customer: signed, but did not arrive',
      advice:
        "Send the signed headers as they are and let proxies pass x-customer on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['x-customer']: it is then sent, and not signed.",
    },
    { request: customer, damage: dropHeader('x-customer') },
  ],
  [
    'the payload hash dropped',
    {
      code: 'HeaderDropped',
      cause:
        'The header x-amz-content-sha256 was signed, but was dropped on the way to the gateway. A proxy or CDN passes on only the headers it is told to.',
      difference: 'the header x-amz-content-sha256: signed, but did not arrive',
      advice:
        'Send the signed headers as they are and let proxies pass x-amz-content-sha256 on unchanged (In CloudFront: an origin request policy that forwards it); x-amz-* headers must be signed.',
    },
    { config: { signBody: true }, damage: dropHeader('x-amz-content-sha256') },
  ],
  [
    'accept changed',
    {
      code: 'HeaderChanged',
      cause: 'The header accept was changed after signing, by the HTTP client or a proxy.',
      difference: 'the header accept: signed as "application/json", arrived as "*/*"',
      advice:
        "Send the signed headers as they are and let proxies pass accept on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['accept']: it is then sent, and not signed.",
    },
    { damage: setHeader('accept', '*/*') },
  ],
  [
    'accept sent twice',
    {
      code: 'HeaderChanged',
      cause: 'The header accept was sent twice: the HTTP client or a proxy added its own beside the signed one.',
      difference:
        'the header accept: signed as "application/json", arrived as "application/json,application/json": it arrived twice',
      advice:
        "Send the signed headers as they are and let proxies pass accept on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['accept']: it is then sent, and not signed.",
    },
    { damage: addHeader('Accept', 'application/json') },
  ],
  [
    'a value added',
    {
      code: 'HeaderChanged',
      cause: 'A second value of the header accept was added after signing, by the HTTP client or a proxy.',
      difference:
        'the header accept: signed as "application/json", arrived as "application/json,text/html": a second value was added',
      advice:
        "Send the signed headers as they are and let proxies pass accept on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['accept']: it is then sent, and not signed.",
    },
    { damage: addHeader('Accept', 'text/html') },
  ],
  [
    'a value added before it',
    {
      code: 'HeaderChanged',
      difference:
        'the header accept: signed as "application/json", arrived as "text/html, application/json": a second value was added',
    },
    { damage: setHeader('accept', (value) => `text/html, ${value}`) },
  ],
  [
    'a value added before it, without a space',
    {
      code: 'HeaderChanged',
      difference:
        'the header accept: signed as "application/json", arrived as "text/html,application/json": a second value was added',
    },
    { damage: setHeader('accept', (value) => `text/html,${value}`) },
  ],
  [
    'a header of the app changed',
    {
      code: 'HeaderChanged',
      cause: 'The header x-customer was changed after signing, by the HTTP client or a proxy.',
      difference: 'the header x-customer: its value changed (not shown; signed with 12, arrived with 5 characters)',
      advice:
        "Send the signed headers as they are and let proxies pass x-customer on unchanged (In CloudFront: an origin request policy that forwards it); where that cannot be, sign with unsignedHeaders: ['x-customer']: it is then sent, and not signed.",
    },
    { request: customer, damage: setHeader('x-customer', 'other') },
  ],
  [
    'a header of the app replaced by one as long',
    {
      code: 'HeaderChanged',
      difference: 'the header x-customer: its value changed (not shown; both have 12 characters)',
    },
    { request: customer, damage: setHeader('x-customer', 'VERY PRIVATE'.toLowerCase().replace('v', 'b')) },
  ],
  [
    'the case of a value',
    {
      code: 'HeaderChanged',
      difference:
        'the header x-customer: its value changed (not shown; both have 12 characters): upper and lower case differ',
    },
    { request: customer, damage: setHeader('x-customer', 'Very Private') },
  ],
  [
    'white space in a value',
    {
      code: 'HeaderChanged',
      difference: 'the header x-requested-with: signed as "a b", arrived as "ab": white space differs',
    },
    { request: { headers: { 'X-Requested-With': 'a b' } }, damage: setHeader('x-requested-with', 'ab') },
  ],
  [
    'an x-amz header added',
    {
      code: 'HeaderAdded',
      cause:
        'The gateway saw x-amz-meta, which is not among the signed headers; x-amz-* headers have to be. A proxy, CDN or HTTP client added it on the way.',
      difference: 'the header x-amz-meta: arrived, but was not signed',
      advice:
        'Find out what adds x-amz-meta on the way and switch that off, or sign the same header with the same value.',
    },
    { damage: addHeader('x-amz-meta', '1') },
  ],
  [
    'x-amz-date changed',
    {
      code: 'HeaderChanged',
      cause:
        'The gateway saw another signing date than this request has: the date was changed on the way, or the answer belongs to another attempt than the signed request given here.',
      difference: 'the header x-amz-date: signed as "20240501T120000Z", arrived as "20200101T000000Z"',
      advice:
        'Let x-amz-date pass unchanged, and compare the answer with the very request it refused: each retry is signed anew.',
    },
    { damage: setHeader('x-amz-date', '20200101T000000Z') },
  ],
  [
    'x-amz-date dropped',
    {
      code: 'HeaderDropped',
      cause: 'The header x-amz-date was signed, but did not reach the gateway.',
      difference: 'the header x-amz-date: signed as "20240501T120000Z", did not arrive',
      advice: 'Send the signed headers as they are, each once, and let proxies pass x-amz-date on unchanged.',
    },
    { damage: dropHeader('x-amz-date') },
  ],
  [
    'x-amz-date garbled',
    {
      code: 'HeaderChanged',
      cause: 'The header x-amz-date was signed, but reached the gateway as something else, or twice.',
      difference: 'the header x-amz-date: signed as "20240501T120000Z", arrived in another form',
      advice: 'Send the signed headers as they are, each once, and let proxies pass x-amz-date on unchanged.',
    },
    { damage: setHeader('x-amz-date', (date) => `${date}, ${date}`) },
  ],
])('%s', isExplained);

it.each([
  [
    'accept',
    {
      code: 'HeaderAdded',
      cause: 'The header accept is among the signed headers, and was filled in after signing.',
      difference: 'the header accept: was not there when the request was signed, arrived as "text/plain"',
      advice: 'Sign accept with the value that is sent, or do not send it.',
    },
  ],
  [
    'x-customer',
    {
      code: 'HeaderAdded',
      cause: 'The header x-customer is among the signed headers, and was filled in after signing.',
      difference: 'the header x-customer: was not there when the request was signed, arrived (value not shown)',
      advice: 'Sign x-customer with the value that is sent, or do not send it.',
    },
  ],
])('a header that was signed without a value was filled in: %s', (name, expected) => {
  const message = mismatch(canonicalLines({ [name]: 'text/plain' }));
  expect(read({ message }, sign({ headers: { [name]: '' } }))).toEqual(expected);
});

it('another signing date than that of the signed request', () => {
  expect(read({ message: mismatch(canonicalLines({ 'x-amz-date': '20240501T120001Z' })) }, sign())).toEqual({
    code: 'HeaderChanged',
    cause:
      'The gateway saw another signing date than this request has: the date was changed on the way, or the answer belongs to another attempt than the signed request given here.',
    difference: 'the header x-amz-date: signed as "20240501T120000Z", arrived as "20240501T120001Z"',
    advice: 'Compare the answer with the very request it refused: each retry is signed anew.',
  });
});
