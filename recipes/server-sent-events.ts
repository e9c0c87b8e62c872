import type { Apig } from 'sigv4-client/apig';

/** Shows an answer word by word. The signal ends it; the timeout counts until it begins. */
export async function ask(apig: Apig, show: (text: string) => void, signal?: AbortSignal): Promise<void> {
  const events = await apig.invokeApig({ path: '/answers', responseType: 'events', timeout: 10_000, signal });
  for await (const { event, data } of events) {
    if (event === 'done') break;
    show(data);
  }
}
