/** Which path of an API's document a call is for. Nothing of this is left in JavaScript. */

/** The paths that can be called: those of the document, with any text in the place of `{names}`. */
export type PathPattern<Template> = Template extends `/${string}` ? Filled<Template> : never;

type Filled<Template extends string> = Template extends `${infer Before}{${string}}${infer After}`
  ? `${Before}${string}${Filled<After>}`
  : Template;

/** The path of the document that API Gateway takes for a call: text goes before `{name}`, and that before `{name+}`. */
export type MatchingPath<Template, Path extends string> = Path extends `${string}?${string}`
  ? never // a query is checked where it stands in queryParams
  : Find<Template extends `/${string}` ? readonly [Template, Segments<Template>] : never, Segments<Path>>;

type Segments<Path extends string> = Path extends `${infer Segment}/${infer More}`
  ? readonly [Segment, ...Segments<More>]
  : readonly [Path];

/** `Candidate`: a path of the document, and those of its segments that are still to be compared. */
type Find<Candidate, Values> = [Candidate] extends [never]
  ? never
  : Values extends readonly [infer Value, ...infer More]
    ? FirstOf<
        Find<WithText<Candidate, Value>, More>,
        Find<WithName<Candidate, Value>, More>,
        WithRest<Candidate, Value>
      >
    : Candidate extends readonly [infer Template, readonly []]
      ? Template
      : never;

type FirstOf<A, B, C> = [A] extends [never] ? ([B] extends [never] ? C : B) : A;

type WithText<Candidate, Value> = Candidate extends readonly [infer Template, readonly [infer Segment, ...infer More]]
  ? Value extends Segment
    ? readonly [Template, More]
    : never
  : never;

type WithName<Candidate, Value> = Candidate extends readonly [
  infer Template,
  readonly [infer Segment extends `${string}{${string}}${string}`, ...infer More],
]
  ? Segment extends `{${string}+}`
    ? never
    : Value extends ''
      ? never
      : Value extends Filled<Segment>
        ? readonly [Template, More]
        : never
  : never;

type WithRest<Candidate, Value> = Candidate extends readonly [infer Template, readonly [`{${string}+}`]]
  ? Value extends ''
    ? never
    : Template
  : never;
