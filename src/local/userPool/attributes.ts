/** The attributes of users, and who may write them. */
import type { AwsJsonError } from '../http/index.js';
import { invalidParameter, notAuthorized } from './errors.js';
import type { Attribute, SchemaAttribute } from './stored.js';

/** The standard attributes of a pool: the claims of OpenID Connect Core, section 5.1. */
const STANDARD_ATTRIBUTES: readonly string[] = [
  'sub',
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'email_verified',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'phone_number_verified',
  'address',
  'updated_at',
];

/** The schema of a pool: the standard attributes, and the given ones. */
export const schemaOf = (customAttributes: readonly string[]): SchemaAttribute[] =>
  [...STANDARD_ATTRIBUTES, ...customAttributes].map((Name) => ({
    Name,
    AttributeDataType: dataTypeOf(Name),
    DeveloperOnlyAttribute: false,
    Mutable: Name !== 'sub',
    Required: Name === 'sub',
  }));

function dataTypeOf(name: string): SchemaAttribute['AttributeDataType'] {
  if (name === 'updated_at') return 'Number';
  return name.endsWith('_verified') && STANDARD_ATTRIBUTES.includes(name) ? 'Boolean' : 'String';
}

/** Attributes that only the pool sets, after it has verified an address or number. */
const VERIFIED_FLAGS: readonly string[] = ['email_verified', 'phone_number_verified'];
const MAX_VALUE_LENGTH = 2048;

/** The operation that writes attributes, on which the text of AWS's refusals depends. */
export type AttributeWrite = 'SignUp' | 'UpdateUserAttributes' | 'AdminCreateUser' | 'AdminUpdateUserAttributes';

/** Whether a name is that of an attribute, which may become a claim: an attribute must not be taken for `cognito:groups`. */
export function isAttributeName(name: string): boolean {
  return STANDARD_ATTRIBUTES.includes(name) || (name.startsWith('custom:') && name.length > 'custom:'.length);
}

/**
 * Checks attributes before anything of them is written.
 *
 * @param attributes The attributes that are to be written.
 * @param schema The pool's attributes.
 * @param write The operation that writes them.
 * @throws AwsJsonError
 */
export function checkAttributes(
  attributes: readonly Attribute[],
  schema: readonly SchemaAttribute[],
  write: AttributeWrite,
): void {
  const refuse = refusals(write);
  const isCreation = write === 'SignUp' || write === 'AdminCreateUser';
  const isByUser = write === 'SignUp' || write === 'UpdateUserAttributes';
  const definitions = new Map(schema.map((attribute) => [attribute.Name, attribute]));
  const names = new Set<string>();
  for (const { Name, Value } of attributes) {
    // Two values are refused: one of them could be verified, and the other be stored.
    if (names.has(Name)) throw invalidParameter(`Attribute ${Name} is given more than once.`);
    names.add(Name);
    if (Value.length > MAX_VALUE_LENGTH) {
      throw invalidParameter(`${Name}: String must be no longer than ${MAX_VALUE_LENGTH} characters`);
    }
  }
  for (const { Name } of attributes) {
    const isReserved = VERIFIED_FLAGS.includes(Name) || definitions.get(Name)?.DeveloperOnlyAttribute === true;
    if (isByUser && isReserved) throw notAuthorized('A client attempted to write unauthorized attribute');
  }
  for (const { Name, Value } of attributes) {
    const definition = definitions.get(Name);
    if (definition === undefined) throw refuse.unknown(Name);
    if (Name === 'sub' || (!definition.Mutable && !isCreation)) throw refuse.immutable(Name);
    // An empty value removes the attribute, and needs no check.
    if (Value !== '' || isCreation) checkFormat(Name, Value);
  }
}

/** Checks that an e-mail address or phone number looks like one. */
function checkFormat(name: string, value: string): void {
  if (name === 'email' && !/^[^\s@]+@[^\s@]+$/.test(value)) throw invalidParameter('Invalid email address format.');
  if (name === 'phone_number' && !/^\+\d{1,20}$/.test(value)) throw invalidParameter('Invalid phone number format.');
}

function refusals(write: AttributeWrite): Record<'unknown' | 'immutable', (name: string) => AwsJsonError> {
  if (write === 'SignUp' || write === 'AdminCreateUser') {
    return {
      unknown: (name) =>
        invalidParameter(`Attributes did not conform to the schema: ${name}: Attribute does not exist in the schema.`),
      immutable: (name) => invalidParameter(`Cannot modify the non-mutable attribute ${name}`),
    };
  }
  return {
    unknown: (name) => invalidParameter(`user.${name}: Attribute does not exist in the schema.`),
    immutable: (name) =>
      invalidParameter(`user.${name}: Attribute cannot be updated. (changing an immutable attribute)`),
  };
}
