/** Whether this machine's clock is right, by the dates of the answers to the other checks. */
import type { ClockReading } from '../prober.js';
import { fault, ok, skipped, warning } from '../types.js';
import type { Check, Finding } from '../types.js';

const MINUTE = 60_000;
/** What API Gateway tolerates in a signature's date. */
const TOLERANCE = 5 * MINUTE;

export const clock: Check = {
  name: 'clock',
  run: ({ prober }) => {
    const readings = prober.clocks();
    const off = readings.filter(({ ahead }) => Math.abs(ahead) >= MINUTE);
    if (readings.length === 0) return Promise.resolve([skipped('no answer said what time it is')]);
    if (off.length === 0) return Promise.resolve([ok('this machine and those who answered agree, within a minute')]);
    return Promise.resolve(off.map(judge));
  },
};

function judge({ host, ahead }: ClockReading): Finding {
  const minutes = Math.round(Math.abs(ahead) / MINUTE);
  const direction = ahead > 0 ? 'ahead of' : 'behind';
  const message = `this machine's clock is ${minutes} min ${direction} that of ${host}`;
  const fix = {
    where: 'the time settings of this machine: set the clock automatically',
    command: 'sudo timedatectl set-ntp true (Linux), sudo sntp -sS time.apple.com (macOS), w32tm /resync (Windows)',
  };
  if (Math.abs(ahead) < TOLERANCE) return warning('ClockOff', `${message}; signatures are good for 5 min`, fix);
  return fault('ClockOff', `${message}: signatures by it are refused`, fix);
}
