/** The types of calls where the API's document is known to the compiler. Nothing of this is left in JavaScript. */
import type { QueryValue } from '../sigv4/index.js';
import type { JsonBodyOf, JsonOf, OperationIn, ParametersAt, SucceededOf } from '../util/index.js';
import type { ApigRequest, ResponseBodies, ResponseType, UntypedInvokeApig } from './apiRequest.js';
import type { MatchingPath, PathPattern } from './typedPaths.js';

/**
 * Calls the API. With the `paths` that openapi-typescript makes of the API's document as `Paths`, path, method, query, body and result
 * are those of the document.
 */
export type InvokeApig<Paths = unknown> = [keyof Paths] extends [never]
  ? UntypedInvokeApig
  : string extends keyof Paths
    ? UntypedInvokeApig
    : TypedInvokeApig<Paths>;

/**
 * Calls the API by the `paths` that openapi-typescript makes of its document: path, method, query and body are those of an operation, and
 * the result is the JSON that it answers with, `undefined` where that is empty.
 */
export type TypedInvokeApig<Paths> = <
  Path extends PathPattern<keyof Paths>,
  Method extends MethodsAt<Paths, Path> = Extract<MethodsAt<Paths, Path>, 'GET'>,
  Type extends ResponseType = 'json',
>(
  request: TypedRequest<OperationAt<Paths, Path, Method>, Path, MethodsAt<Paths, Path>, Method, Type>,
) => Promise<Type extends keyof ResponseBodies ? ResponseBodies[Type] : AnswerOf<OperationAt<Paths, Path, Method>>>;

/** What the document says of a call, and the options of every call. */
export type TypedRequest<Operation, Path, Methods, Method, Type> = Pick<
  ApigRequest,
  'login' | 'signal' | 'timeout' | 'retry' | 'sign'
> & {
  /** A path of the document, with values in the place of `{names}`. */
  readonly path: Path;
  /** A method that the path has. Default `GET`, where it has one. */
  readonly method?: Method | undefined;
  /** How the answer is read. Default `json`. */
  readonly responseType?: Type | undefined;
  /** Headers to send; the options for all calls may have those that the document asks for. */
  readonly headers?: (Readonly<Record<string, string>> & HeadersOf<Operation>) | undefined;
} & PathAndMethod<Methods, Method> &
  QueryOf<Operation> &
  BodyOf<Operation, Method>;

/** So that the error names the path where it has no operation, and the method where one has to be stated. */
type PathAndMethod<Methods, Method> = [Methods] extends [never]
  ? {
      /** No path of the document. */
      readonly path: never;
    }
  : 'GET' extends Method
    ? unknown
    : {
        /** A method that the path has: to be stated, since it has no `GET`. */
        readonly method: unknown;
      };

type OperationAt<Paths, Path extends string, Method> = Method extends string
  ? OperationIn<ItemAt<Paths, Path>, Lowercase<Method>>
  : never;

type ItemAt<Paths, Path extends string> = Paths[MatchingPath<keyof Paths, Path> & keyof Paths];

/** The methods of a path that have an operation, in either case. */
type MethodsAt<Paths, Path extends string> = {
  [Verb in Lowercase<HttpMethod>]: [OperationIn<ItemAt<Paths, Path>, Verb>] extends [never]
    ? never
    : Verb | Uppercase<Verb>;
}[Lowercase<HttpMethod>];

type HttpMethod = 'GET' | 'PUT' | 'POST' | 'DELETE' | 'OPTIONS' | 'HEAD' | 'PATCH';

type HeadersOf<Operation> = { readonly [Name in keyof ParametersAt<Operation, 'header'>]?: string };

/** A parameter that is required makes the query required. Values that no query can have, such as objects, are left out. */
type QueryOf<Operation> =
  ParametersAt<Operation, 'query'> extends infer Query
    ? Partial<Query> extends Query
      ? {
          /** The parameters of the query, none of which the document demands. Default: none. */
          readonly queryParams?: Sendable<Query> | undefined;
        }
      : {
          /** The parameters of the query; the document demands one at least. */
          readonly queryParams: Sendable<Query>;
        }
    : never;

type Sendable<Query> = keyof Query extends never
  ? Readonly<Record<string, never>>
  : { readonly [Name in keyof Query]: Extract<Query[Name], QueryValue | readonly QueryValue[]> | NoneOf<Query, Name> };

/** An optional parameter may be `undefined`, which is left out of the query. */
type NoneOf<Query, Name extends keyof Query> = Partial<Pick<Query, Name>> extends Pick<Query, Name> ? undefined : never;

/**
 * JSON is as the document says; of other bodies, and where exports of proxy integrations leave the body out, it says nothing that
 * could be checked.
 */
type BodyOf<Operation, Method> =
  Uppercase<Method & string> extends 'GET' | 'HEAD'
    ? {
        /** A GET or a HEAD has no body. */
        readonly body?: undefined;
      }
    : [JsonBodyOf<Operation>] extends [never]
      ? {
          /** The body, of which the document says nothing that could be checked. Default: none. */
          readonly body?: unknown;
        }
      : Operation extends { requestBody: unknown }
        ? {
            /** The body, as JSON. */
            readonly body: JsonBodyOf<Operation>;
          }
        : {
            /** The body, as JSON. Default: none. */
            readonly body?: JsonBodyOf<Operation> | undefined;
          };

/** The JSON of the answers of success; `undefined` for those that are empty. */
type AnswerOf<Operation> = [SucceededOf<Operation>] extends [never] ? unknown : OneAnswer<SucceededOf<Operation>>;

type OneAnswer<Answer> = Answer extends { content: object }
  ? [JsonOf<Answer>] extends [never]
    ? unknown
    : JsonOf<Answer>
  : undefined;
