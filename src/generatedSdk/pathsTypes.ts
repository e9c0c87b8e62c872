/** Types of an API's operations, read from the `paths` that openapi-typescript makes. Nothing of this is left in JavaScript. */
import type { Simplify, TypedOperation } from './operationTypes.js';

/** The operation of such a path. A method that a path does not have is `undefined` there. */
export type OperationOfPaths<Item, Verb> = Verb extends keyof Item
  ? NonNullable<Item[Verb]> extends infer Operation
    ? [Operation] extends [never]
      ? never
      : TypedOperation<Params<Operation>, BodyOf<Operation>, ResultOf<Operation>>
    : never
  : never;

type Params<Operation> = Operation extends { parameters: infer Parameters }
  ? Simplify<Group<Parameters, 'path'> & Group<Parameters, 'query'> & Group<Parameters, 'header'>>
  : object;

type Group<Parameters, Where extends string> = Where extends keyof Parameters
  ? [NonNullable<Parameters[Where]>] extends [never]
    ? object
    : NonNullable<Parameters[Where]>
  : object;

type BodyOf<Operation> = Operation extends { requestBody?: infer Body } ? JsonOf<NonNullable<Body>> : never;

type ResultOf<Operation> = Operation extends { responses: infer Responses }
  ? [JsonOf<Succeeded<Responses>>] extends [never]
    ? unknown
    : JsonOf<Succeeded<Responses>>
  : unknown;

type Succeeded<Responses> = {
  [Status in keyof Responses]: `${Status & (string | number)}` extends `2${string}` ? Responses[Status] : never;
}[keyof Responses];

type JsonOf<Body> = Body extends { content: { 'application/json': infer Json } } ? Json : never;
