/** From whatever was pasted to refusals: each form is tried in turn, the most telling first. */
import { SigV4Error } from '../sigv4/index.js';
import { parseJson } from '../util/index.js';
import { readBodyAlone } from './bodyAlone.js';
import { readConsole } from './browserConsole.js';
import { readCopiedCurl } from './copiedCurl.js';
import { readCopiedFetch } from './copiedFetch.js';
import { readCurlLog } from './curlLog.js';
import { readHar } from './har.js';
import { readRawAnswer, readRawRequest } from './rawHttp.js';
import type { Pasted, RequestAndRest } from './types.js';

/** What can be read, for the error's text. */
const EXPECTED = "a HAR, a curl -v log, an HTTP answer, AWS's JSON, XML or message, or what a browser's console shows";

/**
 * Reads a refusal that someone pasted or piped in: an HTTP archive (HAR 1.2), a `curl -v` log, an HTTP answer alone or behind
 * its request, its JSON, XML or message alone, what a browser's console shows of CORS; and in front of any of them the request
 * as a browser copies it, as fetch or as cURL. Nothing in it is run, and nothing is sent.
 *
 * @param text What was pasted, of any length: it takes linear time.
 * @returns What `explain` takes, at least one: several for an archive or a log in which several requests were refused. Where
 *   only a body was pasted, its `status` is 403. A body that was sent and is not shown is there as an object, which `explain`
 *   does not compare.
 * @throws SigV4Error `InvalidOption` if `text` is not text, or holds nothing that can be read or that was refused. Its message
 *   does not repeat the text.
 *
 * @example
 * for (const { refusal, signed } of readPasted(text)) {
 *   console.log(explain(refusal, signed));
 * }
 */
export function readPasted(text: string): Pasted[] {
  if (typeof (text as unknown) !== 'string') throw new SigV4Error('InvalidOption', 'text', EXPECTED, text);
  const plain = text.trim(); // of a byte order mark as well
  const archive = plain.startsWith('{') ? readHar(parseJson(plain)) : undefined;
  if (archive) return refusedIn(archive, 'a HAR with a signed request that was refused (4xx, 5xx) or blocked', text);
  const log = readCurlLog(plain);
  if (log) return refusedIn(log, 'a curl -v log with an answer that refuses (4xx, 5xx)', text);
  const request = readCopiedCurl(plain) ?? readCopiedFetch(plain) ?? readRawRequest(plain);
  return refusedIn(request ? readBehind(request, text) : (readAnswer(plain) ?? []), EXPECTED, text);
}

function readBehind({ kind, signed, rest }: RequestAndRest, text: string): Pasted[] {
  const [answer] = readAnswer(rest) ?? [];
  if (!answer) throw new SigV4Error('InvalidOption', 'text', 'the answer behind the request', text);
  return [{ kind, refusal: answer.refusal, signed }];
}

function readAnswer(text: string): Pasted[] | undefined {
  const answer = readRawAnswer(text);
  if (answer) return answer.status < 400 ? [] : [{ kind: 'http', refusal: answer, signed: undefined }];
  const shown = readConsole(text);
  if (shown) return shown;
  const refusal = readBodyAlone(text);
  return refusal && [{ kind: 'json', refusal, signed: undefined }];
}

function refusedIn(pasted: Pasted[], expected: string, text: string): Pasted[] {
  if (pasted.length === 0) throw new SigV4Error('InvalidOption', 'text', expected, text);
  return pasted;
}
