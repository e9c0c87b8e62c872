/** Finding users: AdminGetUser and ListUsers. */
import { invalidParameter } from './errors.js';
import { pageOf } from './pages.js';
import type { Operation } from './state.js';
import { optionalText, text, textList } from './state.js';
import type { StoredUser } from './stored.js';
import { attributeOf } from './users.js';

/** The attributes that AWS can search by. */
const SEARCHED: Readonly<Record<string, (user: StoredUser) => string | undefined>> = {
  username: ({ Username }) => Username,
  'cognito:user_status': ({ UserStatus }) => UserStatus,
  status: ({ Enabled }) => (Enabled ? 'Enabled' : 'Disabled'),
  ...Object.fromEntries(
    ['email', 'phone_number', 'name', 'given_name', 'family_name', 'preferred_username', 'sub'].map((name) => [
      name,
      (user: StoredUser) => attributeOf(user, name),
    ]),
  ),
};

const adminGetUser: Operation = (pool, request) => {
  const { Attributes, ...user } = userSummary(pool.users.get(text(request, 'Username')));
  return { ...user, UserAttributes: Attributes };
};

const listUsers: Operation = (pool, request) => {
  const isWanted = readFilter(optionalText(request, 'Filter') ?? '');
  const names = request.AttributesToGet === undefined ? undefined : textList(request, 'AttributesToGet');
  const users = [...pool.store.users.values()].filter(isWanted);
  const { items, next } = pageOf(users, request, 'Limit', 'PaginationToken');
  return { Users: items.map((user) => userSummary(user, names)), ...next };
};

/** The operations of this file by their names on the wire. */
export const listUsersOperations: Readonly<Record<string, Operation>> = {
  AdminGetUser: adminGetUser,
  ListUsers: listUsers,
};

/**
 * A user as lists show it.
 *
 * @param names The names of the attributes to show. Default: all.
 */
export function userSummary(user: StoredUser, names?: readonly string[]) {
  const { Username, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate } = user;
  const { UserMFASettingList, PreferredMfaSetting } = user;
  const factors = { UserMFASettingList, PreferredMfaSetting };
  const Attributes = names ? user.Attributes.filter(({ Name }) => names.includes(Name)) : user.Attributes;
  return { Username, Attributes, Enabled, UserStatus, UserCreateDate, UserLastModifiedDate, ...factors };
}

/** Reads `name = "value"`, or `^=` for how the value begins. */
function readFilter(filter: string): (user: StoredUser) => boolean {
  if (filter.trim() === '') return () => true;
  const [, name = '', operator, quoted = ''] = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter) ?? [];
  const read = SEARCHED[name];
  if (operator === undefined) throw invalidParameter('Error while parsing filter.');
  if (read === undefined) throw invalidParameter(`Invalid search attribute: ${name}`);
  const wanted = quoted.replace(/\\(.)/g, '$1').toLowerCase();
  return (user) => {
    const value = read(user)?.toLowerCase();
    return operator === '=' ? value === wanted : value?.startsWith(wanted) === true;
  };
}
