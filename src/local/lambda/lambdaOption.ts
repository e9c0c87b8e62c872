/** A Lambda function as a single option: the function, its file, or all that `lambdaHandler` takes. */
import { isObject } from '../../util/index.js';
import type { ApiHandler } from '../apiGateway/index.js';
import { optionError, withPart } from '../options/index.js';
import { lambdaHandler } from './lambdaHandler.js';
import { readAddress } from './loadHandler.js';
import type { LambdaHandlerOptions } from './options.js';
import type { LambdaFrontend, LambdaFunction } from './types.js';

/** The function itself; its file, `src/notes.mjs` or `src/notes.mjs#main` for another export than `handler`; or options of `lambdaHandler`. */
export type LambdaOption = LambdaFunction | string | LambdaHandlerOptions;

/**
 * Puts a function behind the gateway.
 * @param given The option's value.
 * @param frontend What stands in front of it, where the options do not say.
 * @returns What the gateway takes as `handler`.
 * @throws LocalAwsError `InvalidOption`; where an option of `lambdaHandler` is wrong, as `lambda.NAME`
 */
export function lambdaFrom(given: LambdaOption, frontend?: LambdaFrontend): ApiHandler {
  const isKnown = typeof given === 'function' || isObject(given) || (typeof given === 'string' && given !== '');
  if (!isKnown) throw optionError('lambda', "a function, 'FILE', 'FILE#EXPORT', or options of lambdaHandler", given);
  try {
    return lambdaHandler({ frontend, ...optionsOf(given) });
  } catch (error) {
    throw withPart(error, 'lambda', []);
  }
}

function optionsOf(given: LambdaOption): LambdaHandlerOptions {
  if (typeof given === 'function') return { handler: given };
  if (typeof given !== 'string') return given;
  return readAddress(given);
}
