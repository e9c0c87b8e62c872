/** Whether a browser gets permission to send a signed call (Fetch standard, section 4.8). */
import { isReadableBy, SIGNED_HEADERS } from '../api.js';
import type { Api } from '../api.js';
import type { Answer } from '../prober.js';
import { fault, ok, skipped } from '../types.js';
import type { Check, Finding } from '../types.js';
import { preflightFix } from './cors.js';

/** The methods that pages may send without permission. */
const SIMPLE_METHODS = ['GET', 'HEAD', 'POST'];

export const preflight: Check = {
  name: 'CORS preflight',
  run: async ({ api }) => {
    if (!api) return [skipped('no address of an API')];
    const answer = await api.preflight();
    const faults = faultsOf(api, answer);
    return faults.length > 0 ? faults : [ok(`pages of ${api.origin} may send signed calls`)];
  },
};

function faultsOf(api: Api, answer: Answer): Finding[] {
  const fix = preflightFix(api, answer);
  const { status, message, headers } = answer;
  if (status < 200 || status > 299) {
    const said = `${status} ${message}`.trim();
    return [
      fault('PreflightRefused', `the preflight is answered with ${said}, so that no page can send a signed call`, fix),
    ];
  }
  if (!isReadableBy(api.origin, answer)) {
    const came = headers.get('access-control-allow-origin') ?? 'none';
    const told = `pages of ${api.origin} are not let in; Access-Control-Allow-Origin: ${came}`;
    return [fault('OriginNotAllowed', told, fix)]; // the other headers are often told only to origins that are let in
  }
  const faults: Finding[] = [];
  const allowed = namesOf(headers.get('access-control-allow-headers'));
  // The wildcard does not cover Authorization.
  const missing = SIGNED_HEADERS.filter(
    (name) => !allowed.has(name) && !(allowed.has('*') && name !== 'authorization'),
  );
  if (missing.length > 0) {
    const message = `a page may not send ${missing.join(', ')}; Access-Control-Allow-Headers lacks ${missing.length > 1 ? 'them' : 'it'}`;
    faults.push(fault('HeadersNotAllowed', message, fix));
  }
  const methods = namesOf(headers.get('access-control-allow-methods'));
  if (!SIMPLE_METHODS.includes(api.method) && !methods.has(api.method.toLowerCase()) && !methods.has('*')) {
    const message = `a page may not send ${api.method}; Access-Control-Allow-Methods lacks it`;
    faults.push(fault('MethodNotAllowed', message, fix));
  }
  return faults;
}

function namesOf(list: string | null): Set<string> {
  return new Set((list ?? '').split(',').map((name) => name.trim().toLowerCase()));
}
