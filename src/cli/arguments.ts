/** Reads a command's arguments. */
import { parseArgs } from 'node:util';
import { knownOption } from '../sigv4/index.js';
import { UsageError } from './usageError.js';

/** One option of a command. */
export interface OptionSpec {
  /** What stands for its value in the help; a switch has none. */
  readonly value?: string;
  /** One letter. */
  readonly short?: string;
  /** Further names: of other tools, whose command lines are understood as well. */
  readonly aliases?: readonly string[];
  /** Whether it may be repeated. */
  readonly multiple?: boolean;
  /** What it does, for the help. Options without it are not listed. */
  readonly help?: string;
}

/** The options of a command, by name. */
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What was given: a text by name, a list where it may be repeated, `true` for a switch. */
export type OptionValues<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: Specs[Name] extends { multiple: true }
    ? readonly string[]
    : Specs[Name] extends { value: string }
      ? string | undefined
      : boolean;
};

/** What a command is run with. */
export interface GivenArguments<Specs extends OptionSpecs> {
  readonly options: OptionValues<Specs>;
  /** The arguments without a name. */
  readonly positionals: readonly string[];
}

/**
 * Reads a command's arguments.
 * @param args Those after the command's name.
 * @param specs The options that it knows.
 * @param limit How many arguments without a name there may be.
 * @throws UsageError for an option that is not known (it names the nearest one that is), that lacks its value, or that is given twice
 */
export function readArguments<Specs extends OptionSpecs>(
  args: readonly string[],
  specs: Specs,
  limit: number,
): GivenArguments<Specs> {
  const spellings = spellingsOf(specs);
  const { tokens } = parseArgs({ args: [...args], options: parserOptions(specs), strict: false, tokens: true });
  const lists = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const name = spellings.get(token.name);
    if (name === undefined) throw unknownArgument(token.rawName, [...spellings.keys()]);
    const value = valueOf(token, specs[name]!, spellings);
    const list = lists.get(name) ?? [];
    if (list.length > 0 && !specs[name]!.multiple) throw new UsageError(`--${name}: expected once, came twice`);
    lists.set(name, [...list, value]);
  }
  if (positionals.length > limit) {
    // Not shown: it may be the rest of a password that holds a space.
    throw new UsageError(
      `expected ${limit === 0 ? 'options alone' : `${limit} argument`} and came upon ${positionals.length}; quote a value that holds spaces`,
    );
  }
  return { options: valuesOf(specs, lists), positionals };
}

/** Every spelling of an option, and the name it stands for. */
function spellingsOf(specs: OptionSpecs): Map<string, string> {
  const entries = Object.entries(specs);
  return new Map(entries.flatMap(([name, { aliases = [] }]) => [name, ...aliases].map((one) => [one, name] as const)));
}

type ParserOptions = Record<string, { type: 'string' | 'boolean'; short?: string }>;

function parserOptions(specs: OptionSpecs): ParserOptions {
  const options: ParserOptions = {};
  for (const [name, { value, short, aliases = [] }] of Object.entries(specs)) {
    const type = value === undefined ? 'boolean' : 'string';
    for (const alias of aliases) options[alias] = { type };
    options[name] = { type, ...(short === undefined ? {} : { short }) };
  }
  return options;
}

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function valueOf({ rawName, value, inlineValue }: OptionToken, spec: OptionSpec, known: Map<string, string>): string {
  if (spec.value === undefined) {
    if (value !== undefined) throw new UsageError(`${rawName}: expected no value, got one`);
    return '';
  }
  const isNextOption = !inlineValue && value?.startsWith('--') && known.has(value.slice(2));
  if (value === undefined || isNextOption) throw new UsageError(`${rawName}: expected a value, ${spec.value}`);
  return value;
}

function valuesOf<Specs extends OptionSpecs>(specs: Specs, lists: Map<string, string[]>): OptionValues<Specs> {
  const values = Object.entries(specs).map(([name, { value, multiple }]) => {
    const list = lists.get(name);
    if (multiple) return [name, list ?? []];
    return [name, value === undefined ? list !== undefined : list?.[0]];
  });
  return Object.fromEntries(values) as OptionValues<Specs>;
}

function unknownArgument(rawName: string, known: readonly string[]): UsageError {
  const name = rawName.replace(/^-+/, '');
  const expected = knownOption(name, known, '--');
  return new UsageError(`${rawName}: expected ${expected}`);
}
