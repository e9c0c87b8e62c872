/** An administrator's operations on users. */
import { randomInt } from 'node:crypto';
import { checkAttributes } from './attributes.js';
import { contactOf } from './contacts.js';
import { invalidParameter, notAuthorized } from './errors.js';
import { sendResetCode } from './passwords.js';
import type { Fields, Operation, Pool } from './state.js';
import { attributeList, newUsername, requiredAttributeList, text, textList } from './state.js';
import { UserPassword } from './userPassword.js';
import { attributeOf, idOf, updatedAttributes, withoutAttributes } from './users.js';

const adminCreateUser: Operation = (pool, request) => {
  const username = newUsername(request);
  const isResend = request.MessageAction === 'RESEND';
  const password = request.TemporaryPassword === undefined ? temporaryPassword() : text(request, 'TemporaryPassword');
  pool.users.checkPassword(password);
  const attributes = attributeList(request, 'UserAttributes');
  checkAttributes(attributes, pool.store.schema, 'AdminCreateUser');
  const user = isResend
    ? pool.users.update(pool.users.get(username), { Password: new UserPassword(password) })
    : pool.users.create({ username, password, attributes, status: 'FORCE_CHANGE_PASSWORD' });
  const contact = contactOf(user);
  if (request.MessageAction !== 'SUPPRESS' && contact !== undefined) {
    pool.codes.send(user, 'TEMPORARY_PASSWORD', contact, password);
  }
  const { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate } = user;
  return { User: { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate } };
};

const adminConfirmSignUp: Operation = (pool, request) => {
  const user = pool.users.get(text(request, 'Username'));
  if (user.UserStatus !== 'UNCONFIRMED') {
    throw notAuthorized(`User cannot be confirmed. Current status is ${user.UserStatus}`);
  }
  pool.users.update(user, { UserStatus: 'CONFIRMED' });
  return {};
};

const adminDeleteUser: Operation = (pool, request) => {
  pool.store.deleteUser(pool.users.get(text(request, 'Username')));
  return {};
};

const adminDisableUser: Operation = (pool, request) => setEnabled(pool, request, false);
const adminEnableUser: Operation = (pool, request) => setEnabled(pool, request, true);

const adminSetUserPassword: Operation = (pool, request) => {
  const user = pool.users.get(text(request, 'Username'));
  const password = text(request, 'Password');
  pool.users.checkPassword(password);
  const status = request.Permanent === true ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  pool.users.update(user, { Password: new UserPassword(password), UserStatus: status });
  pool.attempts.passwords.forget(pool.simulation.subjectOf(user.Username, user));
  return {};
};

const adminResetUserPassword: Operation = (pool, request) => {
  const user = pool.users.get(text(request, 'Username'));
  sendResetCode(pool, user);
  pool.users.update(user, { UserStatus: 'RESET_REQUIRED' });
  return {};
};

const adminUpdateUserAttributes: Operation = (pool, request) => {
  const user = pool.users.get(text(request, 'Username'));
  const attributes = requiredAttributeList(request, 'UserAttributes');
  checkAttributes(attributes, pool.store.schema, 'AdminUpdateUserAttributes');
  const willHave = (wanted: string): boolean =>
    attributeOf(user, wanted) !== undefined || attributes.some(({ Name }) => Name === wanted);
  for (const { Name } of attributes) {
    if (Name === 'email_verified' && !willHave('email')) {
      throw invalidParameter('Email is required to verify/un-verify an email');
    }
    if (Name === 'phone_number_verified' && !willHave('phone_number')) {
      throw invalidParameter('Phone Number is required to verify/un-verify a phone number');
    }
  }
  pool.users.checkAliases(user, attributes);
  pool.users.update(user, { Attributes: updatedAttributes(user, attributes) });
  return {};
};

const adminDeleteUserAttributes: Operation = (pool, request) => {
  const user = pool.users.get(text(request, 'Username'));
  const names = textList(request, 'UserAttributeNames');
  checkAttributes(
    names.map((Name) => ({ Name, Value: '' })),
    pool.store.schema,
    'AdminUpdateUserAttributes',
  );
  pool.users.update(user, { Attributes: withoutAttributes(user.Attributes, names) });
  return {};
};

/** The operations of this file by their names on the wire. */
export const adminAccountOperations: Readonly<Record<string, Operation>> = {
  AdminCreateUser: adminCreateUser,
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminDeleteUser: adminDeleteUser,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminSetUserPassword: adminSetUserPassword,
  AdminResetUserPassword: adminResetUserPassword,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
};

function setEnabled(pool: Pool, request: Fields, Enabled: boolean): object {
  const user = pool.users.get(text(request, 'Username'));
  pool.users.update(user, { Enabled });
  if (!Enabled) pool.tokens.revokeAll(idOf(user));
  return {};
}

/** Makes a random password with a character of each kind. */
function temporaryPassword(): string {
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!#$%&*+-=?'];
  return Array.from({ length: 12 }, (_, i) => kinds[i % kinds.length]!)
    .map((kind) => kind[randomInt(kind.length)]!)
    .join('');
}
