/** Errors about options of `startLocalAws`, by the names that these have on the command line. */
import { SigV4ClientError } from '../../sigv4/index.js';
import { UsageError } from '../usageError.js';
import type { LocalValues } from './options.js';

/** How the message about an option begins, and the option of the command line that it was stated by. */
const NAMES: readonly (readonly [RegExp, keyof LocalValues])[] = [
  [/^apiGateway\.lambda(\.\w+)*/, 'lambda'],
  [/^apiGateway\.target/, 'target'],
  [/^apiGateway\.frontend/, 'frontend'],
  [/^apiGateway\.stage/, 'stage'],
  [/^apiGateway\.basePath/, 'base-path'],
  [/^webSocketApi\.routes[^:]*/, 'websocket-route'],
  [/^userPool\.users\[\d+\](\.\w+)?/, 'user'],
  [/^state\b/, 'state'],
];

/**
 * The same error for whoever wrote the command line.
 * @param error What `startLocalAws` threw.
 * @param values What the command line states: an option of the file that `--config` names keeps its name.
 */
export function optionErrorOf(error: unknown, values: LocalValues): unknown {
  if (!(error instanceof SigV4ClientError)) return error;
  const { code, message } = error;
  if (code === 'PortInUse') {
    const what = message.split(';', 1)[0]!; // what it advises is for those who write code
    const advice =
      'such as another sigv4-client local; give another, or 0 for free ones (the pools take the two after it)';
    return new UsageError(`--${what}, ${advice}`, { cause: error });
  }
  if (code !== 'InvalidOption' && code !== 'InvalidState') return error;
  const found = NAMES.find(([name, option]) => name.test(message) && isGiven(values[option]));
  return found ? new UsageError(message.replace(found[0], `--${found[1]}`), { cause: error }) : error;
}

const isGiven = (value: LocalValues[keyof LocalValues]): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined;
