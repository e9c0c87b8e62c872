/** What `--help` prints. */
import type { OptionSpecs } from './arguments.js';

/** A command, as its help tells of it. */
export interface CommandHelp {
  /** What stands after `sigv4-client`. */
  readonly usage: string;
  /** What it does, in a line or more. */
  readonly summary: string;
  readonly options: OptionSpecs;
  /** The environment variables that it reads, and what each is for. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Command lines that work. */
  readonly examples: readonly string[];
}

/** The text of a command's help. */
export function helpText({ usage, summary, options, environment = {}, examples }: CommandHelp): string {
  const rows = Object.entries(options).flatMap(([name, { value, short, help, multiple }]) => {
    if (help === undefined) return [];
    const spelling = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
    return [[spelling, multiple ? `${help} (may be repeated)` : help] as const];
  });
  const variables = Object.entries(environment);
  return [
    `Usage: npx sigv4-client ${usage}`,
    summary,
    `Options:\n${table(rows)}`,
    ...(variables.length === 0 ? [] : [`Environment:\n${table(variables)}`]),
    `Examples:\n${examples.map((example) => `  npx sigv4-client ${example}`).join('\n')}`,
  ].join('\n\n');
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, help]) => `  ${name.padEnd(width)}  ${help}`).join('\n');
}
