/** Checks of options that several services have. */
import type { MakeOptionError } from '../../util/index.js';
import { optionError } from './errors.js';

/**
 * Checks a port to listen on: 0 takes any free one.
 * @throws what `makeError` makes
 */
export function checkPort(port: unknown, option = 'port', makeError: MakeOptionError = optionError): void {
  const isPort = port === undefined || (Number.isInteger(port) && Number(port) >= 0 && Number(port) <= 65_535);
  if (!isPort) throw makeError(option, 'a whole number from 0 to 65535', port);
}
