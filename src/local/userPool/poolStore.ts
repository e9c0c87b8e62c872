/** What a pool holds, in memory: its attributes, users, groups and app clients. */
import type { AppClient, SchemaAttribute, StoredGroup, StoredUser } from './stored.js';

/** The tables of one pool. Users are replaced, never changed in place. */
export class PoolStore {
  /** By the pool's own name of each, in the order in which they came. */
  readonly users = new Map<string, StoredUser>();
  /** By name. */
  readonly groups = new Map<string, StoredGroup>();
  /** By id. */
  readonly clients = new Map<string, AppClient>();
  /** The attributes that users can have; an administrator can add some. */
  readonly schema: SchemaAttribute[];

  /** @param schema The attributes from the start. */
  constructor(schema: readonly SchemaAttribute[]) {
    this.schema = [...schema];
  }

  /** Takes a user out of the pool, and out of all groups. */
  deleteUser({ Username }: StoredUser): void {
    this.users.delete(Username);
    for (const { members } of this.groups.values()) members.delete(Username);
  }

  /** A user's groups, the one that goes first before the others: the lower its precedence, the sooner; those without one last. */
  groupsOf({ Username }: StoredUser): StoredGroup[] {
    const groups = [...this.groups.values()].filter(({ members }) => members.has(Username));
    return groups.sort((a, b) => (a.Precedence ?? Infinity) - (b.Precedence ?? Infinity) || 0);
  }
}
