/** What a pool keeps of its users, groups and app clients. */
import type { JsonWebKey } from 'node:crypto';

/** A user's attribute as Cognito's wire has it. */
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

/** A user. */
export interface StoredUser {
  Username: string;
  Password: string;
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
  /** The secret of an authenticator app that is being set up; the one that is set up stays good until this one is verified. */
  pendingTotpSecret?: string | undefined;
  SoftwareTokenMfaConfiguration?: { Secret: string; Verified: boolean; FriendlyDeviceName?: string };
}

/** A passkey. */
export interface StoredPasskey {
  /** Base64url. */
  readonly id: string;
  /** In JWK form (RFC 7517). */
  readonly publicKey: JsonWebKey;
  readonly counter: number;
  readonly name: string;
  readonly relyingPartyId: string;
  readonly attachment?: string;
  readonly transports: readonly string[];
  readonly createdAt: Date;
}

/** A group. */
export interface StoredGroup {
  readonly GroupName: string;
  readonly Description?: string;
  readonly RoleArn?: string;
  /** Which of a user's groups goes first: the one with the lowest. */
  readonly Precedence?: number;
  readonly CreationDate: Date;
  readonly LastModifiedDate: Date;
  /** The pool's own names of its users. */
  readonly members: Set<string>;
}

/** An app client, as `DescribeUserPoolClient` shows it. */
export interface AppClient {
  readonly ClientId: string;
  readonly ClientName: string;
  readonly UserPoolId: string;
  /** Where there is one, its users' requests have to prove that they know it. */
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
  /** What else an administrator has set, which is shown, and has no effect here. */
  readonly [setting: string]: unknown;
}
