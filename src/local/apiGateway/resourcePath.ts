/** The path of a request as policies have it. */

/**
 * The ways in which the API behind the gateway may read a path: with its escapes decoded, with the `.`, `..`, `//` and `\` that
 * come out of them resolved, with a slash at the end or without, which most routers do not tell apart, and as `URL` reads what was
 * decoded. A policy has to allow every one of them, and denies with any, so that another spelling is no way around it.
 *
 * @param path What was verified, without the stage; begins with `/`.
 * @returns The readings, none twice; the first is the one that a refusal names.
 */
export function pathReadings(path: string): [string, ...string[]] {
  const decoded = decodeEscapes(path);
  const resolved = resolveDots(decoded);
  const parsed = resolveDots(asUrlReads(decoded));
  const others = [resolved, withoutEndSlash(decoded), decoded, withoutEndSlash(parsed), parsed];
  const first = withoutEndSlash(resolved);
  return [first, ...new Set(others.filter((other) => other !== first))];
}

/** A path as `URL` reads it: without white space at its end, tabs and line ends, and without what follows a `?` or `#`. */
function asUrlReads(decoded: string): string {
  let end = decoded.length;
  while (decoded.charCodeAt(end - 1) <= SPACE) end--;
  const kept = decoded.slice(0, end).replace(/[\t\n\r]/g, '');
  const mark = kept.search(/[?#]/);
  return mark < 0 ? kept : kept.slice(0, mark);
}

/** The last of the characters that `URL` drops at the end: the controls and the space. */
const SPACE = 0x20;

/** The bytes of one character in UTF-8, percent-encoded. */
const CHARACTER =
  /%(?:[0-7][\da-f]|[cd][\da-f]%[89ab][\da-f]|e[\da-f](?:%[89ab][\da-f]){2}|f[0-7](?:%[89ab][\da-f]){3})/gi;

/** Decodes character by character. An escape that is no character, such as `%FF` or `%zz`, stays, and the rest is decoded all the same. */
function decodeEscapes(path: string): string {
  return path.replace(CHARACTER, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes; // of the right form, but no character: an overlong one, or half of a pair
    }
  });
}

function resolveDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split(/[/\\]/);
  for (const segment of segments) {
    if (/^(?:\.|%2e){2}$/i.test(segment)) kept.pop();
    else if (segment !== '' && !/^(?:\.|%2e)$/i.test(segment)) kept.push(segment);
  }
  const isFolder = kept.length > 0 && /^(?:\.|%2e){0,2}$/i.test(segments.at(-1)!);
  return `/${kept.join('/')}${isFolder ? '/' : ''}`;
}

const withoutEndSlash = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);
