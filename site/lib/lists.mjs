// What stands on the first pages of the errors and of the API: all there is, each with the first words of its own page.
import { escape } from './escape.mjs';

/**
 * The lists of a page; empty where it is neither of the two.
 * @param page The page.
 * @param navigation What createNavigation has made.
 * @param to Gives a path of the site as the page links to it.
 */
export function renderLists(page, { errors, entries }, to) {
  const row = (target) =>
    `<tr><td><a href="${to(target.path)}"><code>${escape(target.title)}</code></a></td><td>${firstSentence(target.html)}</td></tr>`;
  const table = (head, pages) =>
    `<div class="table" role="region" aria-label="Table" tabindex="0"><table><thead><tr><th>${head}</th><th>what it is</th></tr></thead><tbody>${pages.map(row).join('')}</tbody></table></div>`;
  if (page.path === 'e/index.html') {
    return errors.map(({ title, pages }) => `<h2>${escape(title)}</h2>${table('code', pages)}`).join('\n');
  }
  if (page.path !== 'api/index.html') return '';
  const sections = entries.map(({ page: entry, lists }) => {
    const [callable, types] = [
      lists.filter(({ title }) => title !== 'Types'),
      lists.filter(({ title }) => title === 'Types'),
    ];
    const names = types
      .flatMap(({ pages }) => pages)
      .map((type) => `<a href="${to(type.path)}">${escape(type.title)}</a>`);
    const others = names.length > 0 ? `<p>Types: ${names.join(', ')}</p>` : '';
    return `<h2><a href="${to(entry.path)}"><code>${entry.title}</code></a></h2><p>${firstParagraph(entry.html)}</p>${table(
      'name',
      callable.flatMap(({ pages }) => pages),
    )}${others}`;
  });
  return sections.join('\n');
}

/** The first paragraph of a page, without links. */
const firstParagraph = (html) => (/<p>([^]*?)<\/p>/.exec(html)?.[1] ?? '').replace(/<\/?a\b[^>]*>/g, '');

/** Its first sentence. */
function firstSentence(html) {
  const paragraph = firstParagraph(html);
  return (/^[^]*?[.:](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph).replace(/:$/, '.');
}
