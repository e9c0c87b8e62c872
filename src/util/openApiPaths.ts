/** Types of an API's operations, read from the `paths` that openapi-typescript makes. Nothing of this is left in JavaScript. */

/** The operation of a path's item. A method that a path does not have is `undefined` there. */
export type OperationIn<Item, Verb> = Verb extends keyof Item ? NonNullable<Item[Verb]> : never;

/** The parameters of an operation that stand in one place, such as `query`; `object` where there are none. */
export type ParametersAt<Operation, Where extends string> = Operation extends { parameters: infer Parameters }
  ? Where extends keyof Parameters
    ? [NonNullable<Parameters[Where]>] extends [never]
      ? object
      : NonNullable<Parameters[Where]>
    : object
  : object;

/** The JSON that an operation takes; `never` where the document says of none. */
export type JsonBodyOf<Operation> = Operation extends { requestBody?: infer Body } ? JsonOf<NonNullable<Body>> : never;

/** An operation's answers of success, by their status. */
export type SucceededOf<Operation> = Operation extends { responses: infer Responses }
  ? {
      [Status in keyof Responses]: `${Status & (string | number)}` extends `2${string}` ? Responses[Status] : never;
    }[keyof Responses]
  : never;

/** The JSON of a body or an answer; `never` where it has none. */
export type JsonOf<Body> = Body extends { content: infer Content }
  ? Content[keyof Content & `application/${string}json${string}`]
  : never;
