// Texts that are nearly right: a valid one, changed in a few places. Positions are fractions of the text's length, so that
// fast-check can make a failing example smaller whatever text it began with.
import fc from 'fast-check';

/** What the readers look for, and what has misled readers before. */
const TOKENS = [
  ...['\r\n', '\n', '\r\n\r\n', '\0', '\u2028', '\ufeff', ' ', '\t', '"', "'", '\\', '\\u0000', '\ud800', 'é'],
  ...['/', '//', '/../', '/%2e%2e/', '%2F', '%', '%zz', '%FF', '?', '#', '&', '=', ';', ',', ':', '@', '*', '+'],
  ...['{', '}', '[', ']', '{}', '[]', 'null', 'true', '1e999', '-0', '__proto__', 'constructor', 'toString', '$ref'],
  ...[
    'AWS4-HMAC-SHA256 Credential=',
    'SignedHeaders=',
    'Signature=',
    'X-Amz-Date',
    'X-Amz-Signature',
    'X-Amz-Security-Token',
  ],
  ...[
    'x-amz-content-sha256: UNSIGNED-PAYLOAD',
    'Host: evil.example',
    'Transfer-Encoding: chunked',
    ':authority: evil.example',
  ],
  ...['GET ', 'POST ', 'http://evil.example/', '> ', '< ', '* ', "$'", '--data-raw ', '<Error><Code>', '</Code>'],
  ...['The Canonical String for this request should have been', "\n'", 'Access to fetch at', 'CORS'],
];

const position = fc.double({ min: 0, max: 1, noNaN: true });
const inserted = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TOKENS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
);
const change = fc.oneof(
  fc.record({ kind: fc.constant('insert'), at: position, text: inserted }),
  fc.record({ kind: fc.constant('remove'), at: position, to: position }),
  fc.record({ kind: fc.constant('repeat'), at: position, to: position, times: fc.integer({ min: 2, max: 5 }) }),
  fc.record({ kind: fc.constant('move'), at: position, to: position, target: position }),
  fc.record({ kind: fc.constant('flipCase'), at: position, to: position }),
);

const CHANGES = {
  insert: (text, { at, text: added }) => text.slice(0, at) + added + text.slice(at),
  remove: (text, { at, to }) => text.slice(0, at) + text.slice(to),
  repeat: (text, { at, to, times }) => text.slice(0, at) + text.slice(at, to).repeat(times) + text.slice(to),
  move: (text, { at, to, target }) => {
    const [moved, rest] = [text.slice(at, to), text.slice(0, at) + text.slice(to)];
    return rest.slice(0, target) + moved + rest.slice(target);
  },
  flipCase: (text, { at, to }) => {
    const part = text.slice(at, to);
    return text.slice(0, at) + (part === part.toUpperCase() ? part.toLowerCase() : part.toUpperCase()) + text.slice(to);
  },
};

function apply(text, { kind, at, to = at, target = 0, ...rest }) {
  const [start, end] = [Math.min(at, to), Math.max(at, to)].map((fraction) => Math.floor(fraction * text.length));
  return CHANGES[kind](text, { ...rest, at: start, to: end, target: Math.floor(target * text.length) }).slice(
    0,
    20_000,
  );
}

/**
 * Texts near to those of a corpus.
 * @param corpus Valid texts.
 */
export const nearly = (corpus) =>
  fc
    .tuple(fc.constantFrom(...corpus), fc.array(change, { maxLength: 6 }))
    .map(([text, changes]) => changes.reduce(apply, text));
