/** The type of a client whose API is known to the compiler. Nothing of this is left in JavaScript. */
import type { OperationOfDocument } from './documentTypes.js';
import type { Verb } from './methodName.js';
import type { TypedOperation } from './operationTypes.js';
import type { OperationOfPaths } from './pathsTypes.js';
import type { AdditionalParams, ApigClient, ApigResult, DocumentWithPaths } from './types.js';

/** The client of a document that is given `as const`. Where its paths are not known to the compiler, methods have any name. */
export type ClientOfDocument<Document extends DocumentWithPaths> = string extends keyof Document['paths']
  ? ApigClient
  : {
      readonly [
        Route in RouteOf<keyof Document['paths'] & string> as NameIf<
          Route,
          OperationOfDocument<Document, Route[0], At<Document['paths'], Route[0]>, Route[1]>
        >
      ]: Method<OperationOfDocument<Document, Route[0], At<Document['paths'], Route[0]>, Route[1]>, Route[1]>;
    };

/** The client of the `paths` that openapi-typescript makes. */
export type ClientOfPaths<Paths> = string extends keyof Paths
  ? ApigClient
  : {
      readonly [
        Route in RouteOf<keyof Paths & string> as NameIf<Route, OperationOfPaths<At<Paths, Route[0]>, Route[1]>>
      ]: Method<OperationOfPaths<At<Paths, Route[0]>, Route[1]>, Route[1]>;
    };

type At<Owner, Key> = Key extends keyof Owner ? Owner[Key] : never;

/** Each path with each method, whether or not there is an operation. */
type RouteOf<Path extends string> = Path extends string ? { [V in Verb]: readonly [Path, V] }[Verb] : never;

type NameIf<Route extends readonly [string, Verb], Operation> = [Operation] extends [never]
  ? never
  : MethodName<Route[0], Route[1]>;

/** The name that the generator gives, as `methodName` computes it. */
export type MethodName<
  Path extends string,
  V extends Verb,
> = `${Uncapitalize<Words<Path> extends '' ? 'root' : Words<Path>>}${Capitalize<V>}`;

type Words<Path extends string, Done extends string = '', IsFirst = true> = Path extends `${infer Sign}${infer Rest}`
  ? Sign extends LetterOrDigit
    ? Words<Rest, `${Done}${IsFirst extends true ? Uppercase<Sign> : Sign}`, false>
    : Words<Rest, Done>
  : Done;

type Letter =
  | 'a'
  | 'b'
  | 'c'
  | 'd'
  | 'e'
  | 'f'
  | 'g'
  | 'h'
  | 'i'
  | 'j'
  | 'k'
  | 'l'
  | 'm'
  | 'n'
  | 'o'
  | 'p'
  | 'q'
  | 'r'
  | 's'
  | 't'
  | 'u'
  | 'v'
  | 'w'
  | 'x'
  | 'y'
  | 'z';
type LetterOrDigit = Letter | Uppercase<Letter> | '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';

type Method<Operation, V> =
  Operation extends TypedOperation<infer Params, infer Body, infer Result>
    ? Partial<Params> extends Params
      ? (
          params?: OrNone<Params>,
          body?: OrNoBody<Body, V>,
          additionalParams?: AdditionalParams,
        ) => Promise<ApigResult<Result>>
      : (params: Params, body?: OrNoBody<Body, V>, additionalParams?: AdditionalParams) => Promise<ApigResult<Result>>
    : never;

/** Without this, an operation without parameters would take parameters of any name. */
type OrNone<Params> = keyof Params extends never ? Readonly<Record<string, never>> : Params;

/** Exports of proxy integrations often leave bodies out, so that only a GET or HEAD surely has none; calling code passes these then. */
type OrNoBody<Body, V> = [Body] extends [never]
  ? V extends 'get' | 'head'
    ? Readonly<Record<string, never>> | '' | null
    : unknown
  : Body;
