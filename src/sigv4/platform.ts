/** Whether the platform's `URL` works as the signer needs it: with an incomplete one, requests would be signed for another host. */
import { SigV4Error } from './errors.js';

let isChecked = false;

/**
 * Refuses a platform whose `URL` or `URLSearchParams` does not keep to the standard, such as React Native's own.
 * @throws SigV4Error `UnsupportedPlatform`
 */
export function checkPlatform(): void {
  if (isChecked) return;
  isChecked = hasStandardUrl(); // not remembered while it fails: the app may load a polyfill before its next call
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
