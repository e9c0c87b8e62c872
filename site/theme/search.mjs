// The search: its index is loaded when it is opened first.
import MiniSearch from 'minisearch';
import { OPTIONS } from '../lib/searchOptions.mjs';

const MOST = 12;
let index;

/** @param opener The button that opens the search; so does the key `/`. */
export function setUpSearch(opener) {
  const dialog = document.createElement('dialog');
  dialog.className = 'search';
  dialog.setAttribute('aria-label', 'Search');
  dialog.innerHTML =
    '<form method="dialog"><label for="search-text">Search</label><input id="search-text" type="search" autocomplete="off" spellcheck="false"><button>Close</button></form><ul></ul><p role="status"></p>';
  document.body.append(dialog);
  const input = dialog.querySelector('input');
  const open = async () => {
    dialog.showModal();
    input.select();
    index ??= load();
    await index;
    show(input.value);
  };
  const show = async (text) =>
    render(
      dialog,
      text.trim() === '' ? [] : (await index).search(text, { prefix: true, fuzzy: 0.15, boost: { title: 4, page: 2 } }),
      text,
    );

  input.addEventListener('input', () => show(input.value));
  dialog.querySelector('form').addEventListener('submit', (event) => followFirst(event, dialog));
  dialog.addEventListener('keydown', (event) => moveFocus(event, dialog));
  opener.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    open();
  });
  opener.hidden = false;
}

/** Loads the index by a script element: the page may not connect to anything. */
function load() {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = `${document.body.dataset.root}assets/search-index.js`;
    script.onload = () => resolve(MiniSearch.loadJSON(globalThis.siteSearchIndex, OPTIONS));
    script.onerror = reject;
    document.head.append(script);
  });
}

function render(dialog, found, text) {
  const items = found.slice(0, MOST).map(({ title, page, path }) => {
    const link = document.createElement('a');
    link.href = document.body.dataset.root + path;
    link.append(title, Object.assign(document.createElement('span'), { textContent: page }));
    const item = document.createElement('li');
    item.append(link);
    return item;
  });
  dialog.querySelector('ul').replaceChildren(...items);
  dialog.querySelector('[role=status]').textContent = text.trim() !== '' && found.length === 0 ? 'Nothing found.' : '';
}

/** Enter in the field opens the first result. */
function followFirst(event, dialog) {
  const first = dialog.querySelector('li a');
  if (document.activeElement?.tagName !== 'INPUT' || !first) return;
  event.preventDefault();
  first.click();
}

function moveFocus(event, dialog) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const stops = [dialog.querySelector('input'), ...dialog.querySelectorAll('li a')];
  stops[Math.min(Math.max(stops.indexOf(document.activeElement) + step, 0), stops.length - 1)].focus();
}
