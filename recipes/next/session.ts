// lib/session.ts
import { cookies } from 'next/headers';
import { createApig } from 'sigv4-client/apig';
import config from './config';

/** The user whose request it is: one instance for each request, whose session is in cookies that no script of a page can read. */
export async function apigOfRequest() {
  const jar = await cookies();
  const options = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' } as const;
  return createApig(config, {
    storage: {
      getItem: (name) => jar.get(encodeURIComponent(name))?.value ?? null,
      // A server component cannot set cookies: what it renews, such as a token, lasts as long as its request.
      setItem: (name, value) => void jar.set(encodeURIComponent(name), value, options),
      removeItem: (name) => void jar.delete(encodeURIComponent(name)),
    },
  });
}
