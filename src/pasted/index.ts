/** Reads a refusal that someone pasted, for `explain`. */
export { explainPasted } from './explainPasted.js';
export { readPasted } from './readPasted.js';
export type { Pasted } from './types.js';
