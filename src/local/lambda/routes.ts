/** Finds the route of a request, and the parameters in its path. */
import { optionError } from '../options/index.js';
import type { LambdaFrontend, TextMap } from './types.js';

/** A route in parts. */
interface Route {
  /** The HTTP method, or `ANY` for all. */
  readonly method: string;
  /** The path, such as `/notes/{id}`, or `$default`. */
  readonly path: string;
  readonly segments: readonly string[];
}

/** The route that a request was found to have. */
export interface MatchedRoute {
  /** `ANY` where the route is for all methods. */
  readonly method: string;
  /** The resource's path, such as `/notes/{id}`, or `$default`. */
  readonly path: string;
  /** The parameters in the path, as sent; `undefined` where the route has none. */
  readonly parameters: TextMap | undefined;
}

const DEFAULT = '$default';
const METHODS = ['ANY', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
/** A literal, `{name}`, or `{name+}`; without nested braces. */
const SEGMENT = /^(?:[^{}/]+|\{[\w.-]+\+?\})$/;

/** The routes of an API where none are stated, which lead everything to the function. */
const ROUTES: Record<LambdaFrontend, readonly string[]> = {
  rest: ['/', '/{proxy+}'],
  http: [DEFAULT],
  functionUrl: [DEFAULT],
};

/**
 * Reads routes.
 * @param routes `/notes/{id}`, for all methods, or with one: `GET /notes/{id}`; `{name+}` at the end takes the rest of a path;
 *   `$default`, in HTTP APIs alone, takes what no other does. Default: all to one function.
 * @param frontend What is in front of the function.
 * @returns Finds the route of a method and a path; `undefined` where there is none.
 * @throws LocalAwsError `InvalidOption`
 */
export function readRoutes(
  routes: readonly string[] | undefined,
  frontend: LambdaFrontend,
): (method: string, path: string) => MatchedRoute | undefined {
  if (routes !== undefined && frontend === 'functionUrl')
    throw optionError('routes', 'none for a function URL', routes);
  const isList = routes === undefined || (Array.isArray(routes) && routes.length > 0);
  if (!isList) throw optionError('routes', "an array such as ['/notes', 'GET /notes/{id}']", routes);
  const all = (routes ?? ROUTES[frontend]).map((route, i) => readRoute(route, i, frontend));
  return (method, path) => {
    const segments = segmentsOf(frontend === 'rest' ? path.replace(/\/$/, '') : path);
    const fitting = all.filter((route) => isFor(route, method) && fits(route, segments));
    const best = fitting.reduce<Route | undefined>((a, b) => (a === undefined || rank(b) < rank(a) ? b : a), undefined);
    return best && { method: best.method, path: best.path, parameters: parametersOf(best, segments) };
  };
}

const segmentsOf = (path: string): string[] => (path === '/' ? [] : path.split('/').slice(1));

function readRoute(route: unknown, i: number, frontend: LambdaFrontend): Route {
  if (route === DEFAULT && frontend !== 'rest') return { method: 'ANY', path: DEFAULT, segments: [] };
  const [first = '', second, ...rest] = typeof route === 'string' ? route.split(' ') : [];
  const [method, path] = second === undefined ? ['ANY', first] : [first, second];
  const segments = segmentsOf(path);
  const isGreedyLast = segments.slice(0, -1).every((segment) => !isGreedy(segment));
  const isGood = path.startsWith('/') && METHODS.includes(method) && rest.length === 0 && isGreedyLast;
  if (isGood && segments.every((segment) => SEGMENT.test(segment))) return { method, path, segments };
  throw optionError(`routes[${i}]`, "a path such as '/notes/{id}' or '/{proxy+}', or 'GET ' and such a path", route);
}

const isParameter = (segment: string): boolean => segment.startsWith('{');
const isGreedy = (segment: string): boolean => segment.endsWith('+}');
const isFor = (route: Route, method: string): boolean => route.method === 'ANY' || route.method === method;

function fits({ path, segments }: Route, sent: readonly string[]): boolean {
  if (path === DEFAULT) return true;
  const last = segments.at(-1);
  const isLong =
    last !== undefined && isGreedy(last) ? sent.length >= segments.length : sent.length === segments.length;
  return isLong && segments.every((segment, i) => (isParameter(segment) ? sent[i] !== '' : segment === sent[i]));
}

/** How well a segment fits: literal text goes before a parameter, and a parameter before `{name+}`. */
function place(segment: string): number {
  if (isGreedy(segment)) return 2;
  return isParameter(segment) ? 1 : 0;
}

/** The rank of a route for a request, by its segments and then by its method; the lowest fits best. */
const rank = ({ method, path, segments }: Route): string =>
  (path === DEFAULT ? '3' : segments.map(place).join('')) + (method === 'ANY' ? '"' : '!');

function parametersOf({ segments }: Route, sent: readonly string[]): TextMap | undefined {
  const pairs = segments.flatMap((segment, i): [string, string][] => {
    if (isGreedy(segment)) return [[segment.slice(1, -2), sent.slice(i).join('/')]];
    return isParameter(segment) ? [[segment.slice(1, -1), sent[i]!]] : [];
  });
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs);
}
