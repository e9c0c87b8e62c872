/** Which route a message takes. */
import { isObject } from '../../util/index.js';
import { LocalAwsError, optionError, withPart } from '../options/index.js';
import { readSource } from '../lambda/index.js';
import type { FunctionSource, LambdaFunction } from '../lambda/index.js';

/** A route's function, or `FILE` or `FILE#EXPORT`, where the export is `handler` by default. */
export type RouteFunction = LambdaFunction | string;

/** A route with further options beside its function. */
export interface RouteOptions {
  /** The function that gets the route's messages. */
  readonly lambda: RouteFunction;
  /**
   * Whether the `body` of what the function gives goes back to the client, as where AWS's route has a route response. Default
   * false: then a function answers by `@connections`.
   */
  readonly routeResponse?: boolean | undefined;
}

/** The routes by their keys. */
export type Routes = Readonly<Record<string, RouteFunction | RouteOptions>>;

/** A route that was checked. */
export interface Route {
  readonly source: FunctionSource;
  readonly routeResponse: boolean;
}

const PREDEFINED = ['$connect', '$disconnect', '$default'];

/** The routes where none are given: each message is answered with itself. */
const ECHO: Routes = {
  $default: {
    lambda: (event: { body: string }) => Promise.resolve({ statusCode: 200, body: event.body }),
    routeResponse: true,
  },
};

/**
 * Checks the routes.
 * @param routes By their keys; without any, each message is answered with itself.
 * @throws LocalAwsError `InvalidOption`
 */
export function readRouteTable(routes: Routes = ECHO): ReadonlyMap<string, Route> {
  if (!isObject(routes)) throw optionError('routes', 'functions by route key', routes);
  const table = new Map<string, Route>();
  for (const [key, given] of Object.entries(routes) as [string, unknown][]) {
    const option = `routes[${JSON.stringify(key)}]`;
    if (key === '' || (key.startsWith('$') && !PREDEFINED.includes(key))) {
      throw new LocalAwsError('InvalidOption', `${option}: expected a name, or one of ${PREDEFINED.join(', ')}`);
    }
    table.set(key, readRoute(option, given));
  }
  return table;
}

function readRoute(option: string, given: unknown): Route {
  const {
    lambda,
    routeResponse = false,
    ...others
  }: Record<string, unknown> = isObject(given) ? given : { lambda: given };
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw optionError(`${option}.${unknown}`, 'only lambda and routeResponse', others[unknown]);
  const source = readFunction(option, lambda);
  if (!source) throw optionError(option, 'a function, or FILE#EXPORT', lambda);
  if (typeof routeResponse !== 'boolean') throw optionError(`${option}.routeResponse`, 'true or false', routeResponse);
  return { source, routeResponse };
}

/** The error about a file has the route's name in it, since there may be many. */
function readFunction(option: string, lambda: unknown): FunctionSource | undefined {
  try {
    return readSource(lambda);
  } catch (error) {
    throw withPart(error, option, []);
  }
}

/** Finds the key that a message names; `undefined` where it names none. */
export type SelectRoute = (message: string) => string | undefined;

/**
 * Reads a route selection expression: the path of a member of the message's JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
 * @param expression `$request.body.action`, or in braces, `${request.body.action}`.
 * @throws LocalAwsError `InvalidOption`
 */
export function readSelection(expression = '$request.body.action'): SelectRoute {
  const [, braced, plain] = /^(?:\$\{request\.body\.([\w.-]+)\}|\$request\.body\.([\w.-]+))$/.exec(expression) ?? [];
  const path = braced ?? plain;
  if (path === undefined) throw optionError('routeSelectionExpression', '$request.body. and a name', expression);
  const names = path.split('.');
  return (message) => {
    let value: unknown;
    try {
      value = JSON.parse(message);
    } catch {
      return undefined; // no JSON: API Gateway sends it down $default
    }
    for (const name of names) value = isObject(value) ? value[name] : undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
}

/**
 * The route of a message. A client cannot choose `$connect` and `$disconnect` by naming them.
 * @param table The routes.
 * @param key What the message names.
 * @returns The route and its key; `undefined` where there is none, not even `$default`.
 */
export function findRoute(table: ReadonlyMap<string, Route>, key = '$default') {
  const named = PREDEFINED.includes(key) ? undefined : table.get(key);
  const route = named ?? table.get('$default');
  return route && { route, routeKey: named ? key : '$default' };
}
