/** What `curl -v` prints: `>` and what was sent, `<` and what came, `*` and what curl says of it, and the body among them. */
import type { Refusal } from '../explain/index.js';
import { tidyBody } from './body.js';
import { readCopiedCurl } from './copiedCurl.js';
import { readExchanges } from './curlExchanges.js';
import type { Exchange } from './curlExchanges.js';
import { headerOf, linesOf } from './heads.js';
import { shownBody, signatureOf, signedPartsOf } from './signedParts.js';
import type { ShownBody } from './signedParts.js';
import type { Pasted } from './types.js';

/**
 * Reads a log.
 * @param text What was pasted; the command may stand in front.
 * @returns The refused requests, in order; `undefined` where the text is no log.
 */
export function readCurlLog(text: string): Pasted[] | undefined {
  const { exchanges, before } = readExchanges(linesOf(text));
  if (!exchanges.some(({ request, response }) => request !== undefined || response !== undefined)) return undefined;
  const command = before.map((_, i) => i).find((i) => /(^|[$#%>❯] )curl /.test(before[i]!));
  const typed = command === undefined ? undefined : readCopiedCurl(before.slice(command).join('\n'));
  // Where the body went to a pipe, it may have been printed before the log.
  const [last] = exchanges.slice(-1);
  const printed = tidyBody(typed?.rest ?? before.join('\n'));
  if (last && isEmpty(last) && /^[{[<]/.test(printed)) last.body.push(printed);
  const origins = firstBySignature(exchanges);
  const body = typed?.signed.body;
  const bodies = typeof body === 'string' ? [shownBody(body)] : []; // the log does not show what was sent
  return exchanges.flatMap((exchange) => readExchange(exchange, origins, bodies) ?? []);
}

const isEmpty = ({ body }: Exchange): boolean => body.every((line) => line.trim() === '');

/** A redirect is followed with the signature of the request that it answers: that request is what was signed. */
function firstBySignature(exchanges: readonly Exchange[]): Map<string, Exchange> {
  const first = new Map<string, Exchange>();
  for (const exchange of exchanges) {
    const signature = exchange.request ? signatureOf(exchange.request.headers) : '';
    if (signature !== '' && !first.has(signature)) first.set(signature, exchange);
  }
  return first;
}

function readExchange(
  { request, response, body, isTls }: Exchange,
  origins: ReadonlyMap<string, Exchange>,
  bodies: readonly ShownBody[],
): Pasted | undefined {
  if (response === undefined || response.status < 400 || request?.method === 'CONNECT') return undefined;
  const refusal: Refusal = { ...response, body: tidyBody(body.join('\n')) };
  if (!request) return { kind: 'curl', refusal, signed: undefined };
  const origin = origins.get(signatureOf(request.headers));
  const signed = origin?.request ?? request;
  const scheme = schemeOf(origin ? origin.isTls : isTls, headerOf(signed.headers, 'host'));
  return { kind: 'curl', refusal, signed: signedPartsOf(signed, bodies, scheme) };
}

function schemeOf(isTls: boolean | undefined, host = ''): string {
  return (isTls ?? !isLoopback(host)) ? 'https' : 'http';
}

const isLoopback = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
