/** Calls a function of a WebSocket API's route. */
import { basename, extname } from 'node:path';
import { sleep } from '../../util/index.js';
import { createContext } from './context.js';
import type { ContextInput } from './context.js';
import { invoke } from './invoke.js';
import { checkFile, loadHandler, readAddress } from './loadHandler.js';
import type { FunctionSource, LambdaFunction } from './types.js';

/**
 * Reads where a function comes from.
 * @param given The function, or `FILE` or `FILE#EXPORT`; the export is `handler` by default.
 * @returns The function or its file, which is there; `undefined` where it is neither a function nor such a text.
 * @throws LocalAwsError `InvalidOption` where the file cannot be used
 */
export function readSource(given: unknown): FunctionSource | undefined {
  if (typeof given === 'function') return given as LambdaFunction;
  if (typeof given !== 'string' || given === '') return undefined;
  const { file, exportName = 'handler' } = readAddress(given);
  return exportName === '' ? undefined : { file: checkFile(file), exportName };
}

/** The function did not answer within its time. */
export class FunctionTimeout extends Error {
  override readonly name = 'FunctionTimeout';
}

/**
 * Calls a function with an event, and waits as long as it may take.
 * @param source The function, or its file, which is loaded anew where it changed.
 * @param event Its event.
 * @param about Where, when and how long it runs.
 * @returns What it gave.
 * @throws FunctionTimeout, and what the function throws
 */
export async function callFunction(
  source: FunctionSource,
  event: unknown,
  about: Omit<ContextInput, 'functionName'>,
): Promise<unknown> {
  const time = sleep(about.timeout);
  const late = time.promise.then((): never => {
    throw new FunctionTimeout(`The function did not answer within ${about.timeout} ms`);
  });
  const run = async (): Promise<unknown> => {
    const fn = typeof source === 'function' ? source : await loadHandler(source.file, source.exportName);
    const functionName = typeof source === 'function' ? 'function' : basename(source.file, extname(source.file));
    return invoke(fn, event, (callback) => createContext({ ...about, functionName }, callback));
  };
  try {
    return await Promise.race([run(), late]);
  } finally {
    time.stop();
  }
}
