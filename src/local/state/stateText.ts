/** The text of a state file: a line that says what it is, with a digest of the next, and the state as JSON. */
import { createHash } from 'node:crypto';
import { isObject } from '../../util/index.js';
import { parseJsonObject } from '../http/index.js';

const FORMAT = 'sigv4-client local state';
const VERSION = 1;

/** The states of the parts, by their names. */
export type State = Readonly<Record<string, unknown>>;

/** Writes a state. */
export function writeState(state: State): string {
  const text = JSON.stringify(state, tag);
  return `${JSON.stringify({ format: FORMAT, version: VERSION, sha256: digestOf(text) })}\n${text}\n`;
}

/**
 * Reads a state.
 * @param text The file's text.
 * @returns The state, or what is wrong with the file.
 */
export function readState(text: string): { readonly state: State } | { readonly fault: string } {
  const end = text.indexOf('\n');
  const head = parseJsonObject(text.slice(0, Math.max(0, end)));
  if (head.fault !== undefined || head.object.format !== FORMAT) return { fault: `is no ${FORMAT}` };
  if (head.object.version !== VERSION)
    return { fault: `was written by another version (${String(head.object.version)})` };
  const body = text.slice(end + 1).replace(/\n$/, '');
  if (digestOf(body) !== head.object.sha256) return { fault: DAMAGED };
  try {
    return { state: JSON.parse(body, untag) as State };
  } catch {
    return { fault: DAMAGED };
  }
}

const DAMAGED = 'is damaged, or was changed by hand';

const digestOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** What JSON has no form for becomes an object with one member. `JSON.stringify` makes a text of dates first, hence the look at the holder. */
function tag(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  if (original instanceof Date) return { $date: original.toISOString() };
  if (original instanceof Map) return { $map: [...(original as Map<unknown, unknown>)] };
  if (original instanceof Set) return { $set: [...(original as Set<unknown>)] };
  if (typeof original === 'bigint') return { $integer: original.toString(16) };
  const [name, ...others] = isObject(original) ? Object.keys(original) : [];
  // A client's own, such as a setting of an app client, is not to be read as one of these.
  if (name?.startsWith('$') && others.length === 0) return { $object: Object.entries(original as object)[0] };
  return original === Infinity ? { $number: 'Infinity' } : value;
}

function untag(_key: string, value: unknown): unknown {
  if (!isObject(value) || Object.keys(value).length !== 1) return value;
  const { $date, $map, $set, $integer, $number, $object } = value;
  if (typeof $date === 'string') return new Date($date);
  if (Array.isArray($map)) return new Map($map as [unknown, unknown][]);
  if (Array.isArray($set)) return new Set($set as unknown[]);
  if (Array.isArray($object)) return Object.fromEntries([$object as [string, unknown]]);
  if (typeof $integer === 'string') return BigInt(`0x${$integer}`);
  return $number === 'Infinity' ? Infinity : value;
}
