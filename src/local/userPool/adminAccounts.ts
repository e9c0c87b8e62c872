/** What an administrator does with users. */
import { randomInt } from 'node:crypto';
import { checkAttributes } from './attributes.js';
import { contactOf } from './contacts.js';
import { invalidParameter } from './errors.js';
import { sendResetCode } from './passwords.js';
import type { Operation } from './state.js';
import { attributeList, newUsername, text, textList } from './state.js';
import { attributeOf, updatedAttributes, withoutAttributes } from './users.js';

const adminCreateUser: Operation = async (pool, request) => {
  const username = newUsername(request);
  const isResend = request.MessageAction === 'RESEND';
  const password = request.TemporaryPassword === undefined ? temporaryPassword() : text(request, 'TemporaryPassword');
  pool.users.checkPassword(password);
  const attributes = attributeList(request, 'UserAttributes');
  checkAttributes(attributes, pool.cognito.schema(), 'AdminCreateUser');
  const user = isResend
    ? await pool.users.update(await pool.users.get(username), { Password: password })
    : await pool.users.create({ username, password, attributes, status: 'FORCE_CHANGE_PASSWORD' });
  const contact = contactOf(user);
  if (request.MessageAction !== 'SUPPRESS' && contact !== undefined) {
    pool.codes.send(user, 'TEMPORARY_PASSWORD', contact, password);
  }
  const { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate } = user;
  return { User: { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate } };
};

const adminSetUserPassword: Operation = async (pool, request) => {
  const user = await pool.users.get(text(request, 'Username'));
  const password = text(request, 'Password');
  pool.users.checkPassword(password);
  const status = request.Permanent === true ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  await pool.users.update(user, { Password: password, UserStatus: status });
  pool.attempts.passwords.forget(pool.simulation.subjectOf(user.Username, user));
  return {};
};

const adminResetUserPassword: Operation = async (pool, request) => {
  const user = await pool.users.get(text(request, 'Username'));
  sendResetCode(pool, user);
  await pool.users.update(user, { UserStatus: 'RESET_REQUIRED' });
  return {};
};

const adminUpdateUserAttributes: Operation = async (pool, request) => {
  const user = await pool.users.get(text(request, 'Username'));
  const attributes = attributeList(request, 'UserAttributes');
  checkAttributes(attributes, pool.cognito.schema(), 'AdminUpdateUserAttributes');
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
  await pool.users.checkAliases(user, attributes);
  await pool.users.update(user, { Attributes: updatedAttributes(user, attributes) });
  return {};
};

const adminDeleteUserAttributes: Operation = async (pool, request) => {
  const user = await pool.users.get(text(request, 'Username'));
  const names = textList(request, 'UserAttributeNames');
  checkAttributes(
    names.map((Name) => ({ Name, Value: '' })),
    pool.cognito.schema(),
    'AdminUpdateUserAttributes',
  );
  await pool.users.update(user, { Attributes: withoutAttributes(user.Attributes, names) });
  return {};
};

/** The operations of this file by their names on the wire. */
export const adminAccountOperations: Readonly<Record<string, Operation>> = {
  AdminCreateUser: adminCreateUser,
  AdminSetUserPassword: adminSetUserPassword,
  AdminResetUserPassword: adminResetUserPassword,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
};

/** Random, with a character of each kind. */
function temporaryPassword(): string {
  const kinds = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!#$%&*+-=?'];
  return Array.from({ length: 12 }, (_, i) => kinds[i % kinds.length]!)
    .map((kind) => kind[randomInt(kind.length)]!)
    .join('');
}
