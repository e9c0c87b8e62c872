/** What doctor examines. */
import type { ApigConfig } from '../../apig/index.js';
import type { OptionValues } from '../arguments.js';
import type { SIGNING_OPTIONS } from '../request/index.js';
import type { Session } from '../session.js';
import type { Prober } from './prober.js';
import type { Api } from './api.js';
import type { IdentityPool, UserPool } from './pools.js';

/** The app that the checks look at, as the command line names it. */
export interface Subject {
  /** The configuration as it was read, where there is one. */
  readonly config: ApigConfig | undefined;
  /** Why `createApig` refuses the configuration; `undefined` where it takes it. */
  readonly configFault: string | undefined;
  /** The two pools; `undefined` where no usable configuration names them. */
  readonly pools: { readonly userPool: UserPool; readonly identityPool: IdentityPool } | undefined;
  /** The API; `undefined` where no address is known. */
  readonly api: Api | undefined;
  /** The flows that the app logs in with. */
  readonly flows: readonly string[];
  readonly prober: Prober;
  readonly signer: Signer;
  /** The service and the region that are stated for the call. */
  readonly signing: OptionValues<typeof SIGNING_OPTIONS>;
}

/** Who signs the call by which the policy is checked. */
export type Signer =
  | { readonly kind: 'none' }
  | { readonly kind: 'user' | 'guest' | 'keys'; readonly session: Session }
  /** The user could not be logged in: why, and whether that lies in the configuration. */
  | { readonly kind: 'refused'; readonly username: string; readonly reason: string; readonly isMisconfigured: boolean };
