/** Changes to one part of a signed request on the wire; undefined where it has no such part. */
import type { Wire } from './otherSigners';
import { headerOf } from './sigV4Harness';

export type Change = (wire: Wire) => Wire | undefined;

export const setHeader = (
  wire: Wire,
  name: string,
  change: (value: string) => string | undefined,
): Wire | undefined => {
  if (headerOf(wire, name) === undefined) return undefined;
  const headers = wire.headers.flatMap(([key, value]): [string, string][] => {
    if (key.toLowerCase() !== name) return [[key, value]];
    const changed = change(value);
    return changed === undefined ? [] : [[key, changed]];
  });
  return { ...wire, headers };
};
/** Changes a part of the signature wherever it stands: `Credential`, `SignedHeaders`, `Signature`. */
export const setPart = (wire: Wire, part: string, change: (value: string) => string): Wire => {
  const inHeader = setHeader(wire, 'authorization', (value) =>
    value.replace(new RegExp(`(${part}=)([^,]*)`), (_, name: string, old: string) => name + change(old)),
  );
  return inHeader ?? setParameter(wire, `X-Amz-${part}`, change)!;
};
export const setParameter = (wire: Wire, name: string, change: (value: string) => string): Wire | undefined => {
  const pattern = new RegExp(`([?&]${name}=)([^&]*)`);
  if (!pattern.test(wire.target)) return undefined;
  const replaced = wire.target.replace(
    pattern,
    (_, start: string, old: string) => start + encodeURIComponent(change(decodeURIComponent(old))),
  );
  return { ...wire, target: replaced };
};
export const setScope =
  (index: number, value: string): Change =>
  (wire) =>
    setPart(wire, 'Credential', (old) =>
      old
        .split('/')
        .map((part, at) => (at === index ? value : part))
        .join('/'),
    );
export const signedHeadersOf = (wire: Wire): string[] => {
  let names: string[] = [];
  setPart(wire, 'SignedHeaders', (value) => {
    names = value.split(';');
    return value;
  });
  return names;
};
export const dateOf = (wire: Wire): Date => {
  const text = headerOf(wire, 'x-amz-date') ?? /X-Amz-Date=(\w+)/.exec(wire.target)![1]!;
  return new Date(text.replace(/^(.{4})(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
};
/** A second off, on the same day. */
export const nudge = (text: string): string =>
  text.endsWith('59Z')
    ? text.replace('59Z', '58Z')
    : text.replace(/(\d)Z$/, (_, d: string) => `${(Number(d) + 1) % 10}Z`);
export const flip = (text: string, at: number): string =>
  text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);

/** A path with one more parameter in its query. */
export const withParameter = (path: string, parameter: string): string =>
  path + (path.includes('?') ? '&' : '?') + parameter;
