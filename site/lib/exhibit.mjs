// What the front page shows: a request that was changed on the way, as the refusal reader finds it.
import { escape } from './escape.mjs';

/** Lines that say nothing here, such as a session token of a thousand characters. */
const LEFT_OUT = /^(x-amz-|signed headers|payload hash)/;

/**
 * The example as HTML.
 * @param example Its `explanation`, and the `lines` of its canonical request.
 */
export function renderExhibit({ explanation, lines }) {
  const row = (kind, mark, name, value) =>
    `<tr class="${kind}"><td class="mark">${mark}</td><th scope="row">${escape(name)}</th><td><code>${escape(value)}</code></td></tr>`;
  const rows = lines
    .filter(({ name }) => !LEFT_OUT.test(name))
    .flatMap(({ name, signed, seen }) =>
      signed === seen
        ? [row('same', '', name, signed)]
        : [row('lost', '−', name, signed), row('came', '+', name, seen)],
    );
  const { code, cause, advice } = explanation;
  return `<figure class="exhibit"><figcaption>403 Forbidden, as <a href="reader.html">the refusal reader</a> shows it</figcaption>
<table class="lines"><tbody>${rows.join('')}</tbody></table>
<p><a href="e/${code}/index.html"><code>${code}</code></a> ${escape(cause)}</p><p class="quiet">${escape(advice)}</p></figure>`;
}
