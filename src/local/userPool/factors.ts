/** The second factors of a user. */
import type { StoredUser } from './stored.js';

/** A second factor, by AWS's name. */
export type Factor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

/** Whether a name is one of a second factor. */
export const isFactor = (name: string): name is Factor =>
  name === 'SMS_MFA' || name === 'SOFTWARE_TOKEN_MFA' || name === 'EMAIL_OTP';

/** The second factors that are switched on for a user. */
export const factorsOf = (user: StoredUser): Factor[] => (user.UserMFASettingList ?? []).filter(isFactor);
