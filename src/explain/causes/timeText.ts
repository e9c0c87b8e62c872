/** Times and durations in the text of an explanation. */

/**
 * A time to show, such as `2015-08-30T12:36:00Z`.
 * @param time Milliseconds since 1970.
 */
export const showTime = (time: number): string => new Date(time).toISOString().replace('.000', '');

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/**
 * A duration to show, in its two largest units: `1 hour 5 minutes`.
 * @param milliseconds The duration, whose sign is ignored.
 */
export function showDuration(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  const largest = UNITS.findIndex(([, unit]) => seconds >= unit);
  if (largest < 0) return '0 seconds';
  let rest = seconds;
  const parts: string[] = [];
  for (const [name, unit] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(rest / unit);
    rest %= unit;
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`);
  }
  return parts.join(' ');
}
