/** The `fetch` that a command sends its signed request with. */
import type { ApigConfig } from '../apig/index.js';
import { createSignedFetch } from '../signedFetch/index.js';
import type { SignedFetch } from '../signedFetch/index.js';
import type { OptionValues } from './arguments.js';
import { regionOf } from './request/index.js';
import type { SIGNING_OPTIONS } from './request/index.js';
import type { Session } from './session.js';

/**
 * Signs for the API of a configuration as configured, otherwise as the host and the options say.
 * @param session Who signs.
 * @param url What is called.
 * @param values `--service` and `--region`.
 * @param config The app's configuration, where one was read.
 */
export function sessionFetch(
  { apig, credentials, region: usual }: Session,
  url: string,
  { service, region: stated }: OptionValues<typeof SIGNING_OPTIONS>,
  config: ApigConfig | undefined,
): SignedFetch {
  if (apig && stated === undefined && service === undefined) return apig.fetch;
  return createSignedFetch({ credentials, service, region: regionOf(url, { stated, config, usual }) });
}
