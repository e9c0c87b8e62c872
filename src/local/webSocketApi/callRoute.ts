/** Calls the function of a route. */
import type { ApiContext } from '../apiGateway/index.js';
import { callFunction } from '../lambda/index.js';
import type { Clock } from '../options/index.js';
import type { Route } from './routes.js';

/** Calls a route's function with its event. Gives its result; where it failed, `undefined`, and calls `onError`. */
export type CallRoute = (route: Route, event: unknown, requestId: string) => Promise<{ value: unknown } | undefined>;

/** The parts of the API that {@link createCallRoute} needs. */
interface CallRouteOptions {
  readonly api: Pick<ApiContext, 'region' | 'accountId'>;
  readonly now: Clock;
  /** Milliseconds that a function may take. */
  readonly timeout: number;
  readonly onError: ((error: unknown) => void) | undefined;
}

/** Makes the function that calls the functions of one API's routes. */
export function createCallRoute({ api, now, timeout, onError }: CallRouteOptions): CallRoute {
  const { region, accountId } = api;
  return async ({ source }, event, requestId) => {
    try {
      return { value: await callFunction(source, event, { region, accountId, requestId, start: now(), timeout }) };
    } catch (error) {
      onError?.(error);
      return undefined;
    }
  };
}
