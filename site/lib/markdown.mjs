// From Markdown to HTML, with headings that can be linked to and code in colours.
import MarkdownIt from 'markdown-it';
import { transformerStyleToClass } from '@shikijs/transformers';
import { createCssVariablesTheme, createHighlighter } from 'shiki';

const LANGUAGES = ['ts', 'tsx', 'js', 'jsx', 'json', 'sh', 'yaml', 'html', 'http', 'css', 'diff'];
const ALIASES = { typescript: 'ts', javascript: 'js', bash: 'sh', shell: 'sh', yml: 'yaml' };

/** Colours are variables of theme/style.css, and stand in no style attribute, which the pages' policy would not allow. */
const theme = createCssVariablesTheme({ name: 'site', variablePrefix: '--code-', fontStyle: false });
const toClass = transformerStyleToClass({ classPrefix: 'c-' });

/** The style sheet of all code that was rendered. */
export const codeStyles = () => toClass.getCSS();

/**
 * Makes a renderer.
 * @returns A function that takes Markdown and `resolve(href)`, which gives a link as it stands on the page, and gives `title`,
 *   `headings`, `ids`, `html` and `text`.
 */
export async function createRenderer() {
  const highlighter = await createHighlighter({ themes: [theme], langs: LANGUAGES });

  const highlight = (code, info) => {
    const name = info.split(/\s/)[0];
    const lang = ALIASES[name] ?? name;
    const known = LANGUAGES.includes(lang) ? lang : 'text';
    const html = highlighter.codeToHtml(code, { lang: known, theme: 'site', transformers: [toClass] });
    return html.replace(
      'tabindex="0"',
      `tabindex="0" role="region" aria-label="Code${known === 'text' ? '' : `, ${known}`}"`,
    );
  };
  const markdown = new MarkdownIt({ html: true, highlight });
  markdown.renderer.rules.table_open = () =>
    '<div class="table" role="region" aria-label="Table" tabindex="0"><table>\n';
  markdown.renderer.rules.table_close = () => '</table></div>\n';

  return (source, resolve) => {
    const { data, body } = readFrontMatter(source);
    const tokens = markdown.parse(body, {});
    const ids = new Set([...body.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id));
    const headings = readHeadings(tokens, ids);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'link_open') token.attrSet('href', resolve(token.attrGet('href')));
    }
    const html = markdown.renderer.render(tokens, markdown.options, {});
    return { data, headings, ids, title: data.title ?? headings[0]?.text ?? '', html, text: body };
  };
}

/** The lines between `---` at the start of a document, each `name: value`. */
function readFrontMatter(source) {
  const [whole, lines] = /^---\n([^]*?)\n---\n/.exec(source) ?? ['', ''];
  const pairs = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return { data: Object.fromEntries(pairs), body: source.slice(whole.length) };
}

/** Gives each heading an id, as GitHub makes them, and a link to itself. */
function readHeadings(tokens, ids) {
  const headings = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'heading_open') continue;
    const inline = tokens[index + 1];
    const text = inline.children.map(({ content }) => content).join('');
    const start = slug(text);
    let id = start;
    for (let number = 1; ids.has(id); number++) id = `${start}-${number}`;
    ids.add(id);
    token.attrSet('id', id);
    const level = Number(token.tag.slice(1));
    headings.push({ level, id, text, line: token.map[0] });
  }
  return headings;
}

const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
