/** Types of an API's operations, read from a document that is given `as const`. Nothing of this is left in JavaScript. */
import type { SucceededOf } from '../util/index.js';
import type { NamesInPath, ParamValue, Simplify, TypedOperation } from './operationTypes.js';

/** The operation of a document at a path. An ANY method stands for those that are not declared beside it. */
export type OperationOfDocument<Document, Path extends string, Item, Verb> = Verb extends keyof Item
  ? Read<Document, Path, Item, Item[Verb]>
  : 'x-amazon-apigateway-any-method' extends keyof Item
    ? Read<Document, Path, Item, Item['x-amazon-apigateway-any-method']>
    : never;

type Read<Document, Path extends string, Item, Operation> = TypedOperation<
  Params<Path, ParametersIn<Document, Item> | ParametersIn<Document, Operation>>,
  BodyOf<Document, Operation>,
  ResultOf<Document, Operation>
>;

/** The parameters of an operation or a path, as a union. */
type ParametersIn<Document, Owner> = Owner extends { parameters: readonly (infer Entry)[] }
  ? Entry extends { $ref: infer Ref }
    ? Resolve<Document, Ref>
    : Entry
  : never;

type Params<Path extends string, Parameter> = Simplify<
  Record<NamesInPath<Path>, ParamValue> & {
    [One in Placed<Parameter> as One extends { required: true } ? NameOf<One> : never]: ParamValue;
  } & { [One in Placed<Parameter> as One extends { required: true } ? never : NameOf<One>]?: ParamValue | undefined }
>;

type Placed<Parameter> = Parameter extends { in: 'query' | 'header' } ? Parameter : never;
type NameOf<Parameter> = Parameter extends { name: infer Name extends string } ? Name : never;

/** What a reference stands for: `#/components/…/Name` of OpenAPI, `#/…/Name` of Swagger. */
type Resolve<Document, Ref> = Ref extends `#/components/${infer Kind}/${infer Name}`
  ? At<At<At<Document, 'components'>, Kind>, Name>
  : Ref extends `#/${infer Kind}/${infer Name}`
    ? At<At<Document, Kind>, Name>
    : never;

type At<Owner, Key> = Key extends keyof Owner ? Owner[Key] : never;

type BodyOf<Document, Operation> = Operation extends {
  requestBody: { content: { 'application/json': { schema: infer S } } };
}
  ? ValueOf<Document, S>
  : ParametersIn<Document, Operation> extends infer One
    ? One extends { in: 'body'; schema: infer S }
      ? ValueOf<Document, S>
      : never
    : never;

type ResultOf<Document, Operation> = [SucceededOf<Operation>] extends [never]
  ? unknown
  : SucceededOf<Operation> extends { content: { 'application/json': { schema: infer S } } } | { schema: infer S }
    ? ValueOf<Document, S>
    : unknown;

/** The values that a schema describes. */
export type ValueOf<Document, Schema> = Schema extends { $ref: infer Ref }
  ? ValueOf<Document, Resolve<Document, Ref>>
  : Schema extends { enum: readonly (infer Value)[] }
    ? Value
    : Schema extends { oneOf: readonly (infer One)[] } | { anyOf: readonly (infer One)[] }
      ? ValueOf<Document, One>
      : Schema extends { nullable: true }
        ? OfType<Document, Schema> | null
        : OfType<Document, Schema>;

type OfType<Document, Schema> = Schema extends { type: infer Type }
  ? Type extends 'string'
    ? string
    : Type extends 'integer' | 'number'
      ? number
      : Type extends 'boolean'
        ? boolean
        : Type extends 'array'
          ? Schema extends { items: infer Item }
            ? ValueOf<Document, Item>[]
            : unknown[]
          : Schema extends { properties: infer Properties }
            ? OfProperties<Document, Properties, RequiredIn<Schema>>
            : unknown
  : unknown;

type RequiredIn<Schema> = Schema extends { required: readonly (infer Name)[] } ? Name : never;

type OfProperties<Document, Properties, Required> = Simplify<
  {
    -readonly [Name in keyof Properties as Name extends Required ? Name : never]: ValueOf<Document, Properties[Name]>;
  } & {
    -readonly [Name in keyof Properties as Name extends Required ? never : Name]?:
      ValueOf<Document, Properties[Name]> | undefined;
  }
>;
