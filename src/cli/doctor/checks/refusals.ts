/** Whether a page can read the gateway's own refusals. */
import { isReadableBy } from '../api.js';
import { fault, ok, skipped, warning } from '../types.js';
import type { Check } from '../types.js';
import { refusalsFix } from './cors.js';

/** What a page needs to tell a wrong clock from a wrong policy. */
const TELLING = ['date', 'x-amzn-errortype'];

export const refusals: Check = {
  name: 'gateway responses',
  run: async ({ api }) => {
    if (!api) return [skipped('no address of an API')];
    const answer = await api.unsigned();
    if (answer.status < 400) return [skipped('an unsigned call is not refused')];
    const fix = refusalsFix(api, answer);
    if (!isReadableBy(api.origin, answer)) {
      const message = `refusals have no CORS headers for ${api.origin}: a page sees a network error in place of the reason`;
      return [fault('RefusalsWithoutCors', message, fix)];
    }
    const exposed = (answer.headers.get('access-control-expose-headers') ?? '').toLowerCase();
    const hidden = TELLING.filter((name) => !exposed.includes(name) && exposed.trim() !== '*');
    if (hidden.length === 0) return [ok('a page can read why a call was refused')];
    const message = `a page can read refusals, but not their ${hidden.join(' and ')}, by which a wrong clock is corrected`;
    return [warning('RefusalsHideHeaders', message, fix)];
  },
};
