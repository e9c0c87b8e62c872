/** Operations that describe the pool, and add attributes to it. */
import { isObject } from '../../util/index.js';
import { arnOf } from '../iam/index.js';
import { isAttributeName } from './attributes.js';
import { invalidParameter } from './errors.js';
import { pageOf } from './pages.js';
import type { Operation, Pool } from './state.js';
import type { SchemaAttribute } from './stored.js';
import type { PasswordPolicy } from './types.js';

/** A pool's id begins with its region. */
const regionOf = ({ id }: Pool): string => id.replace(/_.*/, '');

const describeUserPool: Operation = (pool) => ({
  UserPool: {
    Id: pool.id,
    Name: 'local',
    Arn: `${arnOf(regionOf(pool))}:cognito-idp:${regionOf(pool)}:123456789012:userpool/${pool.id}`,
    MfaConfiguration: pool.mfa,
    Policies: { PasswordPolicy: awsPasswordPolicy(pool.passwordPolicy) },
    UsernameAttributes: ['email', 'phone_number'],
    UsernameConfiguration: { CaseSensitive: false },
    SchemaAttributes: pool.store.schema,
    EstimatedNumberOfUsers: pool.store.users.size,
    CreationDate: pool.started,
    LastModifiedDate: pool.started,
  },
});

const listUserPools: Operation = (pool, request) => {
  const here = { Id: pool.id, Name: 'local', CreationDate: pool.started, LastModifiedDate: pool.started };
  const { items, next } = pageOf([here], request, 'MaxResults', 'NextToken');
  return { UserPools: items, ...next };
};

const getUserPoolMfaConfig: Operation = (pool) => ({
  MfaConfiguration: pool.mfa,
  SoftwareTokenMfaConfiguration: { Enabled: pool.mfa !== 'OFF' },
});

const addCustomAttributes: Operation = (pool, request) => {
  const given: unknown = request.CustomAttributes;
  const isList = Array.isArray(given) && given.length > 0 && given.every(isObject);
  if (!isList) throw invalidParameter('CustomAttributes must be a list of attributes');
  const added = given.map((attribute) => readCustomAttribute(pool, attribute));
  pool.store.schema.push(...added);
  return {};
};

/** The operations of this file by their names on the wire. */
export const describePoolOperations: Readonly<Record<string, Operation>> = {
  DescribeUserPool: describeUserPool,
  ListUserPools: listUserPools,
  GetUserPoolMfaConfig: getUserPoolMfaConfig,
  AddCustomAttributes: addCustomAttributes,
};

function readCustomAttribute({ store }: Pool, attribute: Readonly<Record<string, unknown>>): SchemaAttribute {
  const { Name, AttributeDataType = 'String', Mutable = true, DeveloperOnlyAttribute = false } = attribute;
  const name = `custom:${typeof Name === 'string' ? Name : ''}`;
  if (!isAttributeName(name) || name.length > 'custom:'.length + 20) {
    throw invalidParameter('CustomAttributes: Name must have 1 to 20 characters');
  }
  if (store.schema.some((known) => known.Name === name)) {
    throw invalidParameter(`${name}: Existing attribute already has name ${name}.`);
  }
  return {
    Name: name,
    AttributeDataType: AttributeDataType as SchemaAttribute['AttributeDataType'],
    DeveloperOnlyAttribute: DeveloperOnlyAttribute === true,
    Mutable: Mutable !== false,
    Required: false,
  };
}

/** The policy as `DescribeUserPool` shows it. */
function awsPasswordPolicy(policy: PasswordPolicy): object {
  return {
    MinimumLength: policy.minimumLength ?? 8,
    RequireUppercase: policy.requireUppercase ?? true,
    RequireLowercase: policy.requireLowercase ?? true,
    RequireNumbers: policy.requireNumbers ?? true,
    RequireSymbols: policy.requireSymbols ?? true,
    TemporaryPasswordValidityDays: 7,
  };
}
