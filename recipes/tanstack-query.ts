import { queryOptions } from '@tanstack/react-query';
import type { Apig } from 'sigv4-client/apig';

/** For `useQuery(notes(apig))`: TanStack's signal ends the call, and `apig`'s own retries are enough. */
export const notes = (apig: Apig) =>
  queryOptions({
    queryKey: ['notes'],
    queryFn: ({ signal }) => apig.invokeApig<{ content: string }[]>({ path: '/notes', signal }),
    retry: false,
  });
