/** What `curl -v` prints: `>` and what was sent, `<` and what came, `*` and what curl says of it, and the body among them. */
import type { Refusal } from '../explain/index.js';
import { tidyBody } from './body.js';
import { readCopiedCurl } from './copiedCurl.js';
import { readExchanges } from './curlExchanges.js';
import type { Exchange } from './curlExchanges.js';
import { headerOf, linesOf } from './heads.js';
import { signatureOf, signedPartsOf } from './signedParts.js';
import type { Pasted, RequestAndRest, RequestHead } from './types.js';

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
  return exchanges.flatMap((exchange) => readExchange(exchange, exchanges, typed) ?? []);
}

const isEmpty = ({ body }: Exchange): boolean => body.every((line) => line.trim() === '');

function readExchange(exchange: Exchange, all: readonly Exchange[], typed?: RequestAndRest): Pasted | undefined {
  const { request, response, body } = exchange;
  if (response === undefined || response.status < 400 || request?.method === 'CONNECT') return undefined;
  const refusal: Refusal = { ...response, body: tidyBody(body.join('\n')) };
  const first = request && firstWithSignatureOf(request, all);
  return { kind: 'curl', refusal, signed: first?.request && signedOf(first, first.request, typed) };
}

/** A redirect is followed with the signature of the request that it answers: that request is what was signed. */
function firstWithSignatureOf(request: RequestHead, all: readonly Exchange[]): Exchange | undefined {
  const signature = signatureOf(request.headers);
  return all.find((one) =>
    signature === '' ? one.request === request : one.request && signatureOf(one.request.headers) === signature,
  );
}

/** The log does not show the body that was sent; the command may. */
function signedOf({ isTls }: Exchange, request: RequestHead, typed?: RequestAndRest): Pasted['signed'] {
  const body = typed?.signed.body;
  const isHttp = isTls === undefined ? isLoopback(headerOf(request.headers, 'host') ?? '') : !isTls;
  return signedPartsOf(request, typeof body === 'string' ? [body] : [], isHttp ? 'http' : 'https');
}

const isLoopback = (host: string): boolean => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
