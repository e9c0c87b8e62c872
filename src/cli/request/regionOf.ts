/** The region that a request is signed for. */
import type { ApigConfig } from '../../apig/index.js';
import { readAwsHost } from '../../sigv4/index.js';

/** What may name a region. */
export interface RegionSources {
  /** `--region`, which goes before everything else. */
  readonly stated: string | undefined;
  /** The app's configuration, for URLs below its API's. */
  readonly config: ApigConfig | undefined;
  /** The region of the profile or of the environment, for hosts that name none. */
  readonly usual: string | undefined;
}

/**
 * The region to sign a request for; `undefined` where the host names it, or nothing does.
 * @param url What is called.
 * @param sources What may name the region.
 */
export function regionOf(url: string, { stated, config, usual }: RegionSources): string | undefined {
  if (stated !== undefined) return stated;
  const api = config?.apiGateway;
  if (api?.REGION !== undefined && url.startsWith(api.URL)) return api.REGION;
  return readAwsHost(new URL(url).hostname, 'https:/').region === undefined ? usual : undefined;
}
