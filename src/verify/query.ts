/** Reads the query of a request target. */
import type { Pair } from '../sigv4/index.js';

/** A parameter: decoded, and as it was sent. */
export interface QueryPart {
  readonly pair: Pair;
  readonly raw: string;
}

/**
 * Reads a query as servers do: `+` is a space, a part without `=` has an empty value.
 * @returns The parameters in their order; `undefined` where one cannot be decoded.
 */
export function readQuery(query: string): QueryPart[] | undefined {
  const decode = (text: string) => (/[%+]/.test(text) ? decodeURIComponent(text.replaceAll('+', ' ')) : text);
  try {
    return query
      .split('&')
      .filter((part) => part !== '')
      .map((raw) => {
        const equals = raw.indexOf('=');
        const [name, value] = equals < 0 ? [raw, ''] : [raw.slice(0, equals), raw.slice(equals + 1)];
        return { raw, pair: [decode(name), decode(value)] };
      });
  } catch {
    return undefined;
  }
}

/** The values of a parameter, in their order. */
export function valuesOf(query: readonly QueryPart[], name: string): string[] {
  return query.flatMap(({ pair }) => (pair[0] === name ? [pair[1]] : []));
}

const SIGNATURE_PARAMETER = /^X-Amz-(?:Algorithm|Credential|Date|Expires|SignedHeaders|Signature|Security-Token)$/;

/** The query without the parameters of the signature, of which the session token is a secret. */
export const withoutSignature = (query: readonly QueryPart[]): QueryPart[] =>
  query.filter(({ pair }) => !SIGNATURE_PARAMETER.test(pair[0]));
