/** Whether the platform has what the signer stands on: with half of it, requests would be signed for another host, or sent otherwise. */
import { SigV4Error } from './errors.js';

let isChecked = false;

/**
 * Refuses a platform whose `URL` or `URLSearchParams` is not that of the standard, as React Native's own are not.
 * @throws SigV4Error `UnsupportedPlatform`
 */
export function checkPlatform(): void {
  if (isChecked) return;
  isChecked = hasStandardUrl(); // once it holds: a polyfill may be loaded after a first try
  if (isChecked) return;
  const expected =
    "those of the URL standard, which React Native's own are not (import 'react-native-url-polyfill/auto', 3 or later, before anything else)";
  throw new SigV4Error(
    'UnsupportedPlatform',
    'URL and URLSearchParams',
    expected,
    (globalThis as { URL?: unknown }).URL,
  );
}

function hasStandardUrl(): boolean {
  try {
    const { href, host, searchParams } = new URL('WSS://a.test:443/b c?q&r=%20');
    const [q, r] = [searchParams.get('q'), searchParams.get('r')];
    const isUrl = href === 'wss://a.test/b%20c?q&r=%20' && host === 'a.test' && q === '' && r === ' ';
    return isUrl && new URLSearchParams({ a: ' é' }).toString() === 'a=+%C3%A9';
  } catch {
    return false;
  }
}
