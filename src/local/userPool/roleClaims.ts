/** The claims of tokens about roles. */
import type { StoredGroup } from './stored.js';

/**
 * The claims for the roles of a user's groups, and for the preferred one, where the precedences tell.
 *
 * @param groups The groups, in the order of their precedence.
 */
export function roleClaims(groups: readonly StoredGroup[]): object {
  const withRoles = groups.filter(({ RoleArn }) => RoleArn !== undefined);
  const roles = [...new Set(withRoles.map(({ RoleArn }) => RoleArn))];
  if (roles.length === 0) return {};
  const first = withRoles.filter(({ Precedence }) => Precedence === withRoles[0]!.Precedence);
  const preferred = new Set(first.map(({ RoleArn }) => RoleArn));
  return { 'cognito:roles': roles, ...(preferred.size === 1 ? { 'cognito:preferred_role': [...preferred][0] } : {}) };
}
