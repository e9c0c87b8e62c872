import { parseUrl } from '../../src/util';

test.each(['https://example.com/a?b#c', 'wss://example.com', 'mailto:user@example.com'])('%s is a URL', (text) => {
  expect(parseUrl(text)?.href).toBe(new URL(text).href);
});

test.each(['', '/notes', 'example.com', 'https://', 'https://a b/'])('%p is none', (text) => {
  expect(parseUrl(text)).toBeUndefined();
});
