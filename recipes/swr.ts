import type { Apig } from 'sigv4-client/apig';

/** For `<SWRConfig value={{ fetcher: fetcher(apig) }}>`, and then `useSWR<Note[]>('/notes')`. */
export const fetcher =
  (apig: Apig) =>
  <T>(path: string): Promise<T> =>
    apig.invokeApig<T>({ path });
