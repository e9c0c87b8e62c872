/** What a pool keeps of its users, groups and app clients. */
import type { JsonWebKey } from 'node:crypto';
import type { UserPassword } from './userPassword.js';

/** A user's attribute, in the form of Cognito's requests and answers. */
export interface Attribute {
  Name: string;
  Value: string;
}

/** An attribute that users of a pool can have, as `DescribeUserPool` shows it. */
export interface SchemaAttribute {
  readonly Name: string;
  readonly AttributeDataType: 'String' | 'Number' | 'DateTime' | 'Boolean';
  readonly Mutable: boolean;
  readonly DeveloperOnlyAttribute: boolean;
  readonly Required: boolean;
}

/** A user, as the pool keeps it. */
export interface StoredUser {
  Username: string;
  Password: UserPassword;
  Attributes: Attribute[];
  Enabled: boolean;
  UserStatus: 'CONFIRMED' | 'UNCONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';
  UserCreateDate: Date;
  UserLastModifiedDate: Date;
  /** The address that the user was made with in place of a name: they are found by it before it is verified as well. */
  signUpAddress?: string;
  UserMFASettingList?: string[];
  PreferredMfaSetting?: string | undefined;
  /** Passkeys, in the order in which they were registered. */
  passkeys?: readonly StoredPasskey[];
  /** The secret of an authenticator app that is being set up. The present one stays valid until this one is verified. */
  pendingTotpSecret?: string | undefined;
  SoftwareTokenMfaConfiguration?: { Secret: string; Verified: boolean; FriendlyDeviceName?: string };
}

/** A passkey, as the pool keeps it. */
export interface StoredPasskey {
  /** The credential's id, in base64url. */
  readonly id: string;
  /** The public key, in JWK form (RFC 7517). */
  readonly publicKey: JsonWebKey;
  readonly counter: number;
  readonly name: string;
  readonly relyingPartyId: string;
  readonly attachment?: string;
  readonly transports: readonly string[];
  readonly createdAt: Date;
}

/** A group, as the pool keeps it. */
export interface StoredGroup {
  readonly GroupName: string;
  readonly Description?: string;
  readonly RoleArn?: string;
  /** The group's precedence: of a user's groups, the one with the lowest number goes first. */
  readonly Precedence?: number;
  readonly CreationDate: Date;
  readonly LastModifiedDate: Date;
  /** The pool's own names of the group's users. */
  readonly members: Set<string>;
}

/** An app client, as `DescribeUserPoolClient` shows it. */
export interface AppClient {
  readonly ClientId: string;
  readonly ClientName: string;
  readonly UserPoolId: string;
  /** The client's secret, if it has one: requests then have to prove that they know it. */
  readonly ClientSecret?: string;
  /** The flows, each with `ALLOW_` before its name. */
  readonly ExplicitAuthFlows: readonly string[];
  /** Whether a refresh token is traded for another, and how long it stays good then, in seconds. */
  readonly RefreshTokenRotation?: {
    readonly Feature: 'ENABLED' | 'DISABLED';
    readonly RetryGracePeriodSeconds: number;
  };
  readonly CreationDate: Date;
  readonly LastModifiedDate: Date;
  /** Further settings of an administrator, which are shown but have no effect here. */
  readonly [setting: string]: unknown;
}
