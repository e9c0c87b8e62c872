/** Reads an API's export: its operations, their parameters, and where the API is. OpenAPI 3.0 and 3.1, and Swagger 2.0. */
import { isObject } from '../util/index.js';
import { methodName, VERBS } from './methodName.js';
import type { Verb } from './methodName.js';
import { namesIn } from './pathTemplate.js';
import { readBaseUrl } from './baseUrl.js';
import { createFollow, objectAt, wrongAt } from './reference.js';
import type { Follow, Place } from './reference.js';

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
  /** Joins its parameters, once it is called: paths that share a long list would otherwise hold it once each. */
  readonly parameters: () => readonly Parameter[];
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
  const reader = createParameterReader(createFollow(document));
  const operations = Object.entries(paths)
    .filter(([path]) => !path.startsWith('x-'))
    .flatMap(([path, item]) => readPath(path, item, reader));
  return { url: readBaseUrl(document), operations };
}

function readPath(path: string, item: unknown, { follow, parametersAt }: ParameterReader): Operation[] {
  const start = ['paths', path];
  if (!path.startsWith('/')) throw wrongAt(start, 'a path that begins with /', path);
  const { value: methods, place } = follow(item, start);
  const shared = parametersAt(methods.parameters, [...place, 'parameters']);
  return VERBS.flatMap((verb) => {
    const key = methods[verb] === undefined ? 'x-amazon-apigateway-any-method' : verb;
    // An ANY method answers OPTIONS as well, but where CORS is on, that is declared beside it.
    if (methods[key] === undefined) return [];
    const operation = objectAt(methods[key], [...place, key]);
    const own = parametersAt(operation.parameters, [...place, key, 'parameters']);
    const parameters = (): readonly Parameter[] => {
      const named = namesIn(path).map((name) => ({ name, in: 'path', required: true }) as const);
      // An operation's own parameter goes before that of its path.
      return [...new Map([...named, ...shared, ...own].map((one) => [`${one.in} ${one.name}`, one])).values()];
    };
    return [{ name: methodName(path, verb), verb, path, parameters }];
  });
}

/** Reads lists of parameters, each once. */
interface ParameterReader {
  readonly follow: Follow;
  readonly parametersAt: (list: unknown, place: Place) => readonly Parameter[];
}

function createParameterReader(follow: Follow): ParameterReader {
  const known = new Map<unknown, readonly Parameter[]>();

  function readParameter(entry: unknown, place: Place): Parameter[] {
    const { value, place: at } = follow(entry, place);
    const { name, in: where, required } = value;
    if (typeof name !== 'string' || name === '') throw wrongAt([...at, 'name'], 'the name of a parameter', name);
    if (typeof where !== 'string') throw wrongAt([...at, 'in'], 'path, query, header …', where);
    const isKept = where === 'path' || where === 'query' || where === 'header';
    return isKept ? [{ name, in: where, required: where === 'path' || required === true }] : [];
  }

  function parametersAt(list: unknown, place: Place): readonly Parameter[] {
    if (list === undefined) return [];
    if (!Array.isArray(list)) throw wrongAt(place, 'an array', list);
    const parameters =
      known.get(list) ?? list.flatMap((entry: unknown, index) => readParameter(entry, [...place, String(index)]));
    known.set(list, parameters);
    return parameters;
  }
  return { follow, parametersAt };
}

/** Whether a value is the document itself, and no text or address of one. */
export const isDocument = (source: unknown): source is object => isObject(source) && !(source instanceof URL);
