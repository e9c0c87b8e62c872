/** What doctor examines. */
import type { ApigConfig } from '../../apig/index.js';
import type { OptionValues } from '../arguments.js';
import type { SIGNING_OPTIONS } from '../request/index.js';
import type { Session } from '../session.js';
import type { Correspondent } from './answers.js';
import type { Api } from './api.js';
import type { IdentityPool, UserPool } from './pools.js';

/** What the command line named. */
export interface Subject {
  /** The configuration as it was read, where there is one. */
  readonly config: ApigConfig | undefined;
  /** What `createApig` says against it. */
  readonly configFault: string | undefined;
  /** `undefined` where no configuration that can be used names them. */
  readonly pools: { readonly userPool: UserPool; readonly identityPool: IdentityPool } | undefined;
  /** `undefined` where no address is known. */
  readonly api: Api | undefined;
  /** The flows that the app logs in with. */
  readonly flows: readonly string[];
  readonly correspondent: Correspondent;
  readonly signer: Signer;
  /** The service and the region that are stated for the call. */
  readonly signing: OptionValues<typeof SIGNING_OPTIONS>;
}

/** Who signs the call that the policy is looked at with. */
export type Signer =
  | { readonly kind: 'none' }
  | { readonly kind: 'user' | 'guest' | 'keys'; readonly session: Session }
  /** The user could not be logged in. */
  | { readonly kind: 'refused'; readonly username: string; readonly reason: string };
