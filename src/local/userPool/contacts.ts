/** Where messages to a user go. */
import type { Contact, DeliveryDetails } from './codes.js';
import { deliveryDetails } from './codes.js';
import { invalidParameter, notAuthorized } from './errors.js';
import type { AwsJsonError } from '../http/index.js';
import type { Pool } from './state.js';
import type { StoredUser } from './stored.js';
import { aliasOf, attributeOf } from './users.js';

const CONTACTS: readonly Contact[] = ['email', 'phone_number'];

/** The attribute to which messages go: `email` if the user has one, otherwise `phone_number`. */
export function contactOf(user: StoredUser): Contact | undefined {
  return CONTACTS.find((name) => attributeOf(user, name) !== undefined);
}

/** The attribute that answers name as a code's destination: a verified one before another. */
function deliveryContactOf(user: StoredUser): Contact | undefined {
  return CONTACTS.find((name) => attributeOf(user, `${name}_verified`) === 'true') ?? contactOf(user);
}

/** Where the code to reset a password goes, or why there is none. */
export function resetContactOf(user: StoredUser): { contact: Contact } | { refusal: AwsJsonError } {
  if (!user.Enabled) return { refusal: notAuthorized('User is disabled.') };
  if (user.UserStatus === 'FORCE_CHANGE_PASSWORD') {
    return { refusal: notAuthorized('User password cannot be reset in the current state.') };
  }
  const contact = CONTACTS.find((name) => attributeOf(user, `${name}_verified`) === 'true');
  if (contact !== undefined) return { contact };
  const words = 'Cannot reset password for the user as there is no registered/verified email or phone_number';
  return { refusal: invalidParameter(words) };
}

/**
 * The destination that an answer names for a code that nobody gets: the user's own address, as for every other code, so that answers
 * do not differ. For a user who does not exist: the name itself, or an address that is made up from it.
 */
export function simulatedDelivery(pool: Pool, name: string, user?: StoredUser): DeliveryDetails {
  const contact = user && deliveryContactOf(user);
  if (user && contact) return deliveryDetails(contact, attributeOf(user, contact)!);
  const alias = aliasOf(name);
  if (alias !== undefined) return deliveryDetails(alias, name);
  const [first, second] = pool.simulation.bytesOf('address', name);
  const letter = (byte: number): string => String.fromCharCode(97 + (byte % 26));
  return deliveryDetails('email', `${letter(first!)}@${letter(second!)}`);
}
