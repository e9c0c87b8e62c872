/** The text of a page. Each step takes a time that grows with the page's length alone, since the page may be hostile. */

/**
 * The text of a page, a space in place of each tag, style and script.
 * @param html HTML or XML. What is not closed is text.
 */
export function textOfHtml(html: string): string {
  return withoutTags(withoutBlocks(html));
}

/** Takes out styles and scripts, where they close. An end that is missing is looked for only once. */
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
