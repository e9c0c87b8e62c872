/** Reads IAM's text that denies an action. */
import { hideSecrets } from '../compare/index.js';

/** The parts of `User: … is not authorized to perform: … on resource: … because no … policy allows …`. */
export interface Denial {
  /** The caller's ARN, or `anonymous`. */
  readonly user: string;
  readonly action: string;
  /** The resource's ARN, with a star in place of each part of its path that looks secret. */
  readonly resource: string | undefined;
  /** The kind of policy, such as `identity-based policy`. */
  readonly policy: string | undefined;
  /** Whether a Deny statement applies. */
  readonly isExplicit: boolean;
}

/** Longer texts, in characters, are not read: IAM's are far shorter. */
const MAX_DENIAL = 4096;
const DENIED = /User: (\S+) is not authorized to perform: ([\w-]+:[\w*]+)/;
const ON_RESOURCE = ' on resource: ';
const EXPLICIT = ' with an explicit deny';
const REASON = / (?:because|with an explicit deny)/;
const POLICY =
  /(?:in an?|no) ((?:identity|resource|service|network)-based policy|[\w ]{0,60}(?:endpoint|control|session) policy|permissions boundary)/;

/**
 * Reads a denial. It searches for one part after the other, since a single regular expression could take quadratic time.
 * @param message The text of the answer.
 * @returns `undefined` where it is none.
 */
export function readDenial(message: string): Denial | undefined {
  const text = message.slice(0, MAX_DENIAL);
  const found = DENIED.exec(text);
  if (!found) return undefined;
  const [start, user, action] = found as unknown as [string, string, string];
  const behind = text.slice(found.index + start.length);
  const reasonAt = behind.search(REASON);
  const [target, reason] = reasonAt < 0 ? [behind.trimEnd(), ''] : [behind.slice(0, reasonAt), behind.slice(reasonAt)];
  const isWithResource = target.startsWith(ON_RESOURCE);
  if (!isWithResource && target !== '') return undefined;
  return {
    user,
    action,
    resource: isWithResource ? hideSecrets(target.slice(ON_RESOURCE.length), () => '*') : undefined,
    policy: POLICY.exec(reason)?.[1],
    isExplicit: reason.startsWith(EXPLICIT),
  };
}
