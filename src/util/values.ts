/** Tells kinds of values, by rules that several rooms share. */
import { typeTag } from '../sigv4/index.js';

/** Whether a value is a plain object of names and values, such as `{ a: 1 }`: no array, no Date, not `null`. */
export const isObject = (value: unknown): value is Record<string, unknown> => typeTag(value) === 'Object';

/**
 * The time that a value stands for.
 * @param value A Date, of any frame, or milliseconds since 1970.
 * @returns Milliseconds since 1970; NaN for anything else.
 */
export const timeOf = (value: unknown): number =>
  typeof value === 'number' || typeTag(value) === 'Date' ? Number(value) : NaN;
