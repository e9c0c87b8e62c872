/** Reads a refusal that someone pasted, for `explain`. */
export { readPasted } from './readPasted.js';
export type { Pasted } from './types.js';
