/** Operations on the user's own account: reading and changing attributes, and verifying addresses. */
import { checkAttributes } from './attributes.js';
import type { Contact, DeliveryDetails } from './codes.js';
import { invalidParameter } from './errors.js';
import { tokensUser } from './requestUsers.js';
import type { Fields, Operation, Pool } from './state.js';
import { requiredAttributeList, text, textList } from './state.js';
import type { StoredUser } from './stored.js';
import { attributeOf, updatedAttributes, withoutAttributes } from './users.js';

const getUser: Operation = (pool, request) => {
  const { Username, Attributes, PreferredMfaSetting, UserMFASettingList } = tokensUser(pool, request);
  return { Username, UserAttributes: Attributes, PreferredMfaSetting, UserMFASettingList };
};

const deleteUser: Operation = (pool, request) => {
  pool.store.deleteUser(tokensUser(pool, request));
  return {};
};

const updateUserAttributes: Operation = (pool, request) => {
  const user = tokensUser(pool, request);
  const attributes = requiredAttributeList(request, 'UserAttributes');
  checkAttributes(attributes, pool.store.schema, 'UpdateUserAttributes');
  pool.users.checkAliases(user, attributes);
  const changed = pool.users.update(user, { Attributes: updatedAttributes(user, attributes) });
  const CodeDeliveryDetailsList = (['email', 'phone_number'] as const)
    .filter((name) => attributes.some(({ Name, Value }) => Name === name && Value !== ''))
    .map((name) => sendVerification(pool, changed, name));
  return { CodeDeliveryDetailsList };
};

const deleteUserAttributes: Operation = (pool, request) => {
  const user = tokensUser(pool, request);
  const names = textList(request, 'UserAttributeNames');
  checkAttributes(
    names.map((Name) => ({ Name, Value: '' })),
    pool.store.schema,
    'UpdateUserAttributes',
  );
  pool.users.update(user, { Attributes: withoutAttributes(user.Attributes, names) });
  return {};
};

const getUserAttributeVerificationCode: Operation = (pool, request) => {
  const user = tokensUser(pool, request);
  const contact = contactNamed(request);
  if (attributeOf(user, contact) === undefined) {
    throw invalidParameter(`User does not have an attribute ${contact} to verify.`);
  }
  return { CodeDeliveryDetails: sendVerification(pool, user, contact) };
};

const verifyUserAttribute: Operation = (pool, request) => {
  const user = tokensUser(pool, request);
  const contact = contactNamed(request);
  pool.codes.use(user, purposeOf(contact), text(request, 'Code'), pool.attempts.codes);
  pool.users.verify(user, contact);
  return {};
};

/** The operations of this file by their names on the wire. */
export const accountOperations: Readonly<Record<string, Operation>> = {
  GetUser: getUser,
  DeleteUser: deleteUser,
  UpdateUserAttributes: updateUserAttributes,
  DeleteUserAttributes: deleteUserAttributes,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  VerifyUserAttribute: verifyUserAttribute,
};

function contactNamed(request: Fields): Contact {
  const name = text(request, 'AttributeName');
  if (name !== 'email' && name !== 'phone_number') throw invalidParameter(`Attribute ${name} cannot be verified.`);
  return name;
}

function purposeOf(contact: Contact): 'VERIFY_EMAIL' | 'VERIFY_PHONE_NUMBER' {
  return contact === 'email' ? 'VERIFY_EMAIL' : 'VERIFY_PHONE_NUMBER';
}

function sendVerification(pool: Pool, user: StoredUser, contact: Contact): DeliveryDetails {
  return pool.codes.send(user, purposeOf(contact), contact);
}
