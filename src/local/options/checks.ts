/** Checks of options that several services have. */
import { knownOption, unknownOption } from '../../sigv4/index.js';
import { isObject } from '../../util/index.js';
import { optionError } from './errors.js';
import type { MakeOptionError } from './errors.js';

/**
 * Refuses options that are not known, naming the nearest that is.
 * @param options What was given.
 * @param known The names of the known options.
 * @param place What they are options of, such as `users[0]`; empty at the top.
 * @param makeError Makes the error.
 * @throws what `makeError` makes, also where the options are no object
 */
export function checkKnownOptions(
  options: unknown,
  known: readonly string[],
  place = '',
  makeError: MakeOptionError = optionError,
): void {
  if (!isObject(options)) throw makeError(place || 'options', 'an object', options);
  const name = unknownOption(options, known);
  if (name === undefined) return;
  const at = place === '' ? '' : `${place}.`;
  throw makeError(at + name, knownOption(name, known, at), options[name]);
}

/**
 * Checks a port to listen on: 0 takes any free one.
 * @throws what `makeError` makes
 */
export function checkPort(port: unknown, option = 'port', makeError: MakeOptionError = optionError): void {
  const isPort = port === undefined || (Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535);
  if (!isPort) throw makeError(option, 'a whole number from 0 to 65535', port);
}
