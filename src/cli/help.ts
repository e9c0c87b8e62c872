/** What `--help` prints. */
import type { OptionSpecs } from './arguments.js';

/** A command, as its help tells of it. */
export interface CommandHelp {
  /** What stands after `sigv4-client`. */
  readonly usage: string;
  /** What it does, in a line or more. */
  readonly summary: string;
  readonly options: OptionSpecs;
  /** Command lines that work. */
  readonly examples: readonly string[];
}

/** The text of a command's help. */
export function helpText({ usage, summary, options, examples }: CommandHelp): string {
  const rows = Object.entries(options).flatMap(([name, { value, short, help, multiple }]) => {
    if (help === undefined) return [];
    const spelling = `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`;
    return [[spelling, multiple ? `${help} (may be repeated)` : help] as const];
  });
  const width = Math.max(...rows.map(([spelling]) => spelling.length));
  const lines = rows.map(([spelling, help]) => `  ${spelling.padEnd(width)}  ${help}`);
  return [
    `Usage: npx sigv4-client ${usage}`,
    summary,
    `Options:\n${lines.join('\n')}`,
    `Examples:\n${examples.map((example) => `  npx sigv4-client ${example}`).join('\n')}`,
  ].join('\n\n');
}
