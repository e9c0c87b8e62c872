/** The words of a text; of names such as `WrongSecretKey` their parts as well. */
const tokenize = (text) =>
  text
    .split(/[^\p{L}\p{N}_-]+/u)
    .flatMap((word) => (/\p{Ll}\p{Lu}/u.test(word) ? [word, ...word.split(/(?<=\p{Ll})(?=\p{Lu})/u)] : [word]))
    .filter(Boolean);

/** What the search's index is made with, and read with. */
export const OPTIONS = { fields: ['title', 'page', 'text'], storeFields: ['title', 'page', 'path'], tokenize };
