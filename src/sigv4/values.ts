/** What a value is, whichever frame or library it comes from, and how an error may show it. */

/**
 * The name of a value's kind, such as `Date` or `Blob`. Unlike `instanceof`, it holds for values of other frames too. React Native's
 * Blob and FormData call themselves `Object`: they are known by their class, or they would be sent as JSON.
 */
export function typeTag(value: unknown): string {
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== 'Object') return tag;
  return ['Blob', 'FormData'].find((name) => isInstance(value, Reflect.get(globalThis, name))) ?? tag;
}

const isInstance = (value: unknown, type: unknown): boolean => typeof type === 'function' && value instanceof type;

export const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null;

/**
 * The time that a value stands for.
 * @param value A Date, of any frame, or milliseconds since 1970.
 * @returns Milliseconds since 1970; NaN for anything else.
 */
export const timeOf = (value: unknown): number =>
  typeof value === 'number' || typeTag(value) === 'Date' ? Number(value) : NaN;

/** Whether a value is text, or turns into text in one obvious way. */
export const isScalar = (value: unknown): value is string | number | boolean | bigint =>
  /string|number|boolean|bigint/.test(typeof value);

/** Options whose text may stand in an error. */
const SHOWN = /^(endpoint|method|region|service(Name)?)$/;

/** Finds what must not be shown even there: a user name, query or fragment; what is as long as a key or a token. */
const HIDDEN = /[@?#]|[\w+=-]{20}|[\w+/]{40}/;

/**
 * Describes what came in place of what was expected, for an error's message. Of text, only the length is told, since any option may
 * have been given a secret by mistake. Options that hold no secrets are the exception: their text is shown unless it looks like one.
 */
export function describeValue(value: unknown, option = ''): string {
  if (typeof value === 'string') {
    return SHOWN.test(option) && !HIDDEN.test(value) ? JSON.stringify(value) : `a string of ${value.length} characters`;
  }
  if (typeof value === 'number' && !/key|token/i.test(option)) return String(value);
  return isMissing(value) ? String(value) : typeTag(value).replace('Promise', 'Promise (await it first)');
}

/** The name of an option for an error, such as `headers['X-Note']`; what looks like a key or a token in it is hidden. */
export const describeName = (option: string): string =>
  option.replace(/[\w+/=]{20,}/g, (name) => (/\d/.test(name) ? describeValue(name) : name));
