// What each page can do: switch the theme, open the menu, copy code, search.
import { setUpSearch } from './search.mjs';

const root = document.documentElement;

function setUpTheme(button) {
  const isDark = () =>
    (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const label = () => (button.textContent = isDark() ? 'Light' : 'Dark');
  button.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try {
      localStorage.setItem('theme', root.dataset.theme);
    } catch {
      // It holds for this page.
    }
    label();
  });
  button.hidden = false;
  label();
}

function setUpMenu(button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const isOpen = document.body.classList.toggle('menu-open');
    button.setAttribute('aria-expanded', String(isOpen));
  });
}

function setUpCopying(block) {
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    className: 'copy',
    textContent: 'Copy',
  });
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.textContent);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  const frame = Object.assign(document.createElement('div'), { className: 'code' });
  block.replaceWith(frame);
  frame.append(block, button);
}

setUpTheme(document.querySelector('.switch-theme'));
setUpMenu(document.querySelector('.open-menu'));
if (navigator.clipboard) for (const block of document.querySelectorAll('main pre.shiki')) setUpCopying(block);
setUpSearch(document.querySelector('.open-search'));

// Not scrollIntoView: the Tab key would then begin there.
const here = document.querySelector('.sidebar [aria-current]');
const sidebar = here?.closest('.sidebar');
if (sidebar && here.offsetTop + here.offsetHeight > sidebar.clientHeight) sidebar.scrollTop = here.offsetTop - 200;
