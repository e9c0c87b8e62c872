/** Reads an API's export: its operations, their parameters, and where the API is. OpenAPI 3.0 and 3.1, and Swagger 2.0. */
import { isObject } from '../util/index.js';
import { methodName, VERBS } from './methodName.js';
import type { Verb } from './methodName.js';
import { namesIn } from './pathTemplate.js';
import { readBaseUrl } from './baseUrl.js';
import { follow, objectAt, wrongAt } from './reference.js';
import type { Place } from './reference.js';

/** Where the value of a parameter goes. Cookies, forms and bodies are no parameters of the generated SDK. */
type ParameterIn = 'path' | 'query' | 'header';

/** A parameter of an operation. */
export interface Parameter {
  readonly name: string;
  readonly in: ParameterIn;
  readonly required: boolean;
}

/** An operation: a method of a path. */
export interface Operation {
  /** Its name in the generated SDK. */
  readonly name: string;
  readonly verb: Verb;
  readonly path: string;
  readonly parameters: readonly Parameter[];
}

/** What is read of an export. */
export interface Api {
  /** Where the API is, without a slash at its end; `undefined` where the document does not say. */
  readonly url: string | undefined;
  readonly operations: readonly Operation[];
}

/**
 * Reads an API's export.
 * @param source The document: an object.
 * @throws SigV4ClientError `InvalidOption`, which names the place in the document by its JSON pointer
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-export-api.html
 */
export function readDocument(source: unknown): Api {
  const document = objectAt(source, []);
  const isSwagger = document.swagger !== undefined;
  const version = isSwagger ? document.swagger : document.openapi;
  if (isSwagger ? version !== '2.0' : typeof version !== 'string' || !/^3\.[01](\.|$)/.test(version)) {
    throw wrongAt([isSwagger ? 'swagger' : 'openapi'], isSwagger ? '"2.0"' : '3.0 or 3.1, or swagger 2.0', version);
  }
  const paths = objectAt(document.paths, ['paths']);
  const operations = Object.entries(paths)
    .filter(([path]) => !path.startsWith('x-'))
    .flatMap(([path, item]) => readPath(document, path, item));
  return { url: readBaseUrl(document), operations };
}

function readPath(document: Record<string, unknown>, path: string, item: unknown): Operation[] {
  const start = ['paths', path];
  if (!path.startsWith('/')) throw wrongAt(start, 'a path that begins with /', path);
  const { value: methods, place } = follow(document, item, start);
  const shared = readParameters(document, methods.parameters, [...place, 'parameters']);
  return VERBS.flatMap((verb) => {
    const key = methods[verb] === undefined ? 'x-amazon-apigateway-any-method' : verb;
    // An ANY method answers OPTIONS as well, but where CORS is on, that is declared beside it.
    if (methods[key] === undefined) return [];
    const operation = objectAt(methods[key], [...place, key]);
    const own = readParameters(document, operation.parameters, [...place, key, 'parameters']);
    const named = namesIn(path).map((name) => ({ name, in: 'path', required: true }) as const);
    // An operation's own parameter goes before that of its path.
    const all = new Map([...named, ...shared, ...own].map((one) => [`${one.in} ${one.name}`, one]));
    return [{ name: methodName(path, verb), verb, path, parameters: [...all.values()] }];
  });
}

function readParameters(document: Record<string, unknown>, list: unknown, place: Place): Parameter[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw wrongAt(place, 'an array', list);
  return list.flatMap((entry: unknown, index) => {
    const { value, place: at } = follow(document, entry, [...place, String(index)]);
    const { name, in: where, required } = value;
    if (typeof name !== 'string' || name === '') throw wrongAt([...at, 'name'], 'the name of a parameter', name);
    if (typeof where !== 'string') throw wrongAt([...at, 'in'], 'path, query, header …', where);
    const isKept = where === 'path' || where === 'query' || where === 'header';
    return isKept ? [{ name, in: where, required: where === 'path' || required === true }] : [];
  });
}

/** Whether a value is the document itself, and no text or address of one. */
export const isDocument = (source: unknown): source is object => isObject(source) && !(source instanceof URL);
