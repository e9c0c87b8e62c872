/** Prints what the checks found. */
import type { Style } from '../terminal.js';
import type { Finding, Fix } from './types.js';

/** A finding, and the check that made it. */
export interface Reported extends Finding {
  readonly check: string;
}

const MARKS: Readonly<Record<Finding['status'], string>> = { ok: '✓', fault: '✗', warning: '!', skipped: '-' };
const STYLES = { ok: 'green', fault: ['bold', 'red'], warning: 'yellow', skipped: 'dim' } as const;

/** The lines of a finding. */
export function findingText({ check, status, code, message, fix }: Reported, style: Style): string {
  const name = code === undefined ? '' : `${code}: `;
  return [style([STYLES[status]].flat(), `${MARKS[status]} ${check}: ${name}${message}`), ...fixLines(fix)].join('\n');
}

function fixLines(fix: Fix | undefined): string[] {
  const rows: [string, string | undefined][] = [
    ['where', fix?.where],
    ['command', fix?.command],
    ['template', fix?.template],
  ];
  return rows.flatMap(([name, text]) => (text === undefined ? [] : [`    ${name.padEnd(8)}  ${text}`]));
}

/** How many faults there are, in words. */
export function summaryText(findings: readonly Finding[]): string {
  const count = (status: Finding['status']): number => findings.filter((one) => one.status === status).length;
  const [faults, warnings, left] = [count('fault'), count('warning'), count('skipped')];
  const found = faults === 0 ? 'Nothing is wrong' : `${faults} ${faults === 1 ? 'fault' : 'faults'}`;
  return `${found}; ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}, ${left} not looked at.`;
}
