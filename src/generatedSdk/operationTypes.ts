/** What the types of an operation are made of, wherever they are read from. */

/** A value of a parameter: arrays are joined by commas. */
export type ParamValue = string | number | boolean | null | readonly (string | number | boolean | null)[];

/** An operation's parameters, its body (`never`: none) and its result. */
export interface TypedOperation<Params, Body, Result> {
  readonly params: Params;
  readonly body: Body;
  readonly result: Result;
}

/** The names in braces of a path, without the `+` of `{proxy+}`. */
export type NamesInPath<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Greedy}+` ? Greedy : Name) | NamesInPath<Rest>
  : never;

/** One object type in the place of several that are joined, so that editors show its fields. */
export type Simplify<T> = { [Key in keyof T]: T[Key] };
