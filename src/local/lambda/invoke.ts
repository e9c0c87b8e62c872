/** Runs a function that gives its answer as a whole. */
import { types } from 'node:util';
import { isMissing } from '../../sigv4/index.js';
import type { LambdaCallback, LambdaContext, LambdaFunction } from './types.js';

/** A function with fewer parameters gets neither context nor callback, and can only answer by returning a promise. */
const NEEDS_A_PROMISE = 2;

/**
 * Runs a function: one that returns a promise, or one that calls its callback or the methods of its context.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 *
 * @param fn The function.
 * @param event Its event.
 * @param makeContext Makes its context.
 * @returns What it gave, as Lambda passes it on: what JSON holds of it, `null` for nothing.
 * @throws What it threw, rejected with or called back with; also where JSON cannot hold what it gave
 */
export async function invoke(
  fn: LambdaFunction,
  event: unknown,
  makeContext: (callback: LambdaCallback) => LambdaContext,
): Promise<unknown> {
  const result = await new Promise<unknown>((resolve, reject) => {
    const callback: LambdaCallback = (error, value) => {
      if (isMissing(error)) resolve(value);
      else reject(asError(error));
    };
    const returned = fn(event as never, makeContext(callback) as never, callback as never);
    if (isPromise(returned))
      returned.then(resolve, (error: unknown) => {
        reject(asError(error));
      });
    else if (returned !== undefined && fn.length < NEEDS_A_PROMISE) reject(new Error(NOT_ASYNC));
  });
  const json: unknown = JSON.stringify(result);
  // JSON cannot hold `undefined`, functions and symbols.
  return typeof json === 'string' ? JSON.parse(json) : null;
}

const NOT_ASYNC =
  'The function returned a value that is no promise, which Lambda does not read: make the function async, or call the callback';

/** Whether a value is a promise, of any library. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** Makes an error of what was thrown, which may be any value. */
export function asError(thrown: unknown): Error {
  if (types.isNativeError(thrown)) return thrown;
  const said = typeof thrown === 'string' ? thrown : typeof thrown;
  return new Error(`The function failed with ${said}`, { cause: thrown });
}
