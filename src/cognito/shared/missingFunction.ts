/** Tells errors of a platform that lacks a function from errors of the network. */

/** How V8, SpiderMonkey, JavaScriptCore and Hermes say that something is missing. */
const MISSING = /is not a (function|constructor)\b|is not defined$|^Can't find variable|^Property '\w+' doesn't exist/;

/**
 * Whether an error says that a function or an object of the platform is missing, as in `URL.canParse is not a function`. Advice to
 * check the network or the endpoint would mislead then.
 * @param error What was caught.
 */
export function isMissingFunction(error: unknown): boolean {
  const { name, message } = Object(error) as { name?: unknown; message?: unknown };
  return (name === 'TypeError' || name === 'ReferenceError') && MISSING.test(String(message));
}
