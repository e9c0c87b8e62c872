/** Types of a client's methods, read from the `paths` that openapi-typescript makes. Nothing of this is left in JavaScript. */
import type { JsonBodyOf, JsonOf, OperationIn, ParametersAt, SucceededOf } from '../util/index.js';
import type { Simplify, TypedOperation } from './operationTypes.js';

/** The operation of such a path. */
export type OperationOfPaths<Item, Verb> =
  OperationIn<Item, Verb> extends infer Operation
    ? [Operation] extends [never]
      ? never
      : TypedOperation<Params<Operation>, JsonBodyOf<Operation>, ResultOf<Operation>>
    : never;

type Params<Operation> = Simplify<
  ParametersAt<Operation, 'path'> & ParametersAt<Operation, 'query'> & ParametersAt<Operation, 'header'>
>;

type ResultOf<Operation> = [JsonOf<SucceededOf<Operation>>] extends [never] ? unknown : JsonOf<SucceededOf<Operation>>;
