import fc from 'fast-check';
import type { RequestToSign } from '../../src/sigv4';

const oneOf = (characters: string) => fc.constantFrom(...Array.from(characters));

/** Text with what encoders get wrong: reserved characters, `%`, spaces, and all of Unicode. */
const awkward = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: oneOf('abz09-._~!\'()*;:@&=+$,/?#[]%{}|^`\\" <>é€💡'), maxLength }),
    fc.string({ unit: 'grapheme', maxLength }),
    fc.string({ unit: 'binary', maxLength }),
  );

/** No empty key, which aws4 drops, nor `__proto__`, on which both rivals stumble. */
const isFairKey = (key: string) => key !== '' && key !== '__proto__';
const queryKey = awkward(6).filter(isFairKey);

const path = fc
  .array(awkward(8), { maxLength: 4 })
  .map((segments) => segments.map((text) => '/' + text).join(''))
  .filter((text) => {
    const { pathname, searchParams } = new URL('http://h/stage' + text.replaceAll('#', '%23'));
    // A path that leads above the endpoint's, with `..`, is refused.
    return [...searchParams.keys()].every(isFairKey) && `${pathname}/`.startsWith('/stage/');
  });

const queryValue = fc.oneof(awkward(12), fc.integer(), fc.boolean(), fc.constant(null), fc.constant(undefined));
const queryParams = fc.dictionary(queryKey, fc.oneof(queryValue, fc.array(queryValue, { maxLength: 3 })), {
  maxKeys: 4,
  noNullPrototype: true,
});

const headerName = fc.oneof(
  fc.constantFrom('Accept', 'content-type', 'Range', 'If-Match', 'X-Amz-Target', 'from', 'User-Agent', 'x-a', 'X-A'),
  fc.string({ unit: oneOf("aZ09!#$%&'*+-.^_`|~"), minLength: 1, maxLength: 8 }).map((token) => 'x-' + token),
);
/** Latin-1, as HTTP has it; without the no-break space, of which aws4 makes a space. */
const latin1 = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
const headerValue = fc.string({
  unit: fc.constantFrom(' ', '\t', ...latin1.filter((char) => /[\x20-\x7e\xa1-\xff]/.test(char))),
  maxLength: 12,
});
const headers = fc.array(fc.tuple(headerName, headerValue), { maxLength: 4 });

const body = fc.oneof(
  fc.constant(undefined),
  awkward(300),
  fc.jsonValue({ maxDepth: 3 }).filter((value) => value !== null),
  fc.uint8Array({ maxLength: 300 }),
  fc
    .tuple(fc.uint8Array({ maxLength: 100 }), fc.nat(50))
    .map(([bytes, start]) => bytes.subarray(Math.min(start, bytes.length))),
  fc.array(fc.tuple(awkward(6), awkward(6)), { maxLength: 3 }).map((pairs) => new URLSearchParams(pairs)),
);

/** Any date between 1970 and 9999, to the millisecond. */
const date = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

/** Requests that `fetch` can send. */
export const anyRequest: fc.Arbitrary<RequestToSign & { headers: [string, string][] }> = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'get', 'patch'),
  path,
  queryParams,
  headers,
  body,
  date,
});

/** The bytes that a body stands for. */
export function bytesOf({ method = 'GET', body }: RequestToSign): Uint8Array {
  if (/^(get|head)$/i.test(method) || body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (body instanceof URLSearchParams) return new TextEncoder().encode(body.toString());
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));
}
