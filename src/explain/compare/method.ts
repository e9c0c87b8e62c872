/** How a method was changed on its way. */
import { hideSecrets, showChange } from './show.js';
import type { Change, Difference } from './types.js';

/**
 * Compares two methods.
 * @param ours As signed.
 * @param theirs As the gateway saw it.
 */
export function compareMethods(ours: string, theirs: string): Difference | undefined {
  if (ours === theirs) return undefined;
  return { code: 'MethodChanged', place: 'the method', ...kindOfChange(ours, theirs) };
}

function kindOfChange(ours: string, theirs: string): Change {
  const isCase = ours.toUpperCase() === theirs.toUpperCase();
  const what = showChange(ours, theirs) + (isCase ? ': upper and lower case differ' : '');
  if (theirs === 'GET' && ours !== 'HEAD') {
    return {
      what,
      cause: `The request was signed as ${hideSecrets(ours)} and arrived as GET: most likely a redirect (301, 302, 303) was followed, which turns it into a GET without a body.`,
      advice:
        'Call the URL that the redirect leads to (https instead of http, with or without the slash at the end), signed for that URL.',
    };
  }
  return {
    what,
    cause: `The request was signed as ${hideSecrets(ours)} and arrived as ${hideSecrets(theirs)}: the HTTP client or a proxy changed the method.`,
    advice: isCase
      ? 'Write the method in upper case when signing and when sending: fetch leaves "patch" as it is.'
      : 'Sign the method that is sent; switch method overrides (X-HTTP-Method-Override) off on the way.',
  };
}
