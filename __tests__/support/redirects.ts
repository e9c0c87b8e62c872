/** A client whose signature is to be looked for behind redirects, and how to. */
import { createSignedFetch } from '../../src/signedFetch/index';
import { answer, ANY_KEYS } from './signedFetchHarness';
import type { Seen } from './signedFetchHarness';

const TOKEN = 'the-session-token';
const QUICK = { baseDelay: 1, attempts: 3 };
export const keys = { ...ANY_KEYS, sessionToken: TOKEN };
export const signedFetch = createSignedFetch({ credentials: keys, retry: QUICK, signBody: true });
export const moved = (location: string, status = 302) => answer(status, { location });
export const text = ({ body }: Seen): string => Buffer.from(body).toString();
/** All that came, as one text to search. */
export const everything = ({ method, path, headers, body }: Seen): string =>
  JSON.stringify([method, path, [...headers], Buffer.from(body).toString('latin1')]);
export const SIGNATURE = /the-session-token|x-amz-|authorization|AKIDEXAMPLE|Signature=/i;
