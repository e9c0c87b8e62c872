/** Runs the checks, one after the other. */
import { NoAnswer } from './prober.js';
import type { Reported } from './report.js';
import type { Subject } from './subject.js';
import { fault, skipped } from './types.js';
import type { Check, Finding } from './types.js';

/**
 * Runs checks.
 * @param checks The checks.
 * @param subject What they look at.
 * @param onFinding Called with each finding at once.
 * @returns All findings.
 */
export async function runChecks(
  checks: readonly Check[],
  subject: Subject,
  onFinding: (finding: Reported) => void,
): Promise<Reported[]> {
  const reported: Reported[] = [];
  const silent = new Set<string>();
  for (const { name, run } of checks) {
    let findings: readonly Finding[];
    try {
      findings = await run(subject);
    } catch (error) {
      findings = [unanswered(error, silent)];
    }
    for (const finding of findings) {
      const entry = { check: name, ...finding };
      reported.push(entry);
      onFinding(entry);
    }
  }
  return reported;
}

/** The finding for a host that gives no answer: a fault the first time, later only a skipped check. */
function unanswered(error: unknown, silent: Set<string>): Finding {
  if (!(error instanceof NoAnswer)) throw error;
  const { message } = error;
  if (silent.has(message)) return skipped(message);
  silent.add(message);
  return fault('NoAnswer', message, {
    where: 'the network, a proxy, and the regions and addresses of the configuration',
  });
}
