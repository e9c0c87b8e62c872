// Reads and writes the comments of declarations.

/** The lines of a node's own comment, without the marks. */
export function rawComment(node) {
  const text = node.jsDoc?.at(-1)?.getText() ?? '';
  const lines = text.replace(/^\/\*\*|\*\/$/g, '').split('\n');
  return trimEnds(
    lines.map((line) => line.replace(/^\s*\* ?/, '').trimEnd()).map((line, i) => (i ? line : line.trim())),
  );
}

/** Its description, and its tags with all of their lines. */
export function readComment(node) {
  const description = [];
  const tags = [];
  for (const line of rawComment(node)) {
    const [, tag, text] = /^@(\w+) ?(.*)$/.exec(line) ?? [];
    if (tag) tags.push({ tag, text });
    else if (tags.length > 0) tags.at(-1).text += `\n${line}`;
    else description.push(line);
  }
  return { description, tags };
}

export function descriptionOf(node) {
  return readComment(node).description;
}

/** A comment of these lines. */
export function comment(lines) {
  const all = lines.join('\n').split('\n');
  return all.length === 1
    ? `/** ${all[0]} */`
    : ['/**', ...all.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n');
}

const trimEnds = (lines) => lines.slice(lines[0] === '' ? 1 : 0, lines.at(-1) === '' ? -1 : undefined);
