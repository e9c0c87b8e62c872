/** Groups of users, whose names are the claim `cognito:groups` of tokens. */
import { AwsJsonError } from '../http/index.js';
import { invalidParameter } from './errors.js';
import { userSummary } from './listUsers.js';
import { pageOf } from './pages.js';
import type { Fields, Operation, Pool } from './state.js';
import { optionalText, text } from './state.js';
import type { StoredGroup } from './stored.js';

const createGroup: Operation = (pool, request) => {
  const GroupName = text(request, 'GroupName');
  if (!/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u.test(GroupName)) throw invalidParameter('Invalid group name.');
  if (pool.store.groups.has(GroupName)) {
    throw new AwsJsonError('GroupExistsException', 'A group with the name already exists.');
  }
  const dates = { CreationDate: pool.now(), LastModifiedDate: pool.now() };
  const group: StoredGroup = { GroupName, ...detailsOf(request), ...dates, members: new Set() };
  pool.store.groups.set(GroupName, group);
  return { Group: shown(pool, group) };
};

const updateGroup: Operation = (pool, request) => {
  const { Description, RoleArn, Precedence, ...group } = groupNamed(pool, request);
  const before = { ...(Description && { Description }), ...(RoleArn && { RoleArn }) };
  const precedence = Precedence === undefined ? {} : { Precedence };
  const changed = { ...group, ...before, ...precedence, ...detailsOf(request), LastModifiedDate: pool.now() };
  pool.store.groups.set(group.GroupName, changed);
  return { Group: shown(pool, changed) };
};

const getGroup: Operation = (pool, request) => ({ Group: shown(pool, groupNamed(pool, request)) });

const deleteGroup: Operation = (pool, request) => {
  pool.store.groups.delete(groupNamed(pool, request).GroupName);
  return {};
};

const listGroups: Operation = (pool, request) => {
  const { items, next } = pageOf([...pool.store.groups.values()], request, 'Limit', 'NextToken');
  return { Groups: items.map((group) => shown(pool, group)), ...next };
};

const listUsersInGroup: Operation = (pool, request) => {
  const { members } = groupNamed(pool, request);
  const users = [...members].flatMap((name) => pool.store.users.get(name) ?? []);
  const { items, next } = pageOf(users, request, 'Limit', 'NextToken');
  return { Users: items.map((user) => userSummary(user)), ...next };
};

const adminAddUserToGroup: Operation = (pool, request) => {
  const { members } = groupNamed(pool, request);
  members.add(pool.users.get(text(request, 'Username')).Username);
  return {};
};

const adminRemoveUserFromGroup: Operation = (pool, request) => {
  const { members } = groupNamed(pool, request);
  members.delete(pool.users.get(text(request, 'Username')).Username);
  return {};
};

const adminListGroupsForUser: Operation = (pool, request) => {
  const groups = pool.store.groupsOf(pool.users.get(text(request, 'Username')));
  const { items, next } = pageOf(groups, request, 'Limit', 'NextToken');
  return { Groups: items.map((group) => shown(pool, group)), ...next };
};

/** The operations of this file by their names on the wire. */
export const groupOperations: Readonly<Record<string, Operation>> = {
  CreateGroup: createGroup,
  UpdateGroup: updateGroup,
  GetGroup: getGroup,
  DeleteGroup: deleteGroup,
  ListGroups: listGroups,
  ListUsersInGroup: listUsersInGroup,
  AdminAddUserToGroup: adminAddUserToGroup,
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup,
  AdminListGroupsForUser: adminListGroupsForUser,
};

function groupNamed(pool: Pool, request: Fields): StoredGroup {
  const group = pool.store.groups.get(text(request, 'GroupName'));
  if (group === undefined) throw new AwsJsonError('ResourceNotFoundException', 'Group not found.');
  return group;
}

function detailsOf(request: Fields): Pick<StoredGroup, 'Description' | 'RoleArn' | 'Precedence'> {
  const [Description, RoleArn] = [optionalText(request, 'Description'), optionalText(request, 'RoleArn')];
  const { Precedence } = request;
  if (Precedence !== undefined && !(Number.isInteger(Precedence) && Number(Precedence) >= 0)) {
    throw invalidParameter('Precedence: a whole number from 0');
  }
  return {
    ...(Description === undefined ? {} : { Description }),
    ...(RoleArn === undefined ? {} : { RoleArn }),
    ...(Precedence === undefined ? {} : { Precedence: Number(Precedence) }),
  };
}

/** A group as answers show it. */
function shown(pool: Pool, { members: _members, ...group }: StoredGroup): object {
  return { ...group, UserPoolId: pool.id };
}
