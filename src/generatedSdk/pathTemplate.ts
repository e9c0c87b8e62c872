/** Fills in path templates: `/notes/{id}`, and `{proxy+}` for several segments at once. */
import { encodeRfc3986 } from '../sigv4/index.js';
import { invalidOption } from '../util/index.js';

/** The names in braces, without the `+` of API Gateway's `{proxy+}` or that of RFC 6570's `{+proxy}`. */
export const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{([^{}]*)\}/g)].map(([, inner = '']) => inner.replace(/^\+|\+$/g, ''));

/**
 * Fills in a template. Values are encoded, so that none can add a segment or a query; with `+`, slashes stay.
 * @param template The path, such as `/notes/{id}`.
 * @param valueOf Gets the value of a name.
 * @throws SigV4Error `InvalidOption` for a value that is missing, empty or a dot segment, each of which would name another path
 * @see RFC 6570, 3.2.2 and 3.2.3
 */
export function fillTemplate(template: string, valueOf: (name: string) => unknown): string {
  return template.replace(/\{([^{}]*)\}/g, (_, inner: string) => {
    const [name = ''] = namesIn(`{${inner}}`);
    if (!/^[\w.$-]+$/.test(name)) throw invalidOption('pathTemplate', 'names in braces, such as {id}', template);
    const value = textOf(valueOf(name), `params.${name}`);
    const segments = inner === name ? [value] : value.split('/');
    if (value === '' || segments.some((segment) => segment === '.' || segment === '..')) {
      throw invalidOption(`params.${name}`, 'a value that names something', value);
    }
    return segments.map(encodeRfc3986).join('/');
  });
}

type Scalar = string | number | boolean | bigint | null;

/**
 * The text of a parameter.
 * @param value Text, a number, a boolean, `null`, or an array of them, which the generated SDK joins by commas.
 * @throws SigV4Error `InvalidOption` for anything else
 */
export function textOf(value: unknown, option: string): string {
  if (value === undefined) throw invalidOption(option, 'a value (it must be defined)', value);
  const isScalar = (one: unknown): one is Scalar =>
    one === null || ['string', 'number', 'boolean', 'bigint'].includes(typeof one);
  if (Array.isArray(value) && value.every(isScalar)) return value.join(',');
  if (isScalar(value)) return String(value);
  throw invalidOption(option, 'text, a number, a boolean or an array of them', value);
}
