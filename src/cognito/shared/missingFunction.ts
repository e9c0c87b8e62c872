/** Errors that tell of the platform, not of a service that did not answer. */

/** As the engines say it: V8, SpiderMonkey, JavaScriptCore and Hermes. */
const MISSING = /is not a (function|constructor)\b|is not defined$|^Can't find variable|^Property '\w+' doesn't exist/;

/**
 * Whether a function or an object of the platform is missing, as in `URL.canParse is not a function`. Checks of the network,
 * an endpoint or its answer do not help then.
 * @param error What was caught.
 */
export function isMissingFunction(error: unknown): boolean {
  const { name, message } = Object(error) as { name?: unknown; message?: unknown };
  return (name === 'TypeError' || name === 'ReferenceError') && MISSING.test(String(message));
}
