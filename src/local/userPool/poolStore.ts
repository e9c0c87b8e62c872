/** What a pool holds, in memory: its attributes, users, groups and app clients. */
import type { AppClient, SchemaAttribute, StoredGroup, StoredUser } from './stored.js';

/** The tables of a pool that was kept over a restart. */
export interface KeptTables {
  readonly users: readonly StoredUser[];
  readonly groups: readonly StoredGroup[];
  readonly clients: readonly AppClient[];
  readonly schema: readonly SchemaAttribute[];
}

/** The tables of one pool. Users are replaced, never changed in place. */
export class PoolStore {
  /** The users by the pool's own name, in the order in which they were added. */
  readonly users = new Map<string, StoredUser>();
  /** The groups by name. */
  readonly groups = new Map<string, StoredGroup>();
  /** The app clients by id. */
  readonly clients = new Map<string, AppClient>();
  /** The attributes that users can have; an administrator can add some. */
  readonly schema: SchemaAttribute[];

  /**
   * @param schema The attributes from the start.
   * @param kept What was kept over a restart. Default: nothing.
   */
  constructor(schema: readonly SchemaAttribute[], kept?: KeptTables) {
    const names = new Set(schema.map(({ Name }) => Name));
    this.schema = [...schema, ...(kept?.schema ?? []).filter(({ Name }) => !names.has(Name))];
    for (const user of kept?.users ?? []) this.users.set(user.Username, user);
    for (const group of kept?.groups ?? []) this.groups.set(group.GroupName, group);
    for (const client of kept?.clients ?? []) this.clients.set(client.ClientId, client);
  }

  /** Removes a user from the pool and from all groups. */
  deleteUser({ Username }: StoredUser): void {
    this.users.delete(Username);
    for (const { members } of this.groups.values()) members.delete(Username);
  }

  /** A user's groups by ascending precedence, those without one last. */
  groupsOf({ Username }: StoredUser): StoredGroup[] {
    const groups = [...this.groups.values()].filter(({ members }) => members.has(Username));
    return groups.sort((a, b) => (a.Precedence ?? Infinity) - (b.Precedence ?? Infinity) || 0);
  }
}
