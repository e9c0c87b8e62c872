/** Tells kinds of values, by rules that several rooms share. */
import { typeTag } from '../sigv4/index.js';

/** Whether a value is a plain object of names and values, or a module's exports: no array, no Date, not `null`. */
export const isObject = (value: unknown): value is Record<string, unknown> => /^(Object|Module)$/.test(typeTag(value));
