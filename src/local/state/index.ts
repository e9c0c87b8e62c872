/** What a local AWS keeps over restarts. */
export { openStateFile } from './stateFile.js';
export type { StateFile } from './stateFile.js';
export type { Keeper } from './types.js';
