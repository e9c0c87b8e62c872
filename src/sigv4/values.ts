/** What a value is, whichever frame or library it comes from, and how an error may show it. */

/**
 * The name of what it is, such as `Date` or `Blob`: unlike `instanceof`, it holds for values of other frames too. React Native's
 * own Blob and FormData have no such name, and would pass for JSON.
 */
export function typeTag(value: unknown): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== 'Object') return tag;
  return ['Blob', 'FormData'].find((name) => isInstance(value, Reflect.get(globalThis, name))) ?? tag;
}

const isInstance = (value: unknown, type: unknown): boolean => typeof type === 'function' && value instanceof type;

export const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null;

/** Whether a value has one obvious text. */
export const isScalar = (value: unknown): value is string | number | boolean | bigint =>
  /string|number|boolean|bigint/.test(typeof value);

/** Options whose text may stand in an error. */
const SHOWN = /^(endpoint|method|region|service(Name)?)$/;

/** What is no part of any of them: a user name, a query, a fragment; an access key id, a token, a secret access key. */
const HIDDEN = /[@?#]|[\w+=-]{20}|[\w+/]{40}/;

/**
 * What came in place of what was expected, for an error's message. Text is told by its length alone, since any option may
 * have been given a secret by mistake, but for those that are no secret, and there it is if it is as long as one.
 */
export function describeValue(value: unknown, option = ''): string {
  if (typeof value === 'string') {
    return SHOWN.test(option) && !HIDDEN.test(value) ? JSON.stringify(value) : `a string of ${value.length} characters`;
  }
  if (typeof value === 'number' && !/key|token/i.test(option)) return String(value);
  return isMissing(value) ? String(value) : typeTag(value);
}

/** The name of an option for an error, such as `headers['X-Note']`, without a key or token that stands in its place. */
export const describeName = (option: string): string =>
  option.replace(/[\w+/=]{20,}/g, (name) => (/\d/.test(name) ? describeValue(name) : name));
