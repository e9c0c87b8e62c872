/** Reads the text of a page. Each step takes linear time, since the page may come from an attacker. */

/**
 * The text of a page, a space in place of each tag, style and script.
 * @param html HTML or XML. A tag that is not closed counts as text.
 */
export function textOfHtml(html: string): string {
  return withoutTags(withoutBlocks(html));
}

/** Removes styles and scripts that are closed. A missing end is looked for only once. */
function withoutBlocks(html: string): string {
  const opening = /<(style|script)\b/gi;
  const unclosed = new Set<string>();
  let text = '';
  let end = 0;
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    const name = found[1]!.toLowerCase();
    if (unclosed.has(name)) continue;
    const closing = name === 'style' ? /<\/style>/gi : /<\/script>/gi;
    closing.lastIndex = opening.lastIndex;
    if (!closing.test(html)) {
      unclosed.add(name);
      continue;
    }
    text += `${html.slice(end, found.index)} `;
    end = closing.lastIndex;
    opening.lastIndex = end;
  }
  return text + html.slice(end);
}

/** Puts a space in place of each tag. A tag ends before the next begins. */
function withoutTags(html: string): string {
  const [text = '', ...rest] = html.split('<');
  const pieces = rest.map((piece) => {
    const end = piece.indexOf('>');
    return end < 0 ? `<${piece}` : ` ${piece.slice(end + 1)}`;
  });
  return text + pieces.join('');
}
