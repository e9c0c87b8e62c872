/** What is kept of a user. */

/** A user's attribute as Cognito's wire has it. */
export interface Attribute {
  Name: string;
  Value: string;
}

/** An attribute that users of a pool can have, as `DescribeUserPool` shows it. */
export interface SchemaAttribute {
  readonly Name: string;
  readonly Mutable?: boolean;
  readonly DeveloperOnlyAttribute?: boolean;
}

/** A user as cognito-local stores it. */
export interface StoredUser {
  Username: string;
  Password: string;
  Attributes: Attribute[];
  Enabled: boolean;
  UserStatus: 'CONFIRMED' | 'UNCONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';
  UserCreateDate: Date;
  UserLastModifiedDate: Date;
  RefreshTokens: string[];
  UserMFASettingList?: string[];
  PreferredMfaSetting?: string;
  SoftwareTokenMfaConfiguration?: { Secret: string; Verified: boolean; FriendlyDeviceName?: string };
}

/** cognito-local's pool of users. Users are replaced, never changed in place. */
export interface UserStore {
  listUsers(): Promise<StoredUser[]>;
  saveUser(user: StoredUser): Promise<void>;
  groupsOf(user: StoredUser): Promise<string[]>;
}
