/** The little that both tools need to make parts of a page. */

/** What stands in an element: text, or other elements. */
type Content = Node | string;

/**
 * Makes an element.
 * @param tag Its name.
 * @param attributes Its attributes; `class` and the like by their HTML names.
 * @param content What stands in it.
 */
export function make(tag: string, attributes: Record<string, string> = {}, ...content: Content[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...content);
  return element;
}

/** The element of an id, which the page has. */
export function find(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no ${id}`);
  return element;
}

/** A link from this page to another one of the site. */
export const link = (path: string, text: string): HTMLElement =>
  make('a', { href: `${document.body.dataset.root ?? ''}${path}` }, text);

/**
 * A button that copies a text.
 * @param label What it says.
 * @param text Gives the text when it is pressed.
 */
export function copyButton(label: string, text: () => string): HTMLElement {
  const button = make('button', { type: 'button' }, label);
  const say = (said: string): void => {
    button.textContent = said;
    setTimeout(() => (button.textContent = label), 1500);
  };
  button.addEventListener('click', () => {
    navigator.clipboard.writeText(text()).then(
      () => {
        say('Copied');
      },
      () => {
        say('Could not be copied');
      },
    );
  });
  return button;
}

/** Calls a function shortly after the last of several calls. */
export function afterTyping(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, 120);
  };
}
